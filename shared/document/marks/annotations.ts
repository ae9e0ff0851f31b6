import { Mark, mergeAttributes } from '@tiptap/core';
import { dataAttribute, identifier, isoTime, nullable, textUpTo } from '../attributes.ts';

/*
 * None of these is parsed from HTML: a passage pasted elsewhere must not carry the threads and suggestions of the note
 * it comes from. `excludes: ''` lets several of one kind cover the same words.
 */

/** Words that a discussion thread is about. */
export const CommentAnchor = Mark.create({
  name: 'commentAnchor',
  inclusive: false,
  excludes: '',
  addAttributes() {
    return { threadId: dataAttribute('threadId', { fallback: null, validate: nullable(identifier) }) };
  },
  renderHTML({ HTMLAttributes }) {
    return ['span', mergeAttributes(HTMLAttributes, { 'data-type': 'comment-anchor' }), 0];
  },
});

function suggestionAttributes() {
  return {
    suggestionId: dataAttribute('suggestionId', { fallback: null, validate: nullable(identifier) }),
    /** Who suggests. A claim: the relay's log tells who really wrote it. */
    personId: dataAttribute('personId', { fallback: null, validate: nullable(identifier) }),
    time: dataAttribute('time', { fallback: null, validate: nullable(isoTime) }),
  };
}

/** Words that someone suggests to add. */
export const SuggestionInsert = Mark.create({
  name: 'suggestionInsert',
  inclusive: true,
  excludes: '',
  addAttributes: suggestionAttributes,
  renderHTML({ HTMLAttributes }) {
    return ['ins', mergeAttributes(HTMLAttributes, { 'data-type': 'suggestion-insert' }), 0];
  },
});

/** Words that someone suggests to remove. */
export const SuggestionDelete = Mark.create({
  name: 'suggestionDelete',
  inclusive: false,
  excludes: '',
  addAttributes: suggestionAttributes,
  renderHTML({ HTMLAttributes }) {
    return ['del', mergeAttributes(HTMLAttributes, { 'data-type': 'suggestion-delete' }), 0];
  },
});

/** Words whose formatting someone suggests to change; `before` and `after` are the marks as JSON text. */
export const SuggestionFormat = Mark.create({
  name: 'suggestionFormat',
  inclusive: false,
  excludes: '',
  addAttributes() {
    return {
      ...suggestionAttributes(),
      before: dataAttribute('before', { fallback: '[]', validate: textUpTo(4000) }),
      after: dataAttribute('after', { fallback: '[]', validate: textUpTo(4000) }),
    };
  },
  renderHTML({ HTMLAttributes }) {
    return ['span', mergeAttributes(HTMLAttributes, { 'data-type': 'suggestion-format' }), 0];
  },
});

import { EditorState } from '@tiptap/pm/state';
import { describe, expect, it } from 'vitest';
import { assignBlockIds } from '#shared/document/blockIds.ts';
import * as build from '#shared/document/buildContent.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { noteSchema } from '#shared/document/schema.ts';
import { bodyToProseMirror } from '#shared/document/writeContent.ts';

function stateOf(...blocks: readonly BodyNode[]): EditorState {
  return EditorState.create({ schema: noteSchema, doc: bodyToProseMirror(build.body(...blocks)) });
}

function ids(state: EditorState): unknown[] {
  const found: unknown[] = [];
  state.doc.descendants((node) => {
    if (node.isBlock) found.push(node.attrs['id']);
  });
  return found;
}

let count = 0;
const newId = (): string => `new${(count += 1)}`;

describe('the ids of blocks', () => {
  it('are given to the blocks that an act made, and to no other', () => {
    const state = stateOf(build.paragraph('un'), build.paragraph('deux'));
    const transaction = state.tr.insert(
      0,
      noteSchema.node('blockquote', null, [noteSchema.node('paragraph')]),
    );
    count = 0;
    expect(assignBlockIds(transaction, newId)).toBe(2);
    expect(ids(state.apply(transaction))).toEqual(['new1', 'new2', null, null]);
  });

  it('are not given because of typing', () => {
    const state = stateOf(build.paragraph('un'));
    const transaction = state.tr.insertText('x', 2);
    expect(assignBlockIds(transaction, newId)).toBe(0);
  });

  it('are new on a copy and stay on the original', () => {
    const state = stateOf({ type: 'paragraph', attrs: { id: 'a' }, content: [{ type: 'text', text: 'un' }] });
    const transaction = state.tr.insert(4, state.doc.child(0));
    count = 0;
    assignBlockIds(transaction, newId);
    expect(ids(state.apply(transaction))).toEqual(['a', 'new1']);
  });

  it('are new on the second half of a split', () => {
    const state = stateOf({
      type: 'paragraph',
      attrs: { id: 'a' },
      content: [{ type: 'text', text: 'undeux' }],
    });
    const transaction = state.tr.split(3);
    count = 0;
    assignBlockIds(transaction, newId);
    expect(ids(state.apply(transaction))).toEqual(['a', 'new1']);
  });
});

import { Extension } from '@tiptap/core';
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { ReplaceStep } from '@tiptap/pm/transform';
import { isFromDocument } from '#shared/document/localOnly.ts';
import type { NoteUndoManager } from './NoteUndoManager.ts';

type Kind = 'typing' | 'erasing' | 'other' | 'none';

interface GroupingState {
  /** What the last local change was. */
  readonly kind: Kind;
  /** The person placed the caret elsewhere since then. */
  readonly moved: boolean;
  /** Counts the local changes that begin a step. */
  readonly steps: number;
}

const groupingKey = new PluginKey<GroupingState>('undoGrouping');

/** A sentence ended here: end mark, perhaps a closing quote, then a space of any kind. */
const sentenceEnd = /[.!?…][»”"’)\]]?\s$/u;

function kindOf(transaction: Transaction): Kind {
  const [step] = transaction.steps;
  if (transaction.steps.length !== 1 || !(step instanceof ReplaceStep)) return 'other';
  const { slice, from, to } = step;
  if (slice.size === 0) return to - from <= 2 ? 'erasing' : 'other';
  const [only] = slice.content.content;
  const isText =
    slice.openStart === 0 && slice.openEnd === 0 && slice.content.childCount === 1 && only?.isText === true;
  // A composition (accents, predictive keyboards) replaces the few letters that it is about.
  return isText && slice.size <= 40 && to - from <= 40 && transaction.getMeta('paste') === undefined
    ? 'typing'
    : 'other';
}

function beginsSentence(transaction: Transaction): boolean {
  const [step] = transaction.steps;
  const before = transaction.docs[0];
  if (!(step instanceof ReplaceStep) || !before) return false;
  const $from = before.resolve(step.from);
  const text = $from.parent.textBetween(
    Math.max(0, $from.parentOffset - 4),
    $from.parentOffset,
    '\n',
    '\ufffc',
  );
  return sentenceEnd.test(text);
}

function next(transaction: Transaction, state: GroupingState): GroupingState {
  if (isFromDocument(transaction)) return state;
  if (!transaction.docChanged)
    return transaction.selectionSet && !state.moved ? { ...state, moved: true } : state;
  const kind = kindOf(transaction);
  const isNewStep =
    kind === 'other' ||
    kind !== state.kind ||
    state.moved ||
    (kind === 'typing' && beginsSentence(transaction));
  return { kind, moved: false, steps: state.steps + (isNewStep ? 1 : 0) };
}

/**
 * Says where undo steps begin: at each sentence, where the caret was placed elsewhere, when typing turns into erasing, and
 * around every other act (a paste, a heading, a table). What others do in the meantime changes nothing.
 */
export const UndoGrouping = Extension.create<{ manager: NoteUndoManager | null }>({
  name: 'undoGrouping',
  // Before the binding writes to the shared document.
  priority: 1100,
  addOptions() {
    return { manager: null };
  },
  addProseMirrorPlugins() {
    const { manager } = this.options;
    return [
      new Plugin<GroupingState>({
        key: groupingKey,
        state: {
          init: () => ({ kind: 'none', moved: true, steps: 0 }),
          apply: (transaction, state) => next(transaction, state),
        },
        view: () => ({
          update(view, before) {
            if (groupingKey.getState(view.state)?.steps !== groupingKey.getState(before)?.steps)
              manager?.beginStep();
          },
        }),
      }),
    ];
  },
});

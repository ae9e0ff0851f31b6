import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { findInText, type FindOptions, type Found } from './searchText.ts';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    findInNote: {
      /** Marks the places that hold `query`; an empty query ends the search. */
      setFind: (query: string, options: FindOptions) => ReturnType;
      /** Goes to the next (1) or previous (-1) place. */
      goToFound: (direction: 1 | -1) => ReturnType;
      /** Replaces the present place and goes to the next one. */
      replaceFound: (replacement: string) => ReturnType;
      /** Replaces all places, as one undo step. */
      replaceAllFound: (replacement: string) => ReturnType;
    };
  }
}

/** What the search bar shows. */
export interface FindState {
  readonly query: string;
  readonly options: FindOptions;
  readonly found: readonly Found[];
  /** Index of the present place; -1 where there is none. */
  readonly current: number;
}

const findKey = new PluginKey<FindState>('findInNote');
const nothing: FindState = {
  query: '',
  options: { matchCase: false, ignoreAccents: true },
  found: [],
  current: -1,
};

type Change = Pick<FindState, 'query' | 'options'> | { readonly current: number };

/** The places of a query in a document: inside one block of text each, through marks. */
export function findInDocument(doc: Node, query: string, options: FindOptions): Found[] {
  if (query === '') return [];
  const places: Found[] = [];
  doc.descendants((block, at) => {
    if (!block.isTextblock) return true;
    collect(block, at + 1, query, options, places);
    return false;
  });
  return places.sort((a, b) => a.from - b.from);
}

function collect(parent: Node, start: number, query: string, options: FindOptions, places: Found[]): void {
  let text = '';
  parent.forEach((child, offset) => {
    if (child.isText) text += child.text ?? '';
    else {
      // A formula or a footnote keeps its width, so that offsets are positions; a match never spans it.
      text += '\ufffc'.repeat(child.nodeSize);
      if (child.type.name === 'footnote') collect(child, start + offset + 1, query, options, places);
    }
  });
  for (const { from, to } of findInText(text, query, options))
    places.push({ from: start + from, to: start + to });
}

function nearest(found: readonly Found[], at: number): number {
  if (found.length === 0) return -1;
  const next = found.findIndex(({ from }) => from >= at);
  return next === -1 ? 0 : next;
}

function next(transaction: Transaction, state: FindState): FindState {
  const change = transaction.getMeta(findKey) as Change | undefined;
  if (change && 'current' in change) return { ...state, current: change.current };
  if (change) {
    const found = findInDocument(transaction.doc, change.query, change.options);
    return { ...change, found, current: nearest(found, transaction.selection.from) };
  }
  if (!transaction.docChanged || state.query === '') return state;
  const found = findInDocument(transaction.doc, state.query, state.options);
  return { ...state, found, current: Math.min(state.current === -1 ? 0 : state.current, found.length - 1) };
}

/** The state of the search in an editor. */
export function findStateOf(state: EditorState): FindState {
  return findKey.getState(state) ?? nothing;
}

function goTo(transaction: Transaction, index: number, found: readonly Found[]): Transaction {
  const place = found[index];
  if (!place) return transaction;
  return transaction
    .setMeta(findKey, { current: index } satisfies Change)
    .setSelection(TextSelection.create(transaction.doc, place.from, place.to))
    .scrollIntoView();
}

/** Find and replace in the note. */
export const FindInNote = Extension.create({
  name: 'findInNote',
  addCommands() {
    return {
      setFind:
        (query, options) =>
        ({ tr, dispatch }) => {
          if (dispatch)
            tr.setMeta(findKey, { query, options } satisfies Change).setMeta('addToHistory', false);
          return true;
        },
      goToFound:
        (direction) =>
        ({ tr, state, dispatch }) => {
          const { found, current } = findStateOf(state);
          if (found.length === 0) return false;
          if (dispatch) goTo(tr, (current + direction + found.length) % found.length, found);
          return true;
        },
      replaceFound:
        (replacement) =>
        ({ tr, state, dispatch }) => {
          const { found, current } = findStateOf(state);
          const place = found[current];
          if (!place) return false;
          if (dispatch) {
            tr.insertText(replacement, place.from, place.to);
            const after = found[current + 1] ?? found[0];
            if (after && after !== place) {
              const at = tr.mapping.map(after.from, 1);
              tr.setSelection(TextSelection.create(tr.doc, at, tr.mapping.map(after.to, 1))).scrollIntoView();
            }
          }
          return true;
        },
      replaceAllFound:
        (replacement) =>
        ({ tr, state, dispatch }) => {
          const { found } = findStateOf(state);
          if (found.length === 0) return false;
          // From the end, so that earlier places keep their positions.
          if (dispatch) for (const { from, to } of found.toReversed()) tr.insertText(replacement, from, to);
          return true;
        },
    };
  },
  addProseMirrorPlugins() {
    return [
      new Plugin<FindState>({
        key: findKey,
        state: { init: () => nothing, apply: next },
        props: {
          decorations(state) {
            const { found, current } = findStateOf(state);
            if (found.length === 0) return null;
            return DecorationSet.create(
              state.doc,
              found.map(({ from, to }, index) =>
                Decoration.inline(from, to, { class: index === current ? 'found is-current' : 'found' }),
              ),
            );
          },
        },
      }),
    ];
  },
});

import { Extension } from '@tiptap/core';
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { absolutePositionToRelativePosition, relativePositionToAbsolutePosition } from '@tiptap/y-tiptap';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { z } from 'zod';
import { isFromDocument } from '#shared/document/localOnly.ts';
import { personColours } from '#shared/domain/Person.ts';
import { readSelection } from '../readSelection.ts';
import { bindingOf } from './NoteBinding.ts';

/*
 * In place of y-tiptap's own plugin, which draws with inline styles, wants colours as values, and publishes one's caret
 * again after each remote keystroke: with seven people that is forty-two presence frames a key.
 */

/** How the caret of someone else is labelled. */
export interface CaretPerson {
  readonly name: string;
  /** The name of a hue, see `personColours`. */
  readonly colour: string;
}

const relativePosition = z.unknown().transform((value, context) => {
  try {
    return Y.createRelativePositionFromJSON(value);
  } catch {
    context.addIssue({ code: 'custom', message: 'not a position' });
    return z.NEVER;
  }
});
const presenceSchema = z.object({
  user: z.object({
    name: z.string().max(200),
    colour: z.enum(personColours).optional().catch(undefined),
    color: z.enum(personColours).optional().catch(undefined),
  }),
  cursor: z.object({ anchor: relativePosition, head: relativePosition }),
});

const caretsKey = new PluginKey<DecorationSet>('remoteCarets');

/** Milliseconds for which the name stays beside a caret that moved. */
const labelMs = 2500;

/**
 * Draws one caret. Colours come from classes: the content security policy refuses style attributes. An element with nothing
 * in it, its name drawn by the style sheet: beside one that holds something, or that may not be edited, Chromium's End and
 * arrow keys stay where they are.
 */
export function drawCaret(person: CaretPerson): HTMLElement {
  const caret = document.createElement('span');
  caret.className = 'remote-caret';
  caret.dataset['colour'] = person.colour;
  caret.dataset['name'] = person.name;
  // A caret is no word of the text: screen readers hear who is here from the list of people.
  caret.setAttribute('aria-hidden', 'true');
  showName(caret);
  return caret;
}

const hideTimers = new WeakMap<HTMLElement, ReturnType<typeof setTimeout>>();

/** Shows the name beside a caret for a while. */
function showName(caret: HTMLElement): void {
  clearTimeout(hideTimers.get(caret));
  caret.classList.add('is-fresh');
  hideTimers.set(
    caret,
    setTimeout(() => caret.classList.remove('is-fresh'), labelMs),
  );
}

/** The caret drawn for each client of one editor. */
type DrawnCarets = Map<number, HTMLElement>;

function drawAll(state: EditorState, awareness: Awareness, drawn: DrawnCarets): DecorationSet {
  const bound = bindingOf(state);
  if (!bound || bound.mapping.size === 0) return DecorationSet.empty;
  const { doc, type, mapping } = bound;
  const decorations: Decoration[] = [];
  for (const [clientId, raw] of awareness.getStates()) {
    if (clientId === awareness.clientID) continue;
    const presence = presenceSchema.safeParse(raw);
    if (!presence.success) continue;
    const { user, cursor } = presence.data;
    const colour = user.colour ?? user.color ?? 'ardoise';
    const anchor = relativePositionToAbsolutePosition(doc, type, cursor.anchor, mapping);
    const head = relativePositionToAbsolutePosition(doc, type, cursor.head, mapping);
    if (anchor === null || head === null) continue;
    const last = Math.max(0, state.doc.content.size - 1);
    const at = Math.min(head, last);
    decorations.push(
      Decoration.widget(at, () => remember(drawn, clientId, drawCaret({ name: user.name, colour })), {
        // The same key keeps the same element, so that a name does not flash at each key.
        key: `caret-${clientId}-${colour}-${user.name}`,
        side: 10,
        ignoreSelection: true,
        // Not made an element that may not be edited.
        raw: true,
      }),
    );
    const [from, to] = anchor < head ? [anchor, at] : [at, Math.min(anchor, last)];
    if (from < to)
      decorations.push(Decoration.inline(from, to, { class: 'remote-selection', 'data-colour': colour }));
  }
  return DecorationSet.create(state.doc, decorations);
}

function remember(drawn: DrawnCarets, clientId: number, caret: HTMLElement): HTMLElement {
  drawn.set(clientId, caret);
  return caret;
}

function publishCaret(view: EditorView, awareness: Awareness): void {
  const bound = bindingOf(view.state);
  if (!bound) return;
  const { type, mapping } = bound;
  const { selection } = view.state;
  const anchor = absolutePositionToRelativePosition(selection.anchor, type, mapping);
  const head = absolutePositionToRelativePosition(selection.head, type, mapping);
  const now = presenceSchema.shape.cursor.safeParse(awareness.getLocalState()?.['cursor']);
  const isSame =
    now.success &&
    Y.compareRelativePositions(now.data.anchor, anchor) &&
    Y.compareRelativePositions(now.data.head, head);
  if (!isSame) awareness.setLocalStateField('cursor', { anchor, head });
}

function hideCaret(awareness: Awareness): void {
  if (awareness.getLocalState()?.['cursor'] != null) awareness.setLocalStateField('cursor', null);
}

function caretsPlugin(awareness: Awareness): Plugin<DecorationSet> {
  const drawn: DrawnCarets = new Map();
  return new Plugin<DecorationSet>({
    key: caretsKey,
    state: {
      init: (_config, state) => drawAll(state, awareness, drawn),
      apply(transaction, carets, _before, state) {
        if (isFromDocument(transaction) || transaction.getMeta(caretsKey) === true)
          return drawAll(state, awareness, drawn);
        return transaction.docChanged ? carets.map(transaction.mapping, transaction.doc) : carets;
      },
    },
    props: { decorations: (state) => caretsKey.getState(state) },
    view(view) {
      let scheduled = false;
      // Presence arrives inside Yjs's own callbacks and often several at once: drawn together, at the next task.
      const onChange = ({
        added,
        updated,
        removed,
      }: {
        added: number[];
        updated: number[];
        removed: number[];
      }) => {
        for (const id of removed) drawn.delete(id);
        for (const id of updated) {
          const caret = drawn.get(id);
          if (caret) showName(caret);
        }
        if ([...added, ...updated, ...removed].every((id) => id === awareness.clientID) || scheduled) return;
        scheduled = true;
        setTimeout(() => {
          scheduled = false;
          if (view.isDestroyed) return;
          readSelection(view);
          view.dispatch(view.state.tr.setMeta(caretsKey, true).setMeta('addToHistory', false));
        }, 0);
      };
      const onFocusIn = () => publishCaret(view, awareness);
      const onFocusOut = (event: FocusEvent) => {
        const goesTo = event.relatedTarget;
        // The toolbar and the panels belong to the same act of writing.
        if (!(goesTo instanceof Element && goesTo.closest('[data-editor-part]'))) hideCaret(awareness);
      };
      awareness.on('change', onChange);
      view.dom.addEventListener('focusin', onFocusIn);
      view.dom.addEventListener('focusout', onFocusOut);
      return {
        update(_view, before) {
          const isMoved = !before.selection.eq(view.state.selection) || before.doc !== view.state.doc;
          if (isMoved && view.hasFocus()) publishCaret(view, awareness);
        },
        destroy() {
          awareness.off('change', onChange);
          view.dom.removeEventListener('focusin', onFocusIn);
          view.dom.removeEventListener('focusout', onFocusOut);
          hideCaret(awareness);
        },
      };
    },
  });
}

/** Carets and selections of the others, with their names; and one's own, told to them. */
export const RemoteCarets = Extension.create<{ awareness: Awareness | null }>({
  name: 'remoteCarets',
  // After the binding, whose mapping it reads.
  priority: 900,
  addOptions() {
    return { awareness: null };
  },
  addProseMirrorPlugins() {
    return this.options.awareness ? [caretsPlugin(this.options.awareness)] : [];
  },
});

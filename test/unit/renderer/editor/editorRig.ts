import { Editor } from '@tiptap/core';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { contentToUpdate } from '../../../../shared/document/writeContent.ts';
import type { BodyNode } from '../../../../shared/document/noteContent.ts';
import type { EditorServices } from '../../../../renderer/editor/EditorServices.ts';
import { noteEditorExtensions } from '../../../../renderer/editor/extensions/noteEditorExtensions.ts';
import { SuggestionStore } from '../../../../renderer/editor/menus/SuggestionStore.ts';
import { createI18n } from '../../../../renderer/i18n/index.ts';

/** One author: a document of their own, an editor bound to it. */
export interface Author {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly editor: Editor;
  readonly notices: string[];
  /** How many updates this author's editor wrote. */
  written(): number;
}

export const paragraph = (text: string): BodyNode => ({
  type: 'paragraph',
  ...(text === '' ? {} : { content: [{ type: 'text', text }] }),
});

function services(notices: string[]): EditorServices {
  return {
    attachments: { maxBytes: 1000, upload: () => Promise.reject(new Error('no relay here')) },
    attachmentUrl: (id) => `/api/attachments/${id}`,
    searchNotes: () => Promise.resolve([]),
    createNote: () => Promise.reject(new Error('no relay here')),
    noteTitles: () => Promise.resolve(new Map()),
    openNote: () => {},
    noteUrl: (id) => `/notes/${id}`,
    openAddress: () => {},
    notify: (sentence) => notices.push(sentence),
  };
}

/** What lies between authors: changes pass at once, or wait. */
export class Network {
  #isHeld = false;
  #waiting: { readonly to: number; readonly deliver: () => void }[] = [];

  /** From now on, what each does stays with them. */
  hold(): void {
    this.#isHeld = true;
  }

  /** What waited for one of them arrives, the rest goes on waiting. @param to - an index of the authors. */
  deliverTo(to: number): void {
    const ready = this.#waiting.filter((one) => one.to === to);
    this.#waiting = this.#waiting.filter((one) => one.to !== to);
    for (const { deliver } of ready) deliver();
  }

  /** What waited arrives, each author's changes in their order; then changes pass at once again. */
  release(): void {
    this.#isHeld = false;
    for (const { deliver } of this.#waiting.splice(0)) deliver();
  }

  send(to: number, deliver: () => void): void {
    if (this.#isHeld) this.#waiting.push({ to, deliver });
    else deliver();
  }
}

/** The editor of notes as the application makes it, on the page, bound to a document. */
export function editorOn(doc: Y.Doc, awareness: Awareness, notices: string[] = []): Editor {
  return new Editor({
    element: document.body.appendChild(document.createElement('div')),
    content: { type: 'doc', content: [] },
    injectCSS: false,
    extensions: noteEditorExtensions({
      session: { doc, awareness, attachEditor: () => () => {} },
      services: services(notices),
      suggestions: new SuggestionStore(),
      targets: { openFind: () => {}, focusToolbar: () => {}, editLink: () => {}, leave: () => {} },
    }),
  });
}

/** Authors of the same note, each change of one reaching the others at once, or as the network lets it. */
export async function authorsOf(
  body: readonly BodyNode[],
  names: readonly string[],
  network = new Network(),
): Promise<Author[]> {
  await createI18n('fr');
  const seed = contentToUpdate({ title: 'Titre', body: { type: 'doc', content: body }, language: 'fr' }, 1);
  const authors = names.map((name, at): Author => {
    const doc = new Y.Doc();
    doc.clientID = 100 + at;
    Y.applyUpdate(doc, seed, 'seed');
    const awareness = new Awareness(doc);
    awareness.setLocalStateField('user', { id: 'A'.repeat(22), name, colour: 'azur' });
    const notices: string[] = [];
    let written = 0;
    doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin !== 'network') written += 1;
    });
    const editor = editorOn(doc, awareness, notices);
    return { doc, awareness, editor, notices, written: () => written };
  });
  for (const from of authors) {
    from.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'network') return;
      for (const [at, to] of authors.entries())
        if (to !== from) network.send(at, () => Y.applyUpdate(to.doc, update, 'network'));
    });
    from.awareness.on(
      'update',
      (change: { added: number[]; updated: number[]; removed: number[] }, origin: unknown) => {
        if (origin === 'network') return;
        const ids = [...change.added, ...change.updated, ...change.removed];
        for (const to of authors)
          if (to !== from)
            applyAwarenessUpdate(to.awareness, encodeAwarenessUpdate(from.awareness, ids), 'network');
      },
    );
  }
  return authors;
}

/** Types text at the caret, a character at a time, as the browser hands it to the editor. */
export function type({ editor }: Author, text: string): void {
  for (const character of text) {
    const { from, to } = editor.state.selection;
    const handled = editor.view.someProp('handleTextInput', (handle) =>
      handle(editor.view, from, to, character, () => editor.state.tr.insertText(character, from, to)),
    );
    if (handled !== true) editor.view.dispatch(editor.state.tr.insertText(character, from, to));
  }
}

/** The text of each block. */
export function linesOf({ editor }: Author): string[] {
  const lines: string[] = [];
  editor.state.doc.forEach((node) => lines.push(node.textContent));
  return lines;
}

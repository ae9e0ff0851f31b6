import * as Y from 'yjs';
import { Chronicle } from '#server/history/chronicle/Chronicle.ts';
import type { ChronicleRow } from '#server/history/chronicle/ChronicleTables.ts';
import type { ClientBinding } from '#server/storage/ports/UpdateLog.ts';
import { writeFragment } from '#shared/document/binding/writeElement.ts';
import { bodyOf } from '#shared/document/fields.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { bodyToProseMirror } from '#shared/document/writeContent.ts';
import type { PersonId } from '#shared/domain/ids.ts';

/** Authors who write in one note by turns, each in an editor of their own, and the chronicle of what they do. */
export interface Story {
  readonly chronicle: Chronicle;
  /** What it was given, row by row. */
  readonly rows: readonly ChronicleRow[];
  /** Whose each editor is. */
  readonly bindings: readonly ClientBinding[];
  /** What the editor's binding does when somebody makes the note say this. @returns the row. */
  write(person: PersonId, ...blocks: BodyNode[]): number;
  /** Types letter by letter at a place of the first paragraph. @returns the last row. */
  type(person: PersonId, at: number, letters: string): number;
  undo(person: PersonId): void;
}

/** Each change is one row, a second after the one before. */
export function newStory(people: readonly PersonId[]): Story {
  const chronicle = new Chronicle();
  const rows: ChronicleRow[] = [];
  let time = 1_700_000_000_000;
  const editors = new Map<PersonId, { doc: Y.Doc; undo: Y.UndoManager }>();
  for (const person of people) {
    const doc = new Y.Doc();
    const undo = new Y.UndoManager([bodyOf(doc)], { captureTimeout: 0, trackedOrigins: new Set(['local']) });
    editors.set(person, { doc, undo });
    doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin === 'relay') return;
      time += 1_000;
      const row = { seq: chronicle.seq + 1, time, person, operation: null, bytes };
      rows.push(row);
      chronicle.apply([row]);
      for (const [other, editor] of editors) if (other !== person) Y.applyUpdate(editor.doc, bytes, 'relay');
    });
  }
  const editorOf = (person: PersonId) => {
    const editor = editors.get(person);
    if (editor === undefined) throw new Error(`${person} is not in the story`);
    return editor;
  };
  return {
    chronicle,
    rows,
    bindings: [...editors].map(([person, { doc }]) => ({ client: doc.clientID, person, device: null })),
    write(person, ...blocks) {
      const { doc } = editorOf(person);
      const body = bodyToProseMirror({ type: 'doc', content: blocks });
      doc.transact(() => writeFragment(bodyOf(doc), body), 'local');
      return chronicle.seq;
    },
    type(person, at, letters) {
      const { doc } = editorOf(person);
      const text = (bodyOf(doc).get(0) as Y.XmlElement).get(0) as Y.XmlText;
      for (const [offset, letter] of [...letters].entries())
        doc.transact(() => text.insert(at + offset, letter), 'local');
      return chronicle.seq;
    },
    undo: (person) => {
      editorOf(person).undo.undo();
    },
  };
}

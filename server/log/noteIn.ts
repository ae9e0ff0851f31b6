import * as Y from 'yjs';
import { termsOf } from '#shared/document/fields.ts';
import { type NoteContent, yDocToNoteContent } from '#shared/document/noteContent.ts';
import { requiredSchemaVersion } from '#shared/document/unknownContent.ts';

/** What a note's document says, as plain data that goes from thread to thread. */
export interface NoteIn {
  readonly content: NoteContent;
  /** The ids of its related terms, as they stand there. */
  readonly terms: readonly string[];
  /** The schema that all of it needs; null where something in it is of none that is known. */
  readonly schemaVersion: number | null;
}

/** Reads a note's document, which is not modified. */
export function noteIn(doc: Y.Doc): NoteIn {
  return {
    content: yDocToNoteContent(doc),
    terms: [...termsOf(doc).keys()],
    schemaVersion: requiredSchemaVersion(Y.encodeStateAsUpdate(doc)),
  };
}

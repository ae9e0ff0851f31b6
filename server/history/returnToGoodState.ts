import * as Y from 'yjs';
import { AppError } from '#shared/api/errorCodes.ts';
import { termsOf } from '#shared/document/fields.ts';
import { yDocToCollectionContent, yDocToNoteContent } from '#shared/document/noteContent.ts';
import { replaceCollectionContent, replaceKeyed, replaceNoteContent } from '#shared/document/writeContent.ts';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import type { Documents } from '../room/Documents.ts';
import type { AuthoredLog } from '../Identities.ts';
import type { DocumentKind } from '../storage/ports/UpdateLog.ts';
import { removeSince } from './removeSince.ts';

function bringBackCollection(good: Y.Doc): (doc: Y.Doc) => void {
  const content = yDocToCollectionContent(good);
  return (doc) => replaceCollectionContent(doc, content);
}

/** From a document in a good state: what makes another say the same, whatever was taken away since. */
const bringBack: Record<DocumentKind, (good: Y.Doc) => (doc: Y.Doc) => void> = {
  note: (good) => {
    const content = yDocToNoteContent(good);
    const terms = new Map([...termsOf(good).keys()].map((term) => [term, {}]));
    return (doc) => {
      replaceNoteContent(doc, content);
      replaceKeyed(termsOf(doc), terms);
    };
  },
  carnet: bringBackCollection,
  base: bringBackCollection,
};

interface Logged {
  readonly documents: Documents;
  readonly log: AuthoredLog;
}

/**
 * Takes a document that is set aside for its content back to its last good state, by a new forward edit; then it may be written in again. Where some of it waits for what is not there, nothing that is shown changes, and the document
 * begins another life without what waits.
 * @returns the row of that edit.
 * @throws AppError `conflict` when it is not set aside so, or no good state is known; `document_damaged` when this did not make it sound.
 */
export async function returnToGoodState(
  { documents, log }: Logged,
  document: DocumentId,
  person: PersonId,
): Promise<{ readonly seq: number }> {
  const head = await log.head(document);
  if (head?.readOnly !== 'invalid_content' || head.goodSeq === null)
    throw new AppError('conflict', 'no good state to go back to');
  const act = { person, operation: 'restore', repairs: true } as const;
  const ended = await documents.endWaiting(document, act);
  if (ended !== null) {
    // All that is shown was sound, or is found not to be now.
    await requireSound({ documents, log }, document);
    return ended;
  }
  const good = await documents.read(document, head.goodSeq);
  if (good === null) throw new AppError('conflict', 'no good state to go back to');
  const bring = bringBack[head.kind](good.doc);
  const known = Y.decodeStateVector(Y.encodeStateVector(good.doc));
  good.doc.destroy();
  const { seq } = await documents.change(document, act, (doc) => {
    removeSince(doc, known);
    bring(doc);
  });
  await requireSound({ documents, log }, document);
  return { seq };
}

async function requireSound({ documents, log }: Logged, document: DocumentId): Promise<void> {
  await documents.inspect(document);
  if ((await log.head(document))?.readOnly != null)
    throw new AppError('document_damaged', 'the document is not sound again');
}

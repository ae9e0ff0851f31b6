import type * as Y from 'yjs';
import { AppError } from '#shared/api/errorCodes.ts';
import { languageOf } from '#shared/document/fields.ts';
import { yDocToCollectionContent } from '#shared/document/noteContent.ts';
import { replaceCollectionContent, replaceNoteContent } from '#shared/document/writeContent.ts';
import type { CollectionKind } from '#shared/domain/Collection.ts';
import type { DocumentId, MemberId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { addNote } from '../operations/addNote.ts';
import { copyNote, grantShown } from '../operations/copyNote.ts';
import { addCollection } from '../operations/createCollection.ts';
import { type DestroyingContext, destroyDocument } from '../operations/destroyDocument.ts';
import type { RelayContext } from '../RelayContext.ts';
import { parseUpdate } from '../room/update/parseUpdate.ts';
import type { MirrorRecord } from '../storage/ports/MirrorStore.ts';
import type { DocumentKind, UpdateLog } from '../storage/ports/UpdateLog.ts';
import type { KeptUnsent } from './CopyParts.ts';
import { ownCollection, ownNote } from './ownContent.ts';
import { WrittenHere } from './WrittenHere.ts';

const words = {
  fr: (title: string) => (title === '' ? 'Copie récupérée' : `Copie récupérée — ${title}`),
  en: (title: string) => (title === '' ? 'Recovered copy' : `Recovered copy — ${title}`),
};
const named = ({ title, language }: { readonly title: string; readonly language: string }): string =>
  words[language.startsWith('en') ? 'en' : 'fr'](title);

interface Kept {
  /** The home's last row here. */
  readonly after: number;
  /** The words that were written here alone: what came from the home may not be read any more. */
  readonly onlyOwn: boolean;
  /** Which documents of this computer were made of which, so that a carnet that is kept holds the notes that were. */
  readonly made: Map<DocumentId, DocumentId>;
  /** What was made of fewer rows: this takes its place. */
  readonly instead: KeptUnsent | null;
}

/**
 * Makes a private note, carnet or base of this computer of what a document's home does not have of it, if that is anything.
 * @returns up to which row, and as what.
 */
export async function keepUnsent(
  context: DestroyingContext,
  log: UpdateLog,
  { document, kind }: Pick<MirrorRecord, 'document' | 'kind'>,
  { after, onlyOwn, made, instead }: Kept,
): Promise<KeptUnsent> {
  const local = await context.catalogue.persons.firstOfKind('local');
  const rows = await log.read(document, after);
  const last = rows.at(-1)?.seq ?? after;
  const read = rows.length > 0 ? await context.documents.read(document) : null;
  if (local === null || read === null) return { last, made: null };
  const written = new WrittenHere(rows.map(({ bytes }) => parseUpdate(bytes, { maxStringBytes: Infinity })));
  const from = { id: document, doc: read.doc, written, onlyOwn, person: local.id };
  try {
    const copy =
      kind === 'note' ? await keepNote(context, from) : await keepCollection(context, kind, from, made);
    if (copy === null) return { last, made: instead?.made ?? null };
    made.set(document, copy);
    if (instead?.made) await giveUp(context, log, kind, instead.made);
    return { last, made: { document: copy, seq: (await log.head(copy))?.seq ?? 0 } };
  } finally {
    read.doc.destroy();
  }
}

/** What was kept is in another: it goes, unless somebody wrote in it already. */
async function giveUp(
  context: DestroyingContext,
  log: UpdateLog,
  kind: DocumentKind,
  { document, seq }: NonNullable<KeptUnsent['made']>,
): Promise<void> {
  if ((await log.head(document))?.seq !== seq) return;
  try {
    await destroyDocument(context, { id: document, kind }, null, seq);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'conflict')) throw error;
  }
}

interface From {
  readonly id: DocumentId;
  readonly doc: Y.Doc;
  readonly written: WrittenHere;
  readonly onlyOwn: boolean;
  readonly person: PersonId;
}

async function keepNote(context: RelayContext, from: From): Promise<DocumentId | null> {
  const { doc, written, onlyOwn, person } = from;
  const note = await context.catalogue.notes.get(from.id as NoteId);
  if (note !== null && !onlyOwn) {
    const whole = await asFarAsKnown(() =>
      copyNote(context, { from: note, author: person, operation: 'recover', titleOf: named }),
    );
    if (whole !== null) return whole;
  }
  const own = ownNote(doc, written);
  if (own === null) return null;
  const copy = await addNote(context, {
    author: person,
    kind: note?.kind ?? 'note',
    act: { person, operation: 'recover' },
    write: (next) => replaceNoteContent(next, { ...own, title: named(own) }),
  });
  await grantShown(context, own.body, from.id as NoteId, copy);
  return copy;
}

async function keepCollection(
  context: RelayContext,
  kind: CollectionKind,
  { doc, written, onlyOwn, person }: From,
  made: Kept['made'],
): Promise<DocumentId | null> {
  const contents = onlyOwn
    ? [ownCollection(doc, written)]
    : [yDocToCollectionContent(doc), ownCollection(doc, written)];
  for (const content of contents) {
    if (content === null) continue;
    const entries = content.entries.map((entry) => {
      const copy = made.get(entry.memberId);
      if (copy === undefined) return entry;
      // The rows of the copy are others than those that the carnet holds it at.
      const { held: _, seen: __, ...placed } = entry;
      return { ...placed, memberId: copy as MemberId };
    });
    const copy = await asFarAsKnown(() =>
      addCollection(context, kind, person, 'recover', (next) => {
        try {
          const title = named({ title: content.title, language: languageOf(doc) });
          replaceCollectionContent(next, { ...content, entries, title });
        } catch (cause) {
          throw new AppError('document_damaged', 'the content is not of the schema', { cause });
        }
      }),
    );
    if (copy !== null) return copy;
  }
  return null;
}

/** Null where the content is not of this version's schema: the words of it can still be kept. */
async function asFarAsKnown(make: () => Promise<DocumentId>): Promise<DocumentId | null> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof AppError && error.code === 'document_damaged') return null;
    throw error;
  }
}

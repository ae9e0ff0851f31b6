import type * as Y from 'yjs';
import { AppError } from '#shared/api/errorCodes.ts';
import { noCover } from '#shared/domain/Collection.ts';
import { type AttachmentId, type NoteId, isId } from '#shared/domain/ids.ts';
import { extractLinks, extractTerms } from '#shared/document/extractText.ts';
import { termsOf } from '#shared/document/fields.ts';
import { yDocToNoteContent } from '#shared/document/noteContent.ts';
import { emptySheet, otherNames } from '#shared/document/sheet.ts';
import { canReadNote } from '#shared/permissions/permissions.ts';
import { notAllowed, roleOnNote } from '../access.ts';
import type { BookContent, BookNote, BookPlace, BookSubject, OutsideNote } from '../export/BookContent.ts';
import { mayReadAttachment } from '../mayReadAttachment.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { BookContext, BookPlan } from './book/BookPlan.ts';
import { planCarnet, planNote } from './book/planBook.ts';

/** Reads the notes of a book; one that cannot be read back is counted. */
async function readNotes(
  { catalogue, documents }: BookContext,
  { notes: chosen, filed }: BookPlan,
  signal: AbortSignal,
): Promise<{ readonly notes: readonly BookNote[]; readonly gone: number }> {
  const people = await catalogue.persons.getMany(chosen.flatMap(({ facts }) => facts.authors));
  const notes: BookNote[] = [];
  let gone = 0;
  for (const { facts, seq } of chosen) {
    signal.throwIfAborted();
    const { authors, community: _, ...said } = facts;
    const read = seq === null ? await documents.readable(facts.id) : await readThen(documents, facts.id, seq);
    if (read === null) {
      if (seq !== null) gone += 1;
      continue;
    }
    const { title, body, language, sheet } = yDocToNoteContent(read.doc);
    const terms = [...termsOf(read.doc).keys()].filter((id) => isId(id)).sort();
    read.doc.destroy();
    notes.push({
      ...said,
      title,
      categories: filed.get(facts.id)?.categories ?? [],
      part: filed.get(facts.id)?.part ?? null,
      terms: terms as NoteId[],
      language,
      body,
      sheet: sheet ?? emptySheet,
      // Of who departed there is no name.
      authors: authors.flatMap((id) => people.get(id)?.name || []),
      isWhole: read.wholeTo === null,
    });
  }
  return { notes, gone };
}

/** A note as it was; of a damaged one nothing, since what is sound of it is not what it said. */
async function readThen(
  documents: BookContext['documents'],
  id: NoteId,
  seq: number,
): Promise<{ readonly doc: Y.Doc; readonly wholeTo: null } | null> {
  try {
    const read = await documents.read(id, seq);
    return read === null ? null : { doc: read.doc, wholeTo: null };
  } catch (error) {
    if (error instanceof AppError && error.code === 'document_damaged') return null;
    throw error;
  }
}

/** Notes that the book speaks of and does not hold: only those that the person may read, and that are not in the trash. */
async function readOutside(
  { catalogue }: RelayContext,
  caller: Caller,
  notes: readonly BookNote[],
): Promise<ReadonlyMap<string, OutsideNote>> {
  const inside = new Set<string>(notes.map((note) => note.id));
  const named = new Set(
    notes
      .flatMap((note) => [...extractLinks(note.body), ...extractTerms(note.body), ...note.terms])
      .filter((id) => isId(id) && !inside.has(id)),
  );
  const records = await catalogue.notes.getMany([...named] as NoteId[]);
  const readable = [...records.values()].filter(
    (note) => note.trashedAt === null && canReadNote(roleOnNote(caller, note)),
  );
  const indexes = await catalogue.derived.noteLines(readable.map((note) => note.id));
  return new Map(
    readable.flatMap(({ id, kind }): [string, OutsideNote][] => {
      const index = indexes.get(id);
      if (index === undefined) return [];
      const definition = kind === 'term' ? index.sheet.definition || index.excerpt : '';
      return [[id, { title: index.title, kind, definition, forms: otherNames(index.sheet, kind) }]];
    }),
  );
}

/** Where the books of a relay come from: what is on a person's own computer has no address that others could follow. */
export function bookPlace(relay: {
  readonly mode: 'local' | 'community';
  readonly publicUrl: () => string;
}): BookPlace {
  return { site: 'Calepin', origin: relay.mode === 'local' ? null : relay.publicUrl() };
}

/** What a note alone has in place of a carnet. */
const noHead = { description: '', parts: [], cover: noCover, managers: [], community: null, changedAt: 0 };

/**
 * Lets through who may have a book, before it is made. @throws as `gatherBook`
 */
export async function requireBook(context: BookContext, caller: Caller, subject: BookSubject): Promise<void> {
  await planBook(context, caller, subject);
}

function planBook(
  context: BookContext,
  caller: Caller,
  { moment = 'now', ...asked }: BookSubject,
): Promise<BookPlan> {
  return asked.subject === 'carnet'
    ? planCarnet(context, caller, asked.subjectId, moment)
    : planNote(context, caller, asked.subjectId, moment);
}

/**
 * Gathers a book for someone: a note, or what they may read of a carnet, as it is or as it was at a moment.
 * @param place - where the book comes from.
 * @throws AppError `not_allowed` when they may not read the subject, or it does not exist; of its past too, where that is asked for. `invalid_request` where there was nothing yet.
 */
export async function gatherBook(
  context: BookContext,
  caller: Caller,
  subject: BookSubject,
  place: BookPlace,
  signal: AbortSignal,
): Promise<BookContent> {
  const { catalogue } = context;
  const plan = await planBook(context, caller, subject);
  const { notes, gone } = await readNotes(context, plan, signal);
  const [first] = notes;
  if (plan.head === null && first === undefined) throw notAllowed();
  const { managers, community, changedAt, ...head } = plan.head ?? {
    ...noHead,
    title: first?.title ?? '',
    language: first?.language ?? 'fr',
  };
  const linked = [community, ...plan.notes.map(({ facts }) => facts.community)];
  const ids = [...new Set(linked)].filter((id) => id !== null);
  const [outside, communities, people] = await Promise.all([
    readOutside(context, caller, notes),
    catalogue.communities.getMany(ids),
    catalogue.persons.getMany(managers),
  ]);
  return {
    id: subject.subjectId,
    subject: subject.subject,
    ...head,
    managers: managers.flatMap((manager) => people.get(manager)?.name || []),
    absent: { ...plan.absent, gone: plan.absent.gone + gone },
    authors: [...new Set(notes.flatMap((note) => note.authors))],
    communities: ids.flatMap((id) => communities.get(id)?.name ?? []),
    place,
    date: Math.max(changedAt, ...notes.map((note) => note.modifiedAt)),
    notes,
    outside: (id) => outside.get(id) ?? null,
    loadAttachment: async (id) => {
      if (!isId(id) || !(await mayReadAttachment(catalogue, caller, id as AttachmentId))) return null;
      const attachment = await catalogue.attachments.get(id as AttachmentId);
      const bytes = attachment === null ? null : await catalogue.attachmentBytes.read(attachment.digest);
      return attachment === null || bytes === null
        ? null
        : { bytes, name: attachment.name, mediaType: attachment.type };
    },
  };
}

import { type AttachmentId, type CarnetId, type NoteId, isId } from '#shared/domain/ids.ts';
import { extractLinks } from '#shared/document/extractText.ts';
import { yDocToNoteContent } from '#shared/document/noteContent.ts';
import { emptySheet } from '#shared/document/sheet.ts';
import { canReadCollection, canReadNote } from '#shared/permissions/permissions.ts';
import { notAllowed, requireCollection, requireNote, roleOnNote } from '../access.ts';
import type { BookContent, BookNote, BookSubject } from '../export/BookContent.ts';
import { mayReadAttachment } from '../mayReadAttachment.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { CollectionIndex } from '../storage/ports/DerivedStore.ts';
import type { NoteRecord } from '../storage/ports/NoteStore.ts';

async function readNotes(
  context: RelayContext,
  records: readonly NoteRecord[],
  categoriesOf: (note: NoteId) => readonly string[],
  signal: AbortSignal,
): Promise<BookNote[]> {
  const { catalogue, documents } = context;
  const ids = records.map((record) => record.id);
  const [people, indexes] = await Promise.all([
    catalogue.persons.getMany(records.flatMap((record) => record.authors)),
    catalogue.derived.noteLines(ids),
  ]);
  const notes: BookNote[] = [];
  for (const record of records) {
    signal.throwIfAborted();
    const read = await documents.readable(record.id);
    if (read === null) continue;
    const { title, body, language, sheet } = yDocToNoteContent(read.doc);
    read.doc.destroy();
    notes.push({
      id: record.id,
      title,
      kind: record.kind,
      licence: record.licence,
      publishedAt: record.publishedAt,
      categories: categoriesOf(record.id),
      language,
      body,
      sheet: sheet ?? emptySheet,
      // Of who departed there is no name.
      authors: record.authors.flatMap((id) => people.get(id)?.name || []),
      modifiedAt: indexes.get(record.id)?.modifiedAt ?? record.createdAt,
      isWhole: read.wholeTo === null,
      lock: record.lock,
    });
  }
  return notes;
}

/** Titles of notes that the book links to and does not hold: only of those that the person may read. */
async function readOutsideTitles(
  { catalogue }: RelayContext,
  caller: Caller,
  notes: readonly BookNote[],
): Promise<ReadonlyMap<string, string>> {
  const inside = new Set<string>(notes.map((note) => note.id));
  const links = new Set(
    notes.flatMap((note) => extractLinks(note.body)).filter((id) => isId(id) && !inside.has(id)),
  );
  const records = await catalogue.notes.getMany([...links] as NoteId[]);
  const readable = [...records.values()].filter((note) => canReadNote(roleOnNote(caller, note)));
  const indexes = await catalogue.derived.noteLines(readable.map((note) => note.id));
  return new Map([...indexes].map(([id, index]) => [id, index.title]));
}

/** What the person may read of a carnet: its notes, in its order and without those in the trash, and the names of the categories of each. */
async function readEntries(
  { catalogue }: RelayContext,
  caller: Caller,
  carnet: CarnetId,
  index: CollectionIndex | undefined,
): Promise<{ records: NoteRecord[]; categories: ReadonlyMap<NoteId, readonly string[]> }> {
  const entries = await catalogue.derived.entries(carnet);
  const found = await catalogue.notes.getMany(entries.map((entry) => entry.member as NoteId));
  const names = new Map(index?.categories.map(({ id, name }) => [id, name]));
  const records: NoteRecord[] = [];
  const categories = new Map<NoteId, readonly string[]>();
  for (const { member, category, also } of entries) {
    const note = found.get(member as NoteId);
    if (note === undefined || note.trashedAt !== null || !canReadNote(roleOnNote(caller, note))) continue;
    records.push(note);
    const ids = category === null ? also : [category, ...also];
    categories.set(
      note.id,
      ids.flatMap((id) => names.get(id) ?? []),
    );
  }
  return { records, categories };
}

/**
 * Gathers a book for someone: a note, or what they may read of a carnet.
 * @throws AppError `not_allowed` when they may not read the subject, or it does not exist.
 */
export async function gatherBook(
  context: RelayContext,
  caller: Caller,
  subject: BookSubject,
  signal: AbortSignal,
): Promise<BookContent> {
  const { catalogue } = context;
  let head: Pick<BookContent, 'title' | 'description' | 'language'> | null = null;
  let records: readonly NoteRecord[];
  let categories: ReadonlyMap<NoteId, readonly string[]> = new Map();
  if (subject.subject === 'note') {
    records = [(await requireNote(catalogue, caller, subject.subjectId, canReadNote)).note];
  } else {
    await requireCollection(catalogue, caller, { kind: 'carnet', id: subject.subjectId }, canReadCollection);
    await context.indexer.indexNow(subject.subjectId);
    const index = (await catalogue.derived.collections([subject.subjectId])).get(subject.subjectId);
    head = {
      title: index?.title ?? '',
      description: index?.description ?? '',
      language: index?.language ?? 'fr',
    };
    ({ records, categories } = await readEntries(context, caller, subject.subjectId, index));
  }
  const notes = await readNotes(context, records, (id) => categories.get(id) ?? [], signal);
  const [first] = notes;
  if (head === null) {
    if (first === undefined) throw notAllowed();
    head = { title: first.title, description: '', language: first.language };
  }
  const titles = await readOutsideTitles(context, caller, notes);
  return {
    id: subject.subjectId,
    subject: subject.subject,
    ...head,
    authors: [...new Set(notes.flatMap((note) => note.authors))],
    date: context.now(),
    notes,
    outsideTitle: (id) => titles.get(id) ?? null,
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

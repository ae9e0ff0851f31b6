import { noCover } from '#shared/domain/Collection.ts';
import { type AttachmentId, type CarnetId, type CommunityId, type NoteId, isId } from '#shared/domain/ids.ts';
import { extractLinks, extractTerms } from '#shared/document/extractText.ts';
import { termsOf } from '#shared/document/fields.ts';
import { yDocToNoteContent } from '#shared/document/noteContent.ts';
import { compareOrderKeys } from '#shared/document/orderKeys.ts';
import { emptySheet, otherNames } from '#shared/document/sheet.ts';
import { canReadCollection, canReadNote } from '#shared/permissions/permissions.ts';
import { notAllowed, requireCollection, requireNote, roleOnNote } from '../access.ts';
import type { BookContent, BookNote, BookPlace, BookSubject, OutsideNote } from '../export/BookContent.ts';
import { mayReadAttachment } from '../mayReadAttachment.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { CollectionIndex } from '../storage/ports/DerivedStore.ts';
import type { NoteRecord } from '../storage/ports/NoteStore.ts';

interface Filed {
  readonly categories: readonly string[];
  readonly part: string | null;
}

async function readNotes(
  context: RelayContext,
  records: readonly NoteRecord[],
  filed: ReadonlyMap<NoteId, Filed>,
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
    const terms = [...termsOf(read.doc).keys()].filter((id) => isId(id)).sort();
    read.doc.destroy();
    notes.push({
      id: record.id,
      title,
      kind: record.kind,
      licence: record.licence,
      publishedAt: record.publishedAt,
      categories: filed.get(record.id)?.categories ?? [],
      part: filed.get(record.id)?.part ?? null,
      terms: terms as NoteId[],
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

interface Entries {
  readonly records: readonly NoteRecord[];
  readonly filed: ReadonlyMap<NoteId, Filed>;
  /** How many more there are, which the person may not read. */
  readonly withheld: number;
}

/** What the person may read of a carnet: its notes, in its order and without those in the trash, and the names of the categories of each. */
async function readEntries(
  { catalogue }: RelayContext,
  caller: Caller,
  carnet: CarnetId,
  categories: CollectionIndex['categories'],
): Promise<Entries> {
  const entries = await catalogue.derived.entries(carnet);
  const found = await catalogue.notes.getMany(entries.map((entry) => entry.member as NoteId));
  const byId = new Map(categories.map((one) => [one.id, one]));
  const firstList = categories[0]?.list;
  const records: NoteRecord[] = [];
  const filed = new Map<NoteId, Filed>();
  let withheld = 0;
  for (const { member, category, also } of entries) {
    const note = found.get(member as NoteId);
    if (note === undefined || note.trashedAt !== null) continue;
    if (!canReadNote(roleOnNote(caller, note))) {
      withheld += 1;
      continue;
    }
    records.push(note);
    const own = (category === null ? also : [category, ...also]).flatMap((id) => byId.get(id) ?? []);
    filed.set(note.id, {
      categories: own.map((one) => one.name),
      part: own.find((one) => one.list === firstList)?.name ?? null,
    });
  }
  return { records, filed, withheld };
}

type Head = Pick<
  BookContent,
  'title' | 'description' | 'language' | 'parts' | 'cover' | 'managers' | 'withheld'
>;

async function gatherCarnet(
  context: RelayContext,
  caller: Caller,
  id: CarnetId,
): Promise<
  Entries & { readonly head: Head; readonly community: CommunityId | null; readonly changedAt: number }
> {
  const { catalogue } = context;
  const { collection } = await requireCollection(
    catalogue,
    caller,
    { kind: 'carnet', id },
    canReadCollection,
  );
  await context.indexer.indexNow(id);
  const index = (await catalogue.derived.collections([id])).get(id);
  const categories = [...(index?.categories ?? [])].sort((a, b) => compareOrderKeys(a.order, b.order));
  const [entries, people] = await Promise.all([
    readEntries(context, caller, id, categories),
    catalogue.persons.getMany(collection.managers),
  ]);
  return {
    ...entries,
    community: collection.community,
    changedAt: index?.modifiedAt ?? collection.createdAt,
    head: {
      title: index?.title ?? '',
      description: index?.description ?? '',
      language: index?.language ?? 'fr',
      parts: categories.flatMap((one) => (one.list === categories[0]?.list ? [one.name] : [])),
      cover: collection.cover,
      managers: collection.managers.flatMap((manager) => people.get(manager)?.name || []),
      withheld: entries.withheld,
    },
  };
}

/** Where the books of a relay come from: what is on a person's own computer has no address that others could follow. */
export function bookPlace(relay: {
  readonly mode: 'local' | 'community';
  readonly publicUrl: () => string;
}): BookPlace {
  return { site: 'Calepin', origin: relay.mode === 'local' ? null : relay.publicUrl() };
}

/**
 * Gathers a book for someone: a note, or what they may read of a carnet.
 * @param place - where the book comes from.
 * @throws AppError `not_allowed` when they may not read the subject, or it does not exist.
 */
export async function gatherBook(
  context: RelayContext,
  caller: Caller,
  subject: BookSubject,
  place: BookPlace,
  signal: AbortSignal,
): Promise<BookContent> {
  const { catalogue } = context;
  const carnet = subject.subject === 'carnet' ? await gatherCarnet(context, caller, subject.subjectId) : null;
  const records =
    subject.subject === 'carnet'
      ? (carnet?.records ?? [])
      : [(await requireNote(catalogue, caller, subject.subjectId, canReadNote)).note];
  const notes = await readNotes(context, records, carnet?.filed ?? new Map<NoteId, Filed>(), signal);
  const [first] = notes;
  if (carnet === null && first === undefined) throw notAllowed();
  const head: Head = carnet?.head ?? {
    title: first?.title ?? '',
    description: '',
    language: first?.language ?? 'fr',
    parts: [],
    cover: noCover,
    managers: [],
    withheld: 0,
  };
  const linked = [carnet?.community ?? null, ...records.map((record) => record.community)];
  const ids = [...new Set(linked)].filter((id) => id !== null);
  const [outside, communities] = await Promise.all([
    readOutside(context, caller, notes),
    catalogue.communities.getMany(ids),
  ]);
  return {
    id: subject.subjectId,
    subject: subject.subject,
    ...head,
    authors: [...new Set(notes.flatMap((note) => note.authors))],
    communities: ids.flatMap((id) => communities.get(id)?.name ?? []),
    place,
    date: Math.max(carnet?.changedAt ?? 0, ...notes.map((note) => note.modifiedAt)),
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

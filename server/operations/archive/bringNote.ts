import * as Y from 'yjs';
import { AppError } from '#shared/api/errorCodes.ts';
import { termsOf } from '#shared/document/fields.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { MessageId, NoteId, PersonId, ThreadId, VersionId } from '#shared/domain/ids.ts';
import type { ArchivedJournal, ArchivedNote } from '../../archive/archiveFormat.ts';
import type { JournalRows } from '../../import/archive/readJournal.ts';
import type { AdoptedDocument } from '../../room/Documents.ts';
import { newId } from '../../secrets.ts';
import type { NoteRecord } from '../../storage/ports/NoteStore.ts';
import type { ClientBinding, NewRow } from '../../storage/ports/UpdateLog.ts';
import type { ArchiveContext } from './ArchiveContext.ts';
import type { ArchivedPeople } from './archivedPeople.ts';

/** A log that comes in, and under which id. */
export interface Coming {
  readonly id: NoteId;
  /** Under another id than its own: its chain begins anew, and what was thinned is one row. */
  readonly isCopy: boolean;
  /** Who brings it. */
  readonly by: PersonId;
  /** When the archive was made, Unix milliseconds. */
  readonly madeAt: number;
  readonly people: ArchivedPeople;
}

/** A document as it is taken in, and where its rows went. */
export function adoptionOf(
  journal: Pick<ArchivedJournal, 'epoch' | 'schemaVersion'>,
  rows: JournalRows,
  bindings: readonly ClientBinding[],
  {
    id,
    isCopy,
    people: { personHere },
  }: Pick<Coming, 'isCopy' | 'people'> & { readonly id: AdoptedDocument['head']['document'] },
  kind: AdoptedDocument['head']['kind'],
): { readonly document: AdoptedDocument; readonly seqOf: (seq: number) => number } {
  const { epoch, schemaVersion } = journal;
  const told = (row: NewRow): NewRow => ({ ...row, document: id, person: personHere(row.person) });
  const own = new Set(rows.flat.flatMap(({ row }) => row.clients));
  const head = { document: id, kind, epoch, schemaVersion };
  const others = bindings
    .filter(({ client }) => !own.has(client))
    .map((one) => ({ ...one, person: personHere(one.person) }));
  if (!isCopy)
    return {
      document: { head, segments: rows.segments, rows: rows.rows, bindings: others, heads: rows.heads },
      seqOf: (seq) => seq,
    };
  const places = rows.flat.map(({ seq }) => seq);
  return {
    document: {
      head,
      segments: [],
      rows: rows.flat.map(({ row }) => told(row)),
      bindings: others,
      heads: [],
    },
    // Of a moment within what was thinned there is none: the next that there is.
    seqOf: (seq) => Math.max(1, places.findIndex((place) => place >= seq) + 1),
  };
}

const noTrace = { audit: [], notices: [] };

/** Those who are named on what comes, in the order that they had; who brings it, the last unless they had a place. */
export function withBringer(named: readonly PersonId[], by: PersonId): readonly PersonId[] {
  return named.includes(by) ? named : [...named, by];
}

/** What the catalogue says of a note that was brought: nobody but who brings it may read it, whatever it was open to; who wrote it is named. */
function recordOf(note: ArchivedNote, { id, by, people }: Coming): NoteRecord {
  const { kind, licence, isTemplate, createdAt, publishedAt, lock } = note;
  return {
    id,
    kind,
    visibility: 'authors',
    community: null,
    authorMode: 'people',
    licence,
    createdAt,
    publishedAt,
    trashedAt: null,
    isTemplate,
    lock: lock === null ? null : { ...lock, by: people.personHere(lock.by) },
    authors: withBringer(people.named(note.authors), by),
    commenters: [],
    readers: [],
  };
}

/**
 * Brings a note in: its log row for row, its versions, its discussions; or, without a log, what it says.
 * @returns where its rows went.
 * @throws AppError `archive_damaged` for content that this version does not know.
 */
export async function bringNote(
  context: ArchiveContext,
  note: ArchivedNote,
  journal: { readonly about: ArchivedJournal; readonly rows: JournalRows } | null,
  coming: Coming,
): Promise<(seq: number) => number> {
  const { catalogue, documents, indexer } = context;
  const { id, by, madeAt } = coming;
  const act = { person: by, operation: 'import', madeAt };
  const record = recordOf(note, coming);
  const alongside = catalogue.notes.statementsToAdd(record);
  let seqOf = (seq: number): number => seq;
  if (journal === null) {
    const { content } = note;
    if (content === null) throw new AppError('archive_damaged', 'a note of nothing');
    const { terms, sheet, ...text } = content;
    const write = (doc: Y.Doc): void => {
      try {
        replaceNoteContent(doc, { ...text, ...(sheet !== null && { sheet }) });
      } catch (cause) {
        throw new AppError('archive_damaged', 'content that is not of the schema', { cause });
      }
      for (const term of terms) termsOf(doc).set(term, new Y.Map());
    };
    await documents.create(id, 'note', act, write, alongside ?? []);
  } else {
    const adoption = adoptionOf(journal.about, journal.rows, note.bindings, coming, 'note');
    ({ seqOf } = adoption);
    await documents.adopt(adoption.document, act, alongside ?? []);
  }
  if (alongside === null) await catalogue.notes.add(record);
  await bringVersions(context, note, coming, seqOf);
  await bringThreads(context, note, coming);
  await indexer.indexNow(id);
  // Looked at as whatever people write is: one whose tree is not sound is set aside.
  await documents.inspect(id);
  return seqOf;
}

async function bringVersions(
  { versions, sittings, journals }: ArchiveContext,
  note: ArchivedNote,
  { id, isCopy, people: { personHere } }: Coming,
  seqOf: (seq: number) => number,
): Promise<void> {
  const head = await journals.head(id);
  for (const version of note.versions.toReversed()) {
    const seq = seqOf(version.seq);
    if (seq > (head?.seq ?? 0)) throw new AppError('archive_damaged', 'a version of a row that is not there');
    const brought = {
      ...version,
      documentId: id,
      seq,
      personId: personHere(version.personId),
      contributors: version.contributors.map(personHere),
    };
    try {
      await versions.add(isCopy ? { ...brought, id: newId<VersionId>() } : brought);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
      await versions.add({ ...brought, id: newId<VersionId>() });
    }
  }
  const last = note.sittings.at(-1);
  if (isCopy || last === undefined || head === null) return;
  const told = note.sittings.map((one) => ({
    ...one,
    people: one.people.map((who) => ({ ...who, person: personHere(who.person) })),
  }));
  await sittings.replace(id, 0, told, { epoch: head.epoch, seq: last.toSeq });
  await sittings.settle(id, last.fromSeq);
}

async function bringThreads(
  { catalogue: { threads } }: ArchiveContext,
  note: ArchivedNote,
  { id, isCopy, people: { personHere } }: Coming,
): Promise<void> {
  for (const { messages, id: own, ...thread } of note.threads) {
    const isTaken = isCopy || (await threads.get(own)) !== null;
    const threadId = isTaken ? newId<ThreadId>() : own;
    const told = messages.map((one) => ({
      ...one,
      id: isTaken ? newId<MessageId>() : one.id,
      thread: threadId,
      by: personHere(one.by),
      mentions: one.mentions.map(personHere),
      writtenAt: one.writtenAt ?? null,
      deletedAt: null,
    }));
    const [first, ...others] = told;
    if (first === undefined) continue;
    const whole = {
      ...thread,
      id: threadId,
      note: id,
      by: personHere(thread.by),
      resolvedBy: personHere(thread.resolvedBy),
    };
    if (!(await threads.start(whole, first, noTrace)))
      throw new AppError('archive_damaged', 'a message is there twice');
    for (const message of others)
      if (!(await threads.reply(message, noTrace)))
        throw new AppError('archive_damaged', 'a message is there twice');
  }
}

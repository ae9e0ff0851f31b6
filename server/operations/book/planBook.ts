import { type BookMoment, editionOf } from '#shared/api/exports.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import { noCover } from '#shared/domain/Collection.ts';
import type { CarnetId, DocumentId, NoteId, PersonId, VersionId } from '#shared/domain/ids.ts';
import type { Language } from '#shared/domain/Person.ts';
import { canReadCollection, canReadNote, canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { notAllowed, requireCollection, requireNote, requirePerson, roleOnNote } from '../../access.ts';
import type { Caller } from '../../Caller.ts';
import { type Absent, nothingAbsent } from '../../export/BookContent.ts';
import { rowAt } from '../../history/rowAt.ts';
import { type FixedText, maySeeText } from '../../maySeeText.ts';
import type { NoteRecord } from '../../storage/ports/NoteStore.ts';
import { requireCollectionRow } from '../collectionMoment.ts';
import { type BookContext, type BookPlan, type CarnetHead, type ChosenNote, factsOf } from './BookPlan.ts';
import { contentNow, contentThen, type Entry, filedIn, headOf } from './carnetContent.ts';
import { planEdition } from './planEdition.ts';

/** A row that a book is made of. */
interface Row {
  readonly seq: number;
  readonly time: number;
}
type PastMoment = Exclude<BookMoment, 'now'>;

/** The row that a moment names. @throws AppError `invalid_request` where there was nothing yet, or is no such row; `not_allowed` for an unknown version. */
async function rowOf(context: BookContext, document: DocumentId, moment: PastMoment): Promise<Row> {
  const { log, history } = context;
  const [kind, number = ''] = moment.split(':');
  const found =
    kind === 'at'
      ? await rowAt(log, document, Number(number))
      : await rowBehind(
          kind === 'seq' ? Number(number) : (await history.get(document, moment as VersionId)).seq,
        );
  if (found === null) throw new AppError('invalid_request', 'there was nothing yet at this moment');
  return found;

  async function rowBehind(seq: number): Promise<Row | null> {
    const [row] = seq === 0 ? [] : await log.read(document, seq - 1, seq);
    return row ?? null;
  }
}

/** A note alone. Its past is for who sees its history. */
export async function planNote(
  context: BookContext,
  caller: Caller,
  id: NoteId,
  moment: BookMoment,
): Promise<BookPlan> {
  const { note } = await requireNote(
    context.catalogue,
    caller,
    id,
    moment === 'now' ? canReadNote : canSeeNoteHistory,
  );
  if (editionOf(moment) !== null) throw new AppError('invalid_request', 'a note has no editions');
  const chosen =
    moment === 'now'
      ? await asNow(context, [note])
      : [await rowOf(context, id, moment)].map(({ seq, time }) => ({
          facts: factsOf(note, time, time),
          seq,
        }));
  return { head: null, notes: chosen, filed: new Map(), absent: nothingAbsent, frozen: null };
}

const chosenTitles: Readonly<Record<Language, string>> = {
  fr: 'Une sélection de notes',
  en: 'A selection of notes',
};

/** What notes that somebody chose are called together. */
export function headOfChosen(by: PersonId, language: Language): CarnetHead {
  return {
    title: chosenTitles[language],
    description: '',
    language,
    parts: [],
    cover: noCover,
    managers: [by],
    community: null,
    changedAt: 0,
  };
}

/** Notes that somebody chose, each once, in their order. What is in the trash, or gone, is not there. @throws AppError `not_signed_in`; `not_allowed` where they may read none. */
export async function planChosen(
  context: BookContext,
  caller: Caller,
  ids: readonly NoteId[],
  language: Language,
): Promise<BookPlan> {
  const { id: by } = requirePerson(caller);
  const found = await context.catalogue.notes.getMany(ids);
  const there = [...new Set(ids)]
    .flatMap((id) => found.get(id) ?? [])
    .filter((one) => one.trashedAt === null);
  const open = there.filter((note) => canReadNote(roleOnNote(caller, note)));
  if (open.length === 0) throw notAllowed();
  return {
    head: headOfChosen(by, language),
    notes: await asNow(context, open),
    filed: new Map(),
    absent: { ...nothingAbsent, withheld: there.length - open.length },
    frozen: null,
  };
}

/** What the person may read of a carnet: its notes, in its order, and what it says of itself. */
export async function planCarnet(
  context: BookContext,
  caller: Caller,
  id: CarnetId,
  moment: BookMoment,
): Promise<BookPlan> {
  const edition = editionOf(moment);
  if (edition !== null) return planEdition(context, caller, id, edition);
  const { catalogue } = context;
  const ref = { kind: 'carnet', id } as const;
  const { collection } = await requireCollection(catalogue, caller, ref, canReadCollection);
  const row = moment === 'now' ? null : await rowOf(context, id, moment);
  if (row !== null) await requireCollectionRow(context, caller, ref, row);
  const content = row === null ? await contentNow(context, id) : await contentThen(context, id, row);
  const { index, entries } = content;
  const { head, categories } = headOf(index, {
    cover: collection.cover,
    managers: collection.managers,
    community: collection.community,
    changedAt: row?.time ?? index?.modifiedAt ?? collection.createdAt,
  });
  // An instant is one for all of them; a row is of the carnet alone, and its notes are as they were just then.
  const instant = row === null ? null : moment.startsWith('at:') ? Number(moment.slice(3)) : row.time;
  const chosen =
    instant === null
      ? await chooseNow(context, caller, id, entries)
      : await chooseThen(context, caller, id, entries, instant);
  return { ...chosen, head, filed: filedIn(entries, categories), frozen: null };
}

type Chosen = Pick<BookPlan, 'notes' | 'absent'>;
type Counts = { -readonly [Kind in keyof Absent]: number };

/** Those that are there now, as they are or as the carnet holds them; one in the trash is not. */
async function chooseNow(
  context: BookContext,
  caller: Caller,
  carnet: CarnetId,
  entries: readonly Entry[],
): Promise<Chosen> {
  const { catalogue } = context;
  const found = await catalogue.notes.getMany(entries.map(({ memberId }) => memberId as NoteId));
  const published = await catalogue.publishedRows.of(carnet);
  const absent = { ...nothingAbsent } as Counts;
  const open: NoteRecord[] = [];
  const held = new Map<NoteId, ChosenNote>();
  for (const { memberId, held: seq } of entries) {
    const note = found.get(memberId as NoteId);
    if (note === undefined || note.trashedAt !== null) continue;
    if (!canReadNote(roleOnNote(caller, note))) absent.withheld += 1;
    else if (seq === undefined) open.push(note);
    else {
      const isOpen = published.get(note.id)?.has(seq) === true;
      const chosen = await asHeld(context, caller, note, { seq, isOpen }, null);
      if (typeof chosen === 'string') absent[chosen] += 1;
      else {
        open.push(note);
        held.set(note.id, chosen);
      }
    }
  }
  const notes = await asNow(context, open);
  return { notes: notes.map((chosen) => held.get(chosen.facts.id) ?? chosen), absent };
}

/** A note as the carnet holds it. */
async function asHeld(
  context: BookContext,
  caller: Caller,
  note: NoteRecord,
  text: FixedText,
  instant: number | null,
): Promise<ChosenNote | 'withheld' | 'closedThen' | 'gone'> {
  const told = await maySeeText(context, caller, note, text);
  if (told !== 'open') return told;
  const row = await unlessDamaged(
    async () => (await context.log.read(note.id, text.seq - 1, text.seq))[0] ?? null,
  );
  if (row === null) return 'gone';
  const isNow = (await context.log.head(note.id))?.seq === text.seq;
  return { facts: factsOf(note, row.time, instant), seq: isNow ? null : text.seq };
}

async function asNow({ catalogue }: BookContext, notes: readonly NoteRecord[]): Promise<ChosenNote[]> {
  const indexes = await catalogue.derived.noteLines(notes.map(({ id }) => id));
  return notes.map((note) => ({
    facts: factsOf(note, indexes.get(note.id)?.modifiedAt ?? note.createdAt, null),
    seq: null,
  }));
}

/** Those that were there then: one that did not change since is read by whoever may read it, the others by who sees their history. */
async function chooseThen(
  context: BookContext,
  caller: Caller,
  carnet: CarnetId,
  entries: readonly Entry[],
  instant: number,
): Promise<Chosen> {
  const { catalogue, log } = context;
  const found = await catalogue.notes.getMany(entries.map(({ memberId }) => memberId as NoteId));
  const notes: ChosenNote[] = [];
  const published = await catalogue.publishedRows.of(carnet);
  const absent = { ...nothingAbsent } as Counts;
  for (const { memberId, held } of entries) {
    const note = found.get(memberId as NoteId);
    const role = note === undefined ? 'none' : roleOnNote(caller, note);
    if (note === undefined) absent.gone += 1;
    else if (!canReadNote(role)) absent.withheld += 1;
    else if (held !== undefined) {
      const isOpen = published.get(note.id)?.has(held) === true;
      const chosen = await asHeld(context, caller, note, { seq: held, isOpen }, instant);
      if (typeof chosen === 'string') absent[chosen] += 1;
      else notes.push(chosen);
    } else {
      const [head, row] = [await log.head(note.id), await unlessDamaged(() => rowAt(log, note.id, instant))];
      if (row === null) absent.gone += 1;
      else if (row.seq === head?.seq) notes.push({ facts: factsOf(note, row.time, instant), seq: null });
      else if (canSeeNoteHistory(role)) notes.push({ facts: factsOf(note, row.time, instant), seq: row.seq });
      else absent.closedThen += 1;
    }
  }
  return { notes, absent };
}

/** What is read, or null of a damaged note: the book says that it could not be read back. */
async function unlessDamaged(read: () => Promise<Row | null>): Promise<Row | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError && error.code === 'document_damaged') return null;
    throw error;
  }
}

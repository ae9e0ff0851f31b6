import { type BookMoment, editionOf } from '#shared/api/exports.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import type { CarnetId, DocumentId, NoteId, VersionId } from '#shared/domain/ids.ts';
import { canReadCollection, canReadNote, canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { requireCollection, requireNote, roleOnNote } from '../../access.ts';
import type { Caller } from '../../Caller.ts';
import { type Absent, nothingAbsent } from '../../export/BookContent.ts';
import { rowAt } from '../../history/rowAt.ts';
import type { NoteRecord } from '../../storage/ports/NoteStore.ts';
import { requireCollectionRow } from '../collectionMoment.ts';
import { type BookContext, type BookPlan, type ChosenNote, factsOf } from './BookPlan.ts';
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
      ? await chooseNow(context, caller, entries)
      : await chooseThen(context, caller, entries, instant);
  return { ...chosen, head, filed: filedIn(entries, categories), frozen: null };
}

type Chosen = Pick<BookPlan, 'notes' | 'absent'>;

/** Those that are there now; one in the trash is not. */
async function chooseNow(context: BookContext, caller: Caller, entries: readonly Entry[]): Promise<Chosen> {
  const found = await context.catalogue.notes.getMany(entries.map(({ memberId }) => memberId as NoteId));
  const there = entries
    .flatMap(({ memberId }) => found.get(memberId as NoteId) ?? [])
    .filter((note) => note.trashedAt === null);
  const open = there.filter((note) => canReadNote(roleOnNote(caller, note)));
  return {
    notes: await asNow(context, open),
    absent: { ...nothingAbsent, withheld: there.length - open.length },
  };
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
  entries: readonly Entry[],
  instant: number,
): Promise<Chosen> {
  const { catalogue, log } = context;
  const found = await catalogue.notes.getMany(entries.map(({ memberId }) => memberId as NoteId));
  const notes: ChosenNote[] = [];
  const absent = { ...nothingAbsent } as { -readonly [Kind in keyof Absent]: number };
  for (const { memberId } of entries) {
    const note = found.get(memberId as NoteId);
    const role = note === undefined ? 'none' : roleOnNote(caller, note);
    if (note === undefined) absent.gone += 1;
    else if (!canReadNote(role)) absent.withheld += 1;
    else {
      const [head, row] = [await log.head(note.id), await rowThen(note.id)];
      if (row === null) absent.gone += 1;
      else if (row.seq === head?.seq) notes.push({ facts: factsOf(note, row.time, instant), seq: null });
      else if (canSeeNoteHistory(role)) notes.push({ facts: factsOf(note, row.time, instant), seq: row.seq });
      else absent.closedThen += 1;
    }
  }
  return { notes, absent };

  async function rowThen(note: NoteId): Promise<Row | null> {
    try {
      return await rowAt(log, note, instant);
    } catch (error) {
      // A damaged one: the book says that it could not be read back.
      if (error instanceof AppError && error.code === 'document_damaged') return null;
      throw error;
    }
  }
}

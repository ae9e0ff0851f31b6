import type { QueryClient } from '@tanstack/react-query';
import type { Sitting } from '#shared/api/history.ts';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import { timeOfField } from '../../../ui/index.ts';
import { historyQueries } from '../historyApi.ts';
import type { TakenRows } from './takeBackApi.ts';

/** Which changes are taken back: those of the sitting, all since it began, or those between two moments. */
export const takenRanges = ['sitting', 'since', 'between'] as const;
export type TakenRange = (typeof takenRanges)[number];

/** What was chosen. `from`, `to`: values of fields of date and time. */
export interface TakenChoice {
  /** Null: everybody. */
  readonly person: PersonId | null;
  readonly range: TakenRange;
  readonly from: string;
  readonly to: string;
}

const secondMs = 1_000;
/**
 * The rows that were chosen.
 * @param lastSeq - the newest row of the note.
 * @returns null where nothing was written then.
 */
export async function takenRows(
  client: QueryClient,
  noteId: NoteId,
  { person, range, from, to }: TakenChoice,
  sitting: Pick<Sitting, 'fromSeq' | 'toSeq'>,
  lastSeq: number,
): Promise<TakenRows | null> {
  if (range === 'sitting') return { person, fromSeq: sitting.fromSeq, toSeq: sitting.toSeq };
  if (range === 'since') return { person, fromSeq: sitting.fromSeq, toSeq: Math.max(lastSeq, sitting.toSeq) };
  const [begin, end] = [timeOfField(from), timeOfField(to)];
  if (begin === null || end === null || begin > end) return null;
  const at = (time: number) => client.fetchQuery(historyQueries.content(noteId, { at: time }));
  // The last row of the second that is named; the row after the last one before it.
  const until = end + secondMs - 1;
  const last = await at(until);
  const before = await at(Math.max(0, begin - 1));
  // Before the first row there is none: the first is what is shown.
  const fromSeq = before.time < begin ? before.seq + 1 : before.seq;
  return fromSeq <= last.seq && last.time >= begin && last.time <= until
    ? { person, fromSeq, toSeq: last.seq }
    : null;
}

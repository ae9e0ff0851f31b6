import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query';
import {
  authorshipSchema,
  densitySchema,
  momentContentSchema,
  rowsSchema,
  type Sitting,
  type Sittings,
  sittingsSchema,
} from '#shared/api/history.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { keys, request } from '../../api/index.ts';

/** A row, an instant, or now. */
export type AskedMoment = { readonly seq: number } | { readonly at: number } | null;

/** Sittings are asked for in pages that begin at multiples of this number. */
export const sittingsPerPage = 200;
/** At most so many rows in one answer. */
export const rowsPerAnswer = 2_000;
const base = (noteId: NoteId): string => `/api/notes/${noteId}/history`;
const queryOf = (moment: AskedMoment): Record<string, number> => ({ ...moment });
/** What was said at a row never changes, nor does who wrote it; of now, a new version tells that it may. */
const lasting = (moment: AskedMoment): number => (moment !== null && 'seq' in moment ? Infinity : 0);

/** The keys under which what is known of a note's past is kept. */
export const historyKeys = {
  content: (noteId: NoteId) => ['history-content', noteId] as const,
};

/** The past of a note, row by row. */
export const historyQueries = {
  content: (noteId: NoteId, moment: AskedMoment) =>
    queryOptions({
      queryKey: [...historyKeys.content(noteId), moment],
      queryFn: ({ signal }) =>
        request(`${base(noteId)}/content`, momentContentSchema, { query: queryOf(moment), signal }),
      staleTime: lasting(moment),
      // Thousands of moments go by while it is played.
      gcTime: 30_000,
      placeholderData: keepPreviousData,
    }),
  authorship: (noteId: NoteId, moment: AskedMoment) =>
    queryOptions({
      queryKey: ['authorship', noteId, moment],
      queryFn: ({ signal }) =>
        request(`${base(noteId)}/authorship`, authorshipSchema, { query: queryOf(moment), signal }),
      staleTime: lasting(moment),
      gcTime: 30_000,
    }),
  density: (noteId: NoteId, buckets: number) =>
    queryOptions({
      queryKey: [...keys.versions(noteId), 'density', buckets],
      queryFn: ({ signal }) =>
        request(`${base(noteId)}/density`, densitySchema, { query: { buckets }, signal }),
    }),
  /** How many sittings there are, and the newest. Asked anew when a version is made: a sitting ended. */
  newest: (noteId: NoteId) =>
    queryOptions({
      queryKey: [...keys.versions(noteId), 'sittings'],
      queryFn: ({ signal }) =>
        request(`${base(noteId)}/sittings`, sittingsSchema, { query: { count: 1 }, signal }),
    }),
  /** Asked anew when a version is made or named, since it stands in one of them. @param total - how many there are: only the last page may grow. */
  sittings: (noteId: NoteId, page: number, total: number) => {
    const end = (page + 1) * sittingsPerPage;
    return queryOptions({
      queryKey: [...keys.versions(noteId), 'sitting-page', page, end > total ? total : null],
      queryFn: ({ signal }) =>
        request(`${base(noteId)}/sittings`, sittingsSchema, {
          query: { before: end, count: sittingsPerPage },
          signal,
        }),
      staleTime: end > total ? 0 : Infinity,
    });
  },
  rows: (noteId: NoteId, from: number, to: number) =>
    queryOptions({
      queryKey: ['history-rows', noteId, from, to],
      queryFn: ({ signal }) => request(`${base(noteId)}/rows`, rowsSchema, { query: { from, to }, signal }),
      staleTime: Infinity,
      gcTime: 60_000,
    }),
};

/** A sitting among the people who are named in it. */
export interface KnownSitting {
  readonly sitting: Sitting;
  readonly people: Sittings['people'];
}

/** The sitting that a row belongs to, or the nearest before it. @param total - how many there are. */
export async function sittingAt(
  client: QueryClient,
  noteId: NoteId,
  seq: number,
  total: number,
): Promise<KnownSitting | null> {
  let [low, high] = [0, Math.ceil(total / sittingsPerPage) - 1];
  // The newest is where most people look.
  let page = high;
  while (low <= high) {
    const { sittings, people } = await client.ensureQueryData(historyQueries.sittings(noteId, page, total));
    const [newest, oldest] = [sittings[0], sittings.at(-1)];
    if (newest === undefined || oldest === undefined) return null;
    if (seq < oldest.fromSeq) high = page - 1;
    else {
      const sitting = sittings.find((one) => one.fromSeq <= seq);
      // Rows after the page's newest sitting may belong to the next page's oldest.
      if (sitting !== newest || seq <= newest.toSeq || page === high)
        return sitting === undefined ? null : { sitting, people };
      low = page + 1;
    }
    page = Math.floor((low + high) / 2);
  }
  return null;
}

/** One sitting by its number; null where there is none. */
export async function sittingOf(
  client: QueryClient,
  noteId: NoteId,
  number: number,
  total: number,
): Promise<KnownSitting | null> {
  if (number < 0 || number >= total) return null;
  const page = Math.floor(number / sittingsPerPage);
  const { sittings, people } = await client.ensureQueryData(historyQueries.sittings(noteId, page, total));
  const sitting = sittings.find((one) => one.number === number);
  return sitting === undefined ? null : { sitting, people };
}

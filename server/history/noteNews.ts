import { changedPassages } from '#shared/document/compare/changedPassages.ts';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import type { AuthoredLog } from '../Identities.ts';
import type { History } from './History.ts';

/** What changed in a note while somebody did not look. Counted in passages. */
export interface NewsOfNote {
  readonly fromSeq: number;
  readonly toSeq: number;
  /** Who else, most passages first; those who are not known are left out. */
  readonly people: readonly PersonId[];
  readonly passages: number;
  readonly own: number;
  readonly both: number;
}

/**
 * Compares a note with what somebody last saw of it. What came and went meanwhile is no news.
 * @param after - the last row that they saw.
 * @returns null when nobody else changed anything that is still to be seen.
 * @throws AppError as `History.compare`.
 */
export async function noteNews(
  { log, history }: { readonly log: AuthoredLog; readonly history: History },
  note: NoteId,
  reader: PersonId,
  after: number,
  signal?: AbortSignal,
): Promise<NewsOfNote | null> {
  const rows = await log.read(note, after);
  const last = rows.at(-1);
  // Almost always: comparing is not for who only comes back to their own words.
  if (last === undefined || rows.every(({ person }) => person === reader)) return null;
  const passages = changedPassages(await history.compare(note, { seq: after }, last, signal));
  const counts = new Map<PersonId, number>();
  let [ofOthers, own, both] = [0, 0, 0];
  for (const { people } of passages) {
    const others = [...people].filter((one) => one !== reader);
    if (others.length > 0) ofOthers += 1;
    if (people.has(reader)) own += 1;
    if (others.length > 0 && people.has(reader)) both += 1;
    for (const one of others)
      if (one !== null) counts.set(one as PersonId, (counts.get(one as PersonId) ?? 0) + 1);
  }
  if (ofOthers === 0) return null;
  const people = [...counts].toSorted((a, b) => b[1] - a[1]).map(([person]) => person);
  return { fromSeq: after, toSeq: last.seq, people, passages: ofOthers, own, both };
}

import type { NoteAct } from '#shared/api/versions.ts';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import type { VersionKind } from '#shared/domain/Version.ts';
import { canSeeActs } from '#shared/permissions/permissions.ts';
import { requireNote } from '../access.ts';
import type { Caller } from '../Caller.ts';
import { visibleSince } from '../visibleSince.ts';
import type { HttpRelay } from './HttpRelay.ts';
import { presentPeople } from './presentPeople.ts';

const kinds: Readonly<Record<VersionKind, NoteAct['kind']>> = {
  first: 'written',
  sitting: 'written',
  named: 'named',
  restore: 'restored',
};

/** Which acts are asked for. */
interface ActsAsked {
  /** At most so many; null: all. */
  readonly count: number | null;
  /** Only that it was locked, and opened again. */
  readonly isOfLocks: boolean;
}

/** Who did what to a note when, newest first, as far as the caller could see the note then. @throws AppError `not_allowed`. */
export async function presentActs(
  { catalogue, history, identities }: Pick<HttpRelay, 'catalogue' | 'history' | 'identities'>,
  caller: Caller,
  id: NoteId,
  { count, isOfLocks }: ActsAsked,
): Promise<NoteAct[]> {
  const { note } = await requireNote(catalogue, caller, id, canSeeActs);
  const from = await visibleSince({ catalogue, identities }, caller, note);
  const [versions, register] = await Promise.all([
    isOfLocks ? [] : history.since(id, from, count),
    catalogue.register.about(id),
  ]);
  const acts: (Omit<NoteAct, 'people'> & { readonly people: readonly PersonId[] })[] = versions.map(
    ({ kind, name, createdAt: at, personId, contributors }) => ({
      kind: kinds[kind],
      at,
      name,
      people: personId === null ? contributors : [personId],
    }),
  );
  if (note.publishedAt !== null && !isOfLocks) {
    const at = note.publishedAt;
    const by = register.find((line) => line.act === 'note.visibility' && line.at === at)?.by ?? null;
    acts.push({ kind: 'published', at, name: null, people: by === null ? [] : [by] });
  }
  for (const { act, at, by, value } of register) {
    if (act !== 'note.lock') continue;
    acts.push({
      kind: value === null ? 'unlocked' : 'locked',
      at,
      name: null,
      people: by === null ? [] : [by],
    });
  }
  const seen = acts
    .filter(({ at }) => at >= from)
    .sort((a, b) => b.at - a.at)
    .slice(0, count ?? Infinity);
  const known = await catalogue.persons.getMany([...new Set(seen.flatMap(({ people }) => people))]);
  return seen.map((act) => ({ ...act, people: presentPeople(act.people, known) }));
}

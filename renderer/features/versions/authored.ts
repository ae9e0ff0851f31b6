import { useMemo } from 'react';
import type { BodyMark } from '#shared/document/noteContent.ts';
import type { Person } from '#shared/domain/Person.ts';
import type { ChangePerson } from '../../editor/reading.ts';
import { initialsOf } from '../../ui/index.ts';

/** `fresh`: just written; `sitting`: in the sitting that is shown; `run`: by whom, in a view of authors; `age`: how long ago. */
export type AuthoredKind = 'fresh' | 'sitting' | 'run' | 'age';

/** The mark of a text that tells who wrote it. @param more - further attributes of it. */
export function authoredMark(
  person: string | null,
  kind: AuthoredKind,
  more: Readonly<Record<string, unknown>> = {},
): BodyMark {
  return { type: 'authored', attrs: { person, kind, ...more } };
}

/** So many ways to draw a line under somebody's words, beside the colour: for those who do not see it. */
export const cueCount = 5;

/** The line of each person: by their id, so that it stays theirs from one view to the next, and another one where two would have the same. */
export function cuesOf(ids: readonly string[]): ReadonlyMap<string, number> {
  const cues = new Map<string, number>();
  const taken = new Set<number>();
  for (const id of [...new Set(ids)].toSorted()) {
    let cue = [...id].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % cueCount;
    for (let tries = 1; taken.has(cue) && tries < cueCount; tries += 1) cue = (cue + 1) % cueCount;
    taken.add(cue);
    cues.set(id, cue);
  }
  return cues;
}

/** Names, hues, initials and lines of people, by id. */
export function useChangePeople(
  people: readonly Pick<Person, 'id' | 'name' | 'colour'>[],
): (id: string) => ChangePerson | null {
  return useMemo(() => {
    const cues = cuesOf(people.map(({ id }) => id));
    const known = new Map<string, ChangePerson>(
      people.map(({ id, name, colour }) => [
        id,
        { name, colour, initials: initialsOf(name), cue: cues.get(id) ?? 0 },
      ]),
    );
    return (id: string): ChangePerson | null => known.get(id) ?? null;
  }, [people]);
}

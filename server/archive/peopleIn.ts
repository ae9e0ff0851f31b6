import type { PersonId } from '#shared/domain/ids.ts';
import type { ArchivedCollection, ArchivedNote } from './archiveFormat.ts';

const known = (people: readonly (PersonId | null)[]): PersonId[] => [
  ...new Set(people.filter((one) => one !== null)),
];

/** Everybody whom a note of an archive names, beside its log. */
export function peopleInNote(note: ArchivedNote): PersonId[] {
  return known([
    ...note.authors,
    ...note.commenters,
    ...note.readers,
    note.lock?.by ?? null,
    ...note.versions.flatMap(({ contributors, personId }) => [...contributors, personId]),
    ...note.sittings.flatMap(({ people }) => people.map(({ person }) => person)),
    ...note.bindings.map(({ person }) => person),
    ...note.threads.flatMap(({ by, resolvedBy, messages }) => [
      by,
      resolvedBy,
      ...messages.flatMap((one) => [one.by, ...one.mentions]),
    ]),
  ]);
}

/** Everybody whom a carnet or a base of an archive names, with its editions, beside its log. */
export function peopleInCollection(collection: ArchivedCollection): PersonId[] {
  const { managers, contributors, readers, editions } = collection;
  return known([
    ...managers,
    ...contributors,
    ...readers,
    ...editions.flatMap(({ by, withdrawn, facts }) => [
      by,
      withdrawn?.by ?? null,
      ...facts.managers,
      ...(Object.keys(facts.names) as PersonId[]),
      ...Object.values(facts.notes).flatMap(({ authors, lock }) => [...authors, lock?.by ?? null]),
    ]),
  ]);
}

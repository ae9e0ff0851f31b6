import type { Comparison, VersionSummary } from '#shared/api/versions.ts';
import type { NoteComparison } from '#shared/document/compare/compareNotes.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Catalogue } from '../storage/ports/Catalogue.ts';
import type { VersionRecord } from '../storage/ports/VersionStore.ts';
import { presentPeople } from './presentPeople.ts';

type People = Pick<Catalogue, 'persons'>;

/** Versions as the API shows them, in the order given, with the people by name. */
export async function presentVersions(
  { persons }: People,
  versions: readonly VersionRecord[],
): Promise<VersionSummary[]> {
  const ids = versions.flatMap(({ contributors, personId }) => [
    ...contributors,
    ...(personId === null ? [] : [personId]),
  ]);
  const people = await persons.getMany([...new Set(ids)]);
  return versions.map(
    ({ id, documentId, seq, kind, name, remark, createdAt, personId, contributors, changeCount }) => ({
      id,
      documentId,
      seq,
      kind,
      name,
      remark,
      createdAt,
      person: personId === null ? null : (presentPeople([personId], people)[0] ?? null),
      contributors: presentPeople(contributors, people),
      changeCount,
    }),
  );
}

/** One version. */
export async function presentVersion(people: People, version: VersionRecord): Promise<VersionSummary> {
  const [summary] = await presentVersions(people, [version]);
  if (summary === undefined) throw new Error('one version gives one line');
  return summary;
}

/** A moment of a note: after a row, which may be that of a version. */
export interface NoteMoment {
  readonly seq: number;
  /** Unix milliseconds; null before the first row. */
  readonly at: number | null;
  readonly version: VersionRecord | null;
}

async function presentMoment(people: People, { seq, at, version }: NoteMoment): Promise<Comparison['from']> {
  return { seq, at, version: version === null ? null : await presentVersion(people, version) };
}

/** A comparison with the people who are named in it. @param to - null: now. */
export async function presentComparison(
  people: People,
  from: NoteMoment,
  to: NoteMoment | null,
  comparison: NoteComparison,
): Promise<Comparison> {
  const ids = comparison.summary.flatMap(({ person }) => (person === null ? [] : [person as PersonId]));
  const known = await people.persons.getMany(ids);
  return {
    from: await presentMoment(people, from),
    to: to === null ? null : await presentMoment(people, to),
    title: [...comparison.title],
    fields: comparison.fields.map((field) => ({ ...field, parts: [...field.parts] })),
    body: comparison.body,
    people: presentPeople(ids, known),
    summary: [...comparison.summary],
    changeCount: comparison.changeCount,
  };
}

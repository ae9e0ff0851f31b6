import type {
  Authorship,
  HistoryRows,
  MomentContent,
  PastSearch,
  Sitting,
  Sittings,
  TakeBackPreview,
} from '#shared/api/history.ts';
import { defaultLanguage } from '#shared/document/fields.ts';
import { languagePattern } from '#shared/document/vocabulary.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Person } from '#shared/domain/Person.ts';
import type { ChronicleAnswers, TakeBackPlan } from '../history/chronicle/ChronicleQuestion.ts';
import type { SittingPage, WithLastSeq } from '../history/Past.ts';
import { overlapKey } from '../history/takeBack.ts';
import type { Catalogue } from '../storage/ports/Catalogue.ts';
import { presentPeople } from './presentPeople.ts';

type People = Pick<Catalogue, 'persons'>;

async function named({ persons }: People, ids: Iterable<PersonId | null>): Promise<Person[]> {
  const people = [...new Set(ids)].filter((id) => id !== null);
  return presentPeople(people, await persons.getMany(people));
}

async function presentPlace(
  people: People,
  { seq, time, person, lastSeq }: WithLastSeq<{ seq: number; time: number; person: PersonId | null }>,
): Promise<Pick<MomentContent, 'seq' | 'time' | 'person' | 'lastSeq'>> {
  return { seq, time, person: (await named(people, [person]))[0] ?? null, lastSeq };
}

/** What a note said at a moment. */
export async function presentMoment(
  people: People,
  found: WithLastSeq<NonNullable<ChronicleAnswers['content']>>,
): Promise<MomentContent> {
  const { title, language, body } = found;
  return {
    ...(await presentPlace(people, found)),
    title,
    language: language !== undefined && languagePattern.test(language) ? language : defaultLanguage,
    body,
  };
}

/** Who wrote what of it. */
export async function presentAuthorship(
  people: People,
  found: WithLastSeq<NonNullable<ChronicleAnswers['authorship']>>,
): Promise<Authorship> {
  const { title, runs, blocks } = found;
  const ids = [...title, ...runs, ...blocks].flatMap(({ person, carried }) => [
    person,
    carried?.person ?? null,
  ]);
  return {
    ...(await presentPlace(people, found)),
    title: [...title],
    runs: [...runs],
    blocks: [...blocks],
    people: await named(people, ids),
  };
}

/** A page of sittings with the people by name. */
export async function presentSittings(people: People, { total, sittings }: SittingPage): Promise<Sittings> {
  const ids = sittings.flatMap((sitting) => [
    ...sitting.people.map(({ person }) => person),
    ...sitting.versions.map(({ person }) => person),
  ]);
  const asked = [...new Set(ids)].filter((id) => id !== null);
  const known = await people.persons.getMany(asked);
  // Versions, and sittings that were counted before, keep the ids of then.
  const asNow = (id: PersonId | null): PersonId | null => (id === null ? null : (known.get(id)?.id ?? id));
  return {
    total,
    sittings: sittings.map((sitting) => ({
      ...sitting,
      people: asOne(sitting.people, asNow),
      versions: sitting.versions.map((version) => ({ ...version, person: asNow(version.person) })),
    })),
    people: presentPeople(asked, known),
  };
}

/** What each wrote and removed, most work first, once two ids are one person's. */
function asOne(
  people: Sitting['people'],
  asNow: (id: PersonId | null) => PersonId | null,
): Sitting['people'] {
  const each = new Map<PersonId | null, Sitting['people'][number]>();
  for (const { person, written, removed } of people) {
    const id = asNow(person);
    const known = each.get(id);
    each.set(id, {
      person: id,
      written: written + (known?.written ?? 0),
      removed: removed + (known?.removed ?? 0),
    });
  }
  return [...each.values()].toSorted((a, b) => b.written + b.removed - a.written - a.removed);
}

/** When rows came, and from whom. */
export async function presentRows(
  people: People,
  { from, times, people: writers }: ChronicleAnswers['rows'],
): Promise<HistoryRows> {
  const known = await named(people, writers);
  const places = new Map(known.map(({ id }, place) => [id, place]));
  return {
    from,
    times: [...times],
    writers: writers.map((writer) => (writer === null ? -1 : (places.get(writer) ?? -1))),
    people: known,
  };
}

/** Where a passage ever stood. */
export async function presentSearch(people: People, found: ChronicleAnswers['search']): Promise<PastSearch> {
  const ids = found.flatMap(({ author, came, went }) => [author, came.person, went?.person ?? null]);
  return {
    passages: found.map(({ text, before, after, inTitle, author, came, went }) => ({
      text,
      before,
      after,
      inTitle,
      author,
      came,
      went,
    })),
    people: await named(people, ids),
  };
}

/** What taking back would do. */
export async function presentTakeBack(people: People, plan: TakeBackPlan): Promise<TakeBackPreview> {
  const { comparison, overlaps } = plan;
  const ids = [
    ...comparison.summary.map(({ person }) => person as PersonId | null),
    ...overlaps.map(({ person }) => person),
  ];
  return {
    title: [...comparison.title],
    fields: comparison.fields.map((field) => ({ ...field, parts: [...field.parts] })),
    body: comparison.body,
    changeCount: comparison.changeCount,
    overlaps: [...overlaps],
    agreed: overlapKey(plan),
    people: await named(people, ids),
    writers: await named(people, plan.writers),
  };
}

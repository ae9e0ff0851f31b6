import { AppError } from '#shared/api/errorCodes.ts';
import { type LeavingChoice, leavingDays, type LeavingPlan, type LeftThing } from '#shared/api/leaving.ts';
import type { BaseId, CarnetId, CollectionId, CommunityId, PersonId } from '#shared/domain/ids.ts';
import type { Visibility } from '#shared/domain/Visibility.ts';
import { requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import { presentPeople } from '../http/presentPeople.ts';
import { peopleHere } from '../peopleHere.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { CollectionRecord } from '../storage/ports/CollectionStore.ts';
import type { CommunityRecord } from '../storage/ports/CommunityStore.ts';
import type { NoteRecord } from '../storage/ports/NoteStore.ts';
import { communityChanged } from './communityChanged.ts';
import { pushNotices, record, traceOf } from './traceOf.ts';

const dayMs = 24 * 60 * 60 * 1_000;

/** What has nobody but one person. */
export interface LeftAlone {
  readonly notes: readonly NoteRecord[];
  readonly carnets: readonly CollectionRecord<CarnetId>[];
  readonly bases: readonly CollectionRecord<BaseId>[];
  readonly communities: readonly CommunityRecord[];
}

/** What would be left without an author, a manager or a responsable by somebody; what is in the trash already stays there. */
export async function leftAloneBy({ catalogue }: RelayContext, person: PersonId): Promise<LeftAlone> {
  const [notes, carnets, bases, roles] = await Promise.all([
    catalogue.notes.ofAuthor(person),
    catalogue.carnets.list({ trashed: false }),
    catalogue.bases.list({ trashed: false }),
    catalogue.communities.rolesOf(person),
  ]);
  const communities = await catalogue.communities.getMany([...roles.keys()]);
  const here = await peopleHere({ catalogue }, [
    ...notes.flatMap(({ authors }) => authors),
    ...[...carnets, ...bases].flatMap(({ managers }) => managers),
    ...[...communities.values()].flatMap(({ responsables }) => responsables),
  ]);
  const alone = (people: readonly PersonId[]) =>
    people.includes(person) && !people.some((one) => one !== person && here.has(one));
  return {
    // Where a community's responsables write, it is never without an author.
    notes: notes.filter(
      (note) => note.trashedAt === null && note.authorMode === 'people' && alone(note.authors),
    ),
    carnets: carnets.filter((carnet) => alone(carnet.managers)),
    bases: bases.filter((base) => alone(base.managers)),
    communities: [...communities.values()].filter((community) => alone(community.responsables)),
  };
}

const peopleOf = ({ responsables, members }: CommunityRecord, except: PersonId): PersonId[] =>
  [...responsables, ...members].filter((one) => one !== except);

type Thing = { readonly visibility: Visibility; readonly community: CommunityId | null };

async function isLastAdministrator(
  { catalogue }: RelayContext,
  caller: NonNullable<Caller>,
): Promise<boolean> {
  if (caller.role !== 'administrator') return false;
  const people = await catalogue.persons.list();
  return !people.some((one) => one.role === 'administrator' && one.id !== caller.id);
}

/** What somebody has to decide before they leave. @throws AppError `not_signed_in`. */
export async function planLeaving(
  context: RelayContext,
  caller: Caller,
): Promise<Omit<LeavingPlan, 'confirmBy'>> {
  const { catalogue } = context;
  const person = requirePerson(caller);
  const alone = await leftAloneBy(context, person.id);
  const linked = [...alone.notes, ...alone.carnets, ...alone.bases].flatMap((one) => one.community ?? []);
  const communities = new Map([
    ...(await catalogue.communities.getMany(linked)),
    ...alone.communities.map((one) => [one.id, one] as const),
  ]);
  const known = await catalogue.persons.getMany(
    [...communities.values()].flatMap((one) => peopleOf(one, person.id)),
  );
  const toWhom = ({ visibility, community: id }: Thing) => {
    const community = id === null ? undefined : communities.get(id);
    return {
      visibility,
      community:
        community === undefined
          ? null
          : {
              id: community.id,
              name: community.name,
              hasResponsables: community.responsables.some((one) => one !== person.id),
              people: presentPeople(peopleOf(community, person.id), known),
            },
    };
  };
  const [titles, collectionTitles] = await Promise.all([
    catalogue.derived.noteLines(alone.notes.map((note) => note.id)),
    catalogue.derived.collectionLines([...alone.carnets, ...alone.bases].map(({ id }) => id)),
  ]);
  const asked = <Id extends CollectionId>(collections: readonly CollectionRecord<Id>[]) =>
    collections.map((one) => ({
      id: one.id,
      title: collectionTitles.get(one.id)?.title ?? '',
      ...toWhom(one),
    }));
  return {
    dueAt: (await catalogue.leaving.get(person.id))?.dueAt ?? null,
    isLastAdministrator: await isLastAdministrator(context, person),
    notes: alone.notes.map((note) => ({
      id: note.id,
      title: titles.get(note.id)?.title ?? '',
      ...toWhom(note),
    })),
    carnets: asked(alone.carnets),
    bases: asked(alone.bases),
    communities: alone.communities.map((community) => ({
      id: community.id,
      name: community.name,
      people: presentPeople(peopleOf(community, person.id), known),
    })),
  };
}

/** Whether this can become of that. */
function isPossible(
  choice: LeavingChoice | undefined,
  { visibility, community }: LeftThing,
): choice is LeavingChoice {
  switch (choice?.act) {
    case 'trash':
      return true;
    case 'leave':
      // Nobody could read it any more.
      return visibility !== 'authors';
    case 'hand': {
      const { to } = choice;
      return to === null
        ? community?.hasResponsables === true
        : community?.people.some((one) => one.id === to) === true;
    }
    case undefined:
      return false;
  }
}

/**
 * Asks that the caller's account be deleted, once they decided what becomes of everything that would be left alone. Communities get their new responsable at once; the rest waits for `leavingDays`.
 * How they confirmed it, and that their sessions end, is the caller's.
 * @returns when it is done, Unix milliseconds.
 * @throws AppError `not_signed_in`; `conflict` when something is not decided, cannot become so, or they are the last administrator.
 */
export async function askToLeave(
  context: RelayContext,
  caller: Caller,
  choices: Readonly<Record<string, LeavingChoice>>,
  successors: Readonly<Record<string, PersonId>>,
): Promise<number> {
  const { catalogue } = context;
  const person = requirePerson(caller);
  const plan = await planLeaving(context, caller);
  if (plan.isLastAdministrator) throw new AppError('conflict', 'a relay has an administrator');
  const kept: Record<string, LeavingChoice> = {};
  for (const thing of [...plan.notes, ...plan.carnets, ...plan.bases]) {
    const choice = choices[thing.id];
    if (!isPossible(choice, thing)) throw new AppError('conflict', 'something was not decided');
    kept[thing.id] = choice;
  }
  const handed = plan.communities.map(({ id, people }) => {
    const to = people.find((one) => one.id === successors[id]);
    if (to === undefined) throw new AppError('conflict', 'a community keeps one responsable');
    return { id, to: to.id };
  });
  for (const { id, to } of handed) {
    const trace = traceOf(
      context,
      { by: person.id, act: 'community.role', subjectId: id, person: to, value: 'responsable' },
      [
        {
          people: [to],
          kind: 'community_role',
          about: { subject: 'community', subjectId: id },
          from: person.id,
          text: 'responsable',
        },
      ],
    );
    await catalogue.communities.setRole(id, to, 'responsable', context.now(), trace);
    await communityChanged(context, id);
    pushNotices(context, trace);
  }
  const askedAt = context.now();
  const dueAt = askedAt + leavingDays * dayMs;
  await catalogue.leaving.ask(person.id, { askedAt, dueAt, choices: kept });
  await record(context, 'account.deletion_asked', { by: person.id });
  return dueAt;
}

/** Somebody who was leaving came back. @returns false for who was not leaving. */
export async function stayHere(context: RelayContext, person: PersonId): Promise<boolean> {
  if (!(await context.catalogue.leaving.cancel(person))) return false;
  await record(context, 'account.deletion_cancelled', { by: person });
  return true;
}

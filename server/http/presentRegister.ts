import type { RegisterEntryLine } from '#shared/api/register.ts';
import { type BaseId, type CarnetId, type CommunityId, isId, type NoteId } from '#shared/domain/ids.ts';
import { canReadCommunity, communityRole } from '#shared/permissions/permissions.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { NumberedEntry } from '../storage/ports/Register.ts';
import { presentCollections } from './presentCollections.ts';
import { readableTitles } from './presentNotes.ts';

type Thing = NonNullable<RegisterEntryLine['subject']>;

/** What the ids of some entries name, as far as the caller may read it: administering a relay opens nobody's text. */
async function readableThings(
  context: RelayContext,
  caller: Caller,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Thing>> {
  const { catalogue } = context;
  const [notes, carnets, bases, communities] = await Promise.all([
    readableTitles(context, caller, ids as readonly NoteId[]),
    catalogue.carnets.getMany(ids as readonly CarnetId[]),
    catalogue.bases.getMany(ids as readonly BaseId[]),
    catalogue.communities.getMany(ids as readonly CommunityId[]),
  ]);
  const collections = [
    ...(await presentCollections(context, caller, [...carnets.values()])),
    ...(await presentCollections(context, caller, [...bases.values()])),
  ];
  return new Map<string, Thing>([
    ...[...notes].map(([id, title]) => [id, { title, path: `/notes/${id}` }] as const),
    ...collections.map(({ id, kind, title }) => [id, { title, path: `/${kind}s/${id}` }] as const),
    ...[...communities.values()]
      .filter(({ id }) => canReadCommunity(communityRole(caller, id)))
      .map(({ id, name }) => [id, { title: name, path: `/communities/${id}` }] as const),
  ]);
}

/** Entries of the register for an administrator, in the order given: names of people, words of the policy, titles of what they may read. */
export async function presentRegister(
  context: RelayContext,
  caller: Caller,
  entries: readonly NumberedEntry[],
): Promise<RegisterEntryLine[]> {
  const people = entries.flatMap(({ by, person }) => [by, person]).filter((id) => id !== null);
  const subjects = entries.flatMap(({ subjectId, value }) => [subjectId, value].filter((id) => isId(id)));
  const [known, things] = await Promise.all([
    context.catalogue.persons.getMany([...new Set(people)]),
    readableThings(context, caller, [...new Set(subjects)]),
  ]);
  const named = (id: NumberedEntry['by']): RegisterEntryLine['by'] => {
    const person = id === null ? undefined : known.get(id);
    return person === undefined ? null : { id: person.id, name: person.name };
  };
  return entries.map(({ number, at, act, by, person, value, subjectId, device }) => ({
    number,
    at,
    act,
    by: named(by),
    person: person === by ? null : named(person),
    value,
    target: things.get(value ?? '') ?? null,
    subject: things.get(subjectId ?? '') ?? null,
    device,
  }));
}

import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import { isHere } from '#shared/domain/Person.ts';
import { canDiscussNote, canRemoveReader, type NoteRole } from '#shared/permissions/permissions.ts';
import { roleOnNote } from './access.ts';
import type { Caller } from './Caller.ts';
import type { RelayContext } from './RelayContext.ts';
import type { NoteRecord } from './storage/ports/NoteStore.ts';
import type { PersonRecord } from './storage/ports/PersonStore.ts';

/** Those of some people who may take part in the discussion of a note now. Of communities, only the linked one can open a note. */
export async function whoMayDiscuss(
  { catalogue }: Pick<RelayContext, 'catalogue'>,
  note: NoteRecord,
  ids: readonly PersonId[],
): Promise<PersonRecord[]> {
  const [people, community] = await Promise.all([
    catalogue.persons.getMany([...new Set(ids)]),
    note.community === null ? null : catalogue.communities.get(note.community),
  ]);
  return [...people.values()].filter(isHere).filter((person) => {
    const role = community?.responsables.includes(person.id)
      ? 'responsable'
      : community?.members.includes(person.id)
        ? 'member'
        : null;
    const communities = new Map(community && role ? [[community.id, role] as const] : []);
    return canDiscussNote(roleOnNote({ ...person, communities }, note));
  });
}

/** Those who said something about a note. */
export async function participants(
  { catalogue }: Pick<RelayContext, 'catalogue'>,
  note: NoteId,
): Promise<PersonId[]> {
  const threads = await catalogue.threads.ofNote(note);
  return threads.flatMap(({ messages }) =>
    messages.flatMap(({ by, deletedAt }) => (by === null || deletedAt !== null ? [] : [by])),
  );
}

/**
 * Whom somebody may name in the discussion of a note: people whom they can see there anyway (authors, who took part, for authors also who was
 * invited to comment) and those of their own communities, as far as these may take part.
 */
export async function mentionable(
  context: Pick<RelayContext, 'catalogue'>,
  caller: NonNullable<Caller>,
  { note, role }: { readonly note: NoteRecord; readonly role: NoteRole },
): Promise<PersonRecord[]> {
  const [took, own] = await Promise.all([
    participants(context, note.id),
    context.catalogue.communities.getMany([...(caller.communities?.keys() ?? [])]),
  ]);
  const seen = [
    ...note.authors,
    ...took,
    ...(canRemoveReader(role) ? note.commenters : []),
    ...[...own.values()].flatMap((one) => [...one.responsables, ...one.members]),
  ];
  return whoMayDiscuss(
    context,
    note,
    seen.filter((id) => id !== caller.id),
  );
}

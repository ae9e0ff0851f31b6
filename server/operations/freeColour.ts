import { randomInt } from 'node:crypto';
import type { CollectionId, CommunityId, NoteId } from '#shared/domain/ids.ts';
import type { Invitation } from '#shared/domain/Invitation.ts';
import { type PersonColour, personColours } from '#shared/domain/Person.ts';
import { collectionsOf } from '../access.ts';
import type { RelayContext } from '../RelayContext.ts';

/** A hue that the fewest of these people have, drawn among the equal ones: side by side, people are told apart. */
export function leastUsedColour(
  used: readonly PersonColour[],
  draw: (count: number) => number = randomInt,
): PersonColour {
  const uses = (colour: PersonColour): number => used.filter((one) => one === colour).length;
  const fewest = Math.min(...personColours.map(uses));
  const free = personColours.filter((colour) => uses(colour) === fewest);
  return free[draw(free.length)] ?? 'azur';
}

/** The hue to propose to who takes this invitation: one that the people they will write with do not have. */
export async function freeColour(
  { catalogue }: RelayContext,
  { subject, subjectId, createdBy }: Pick<Invitation, 'subject' | 'subjectId' | 'createdBy'>,
): Promise<PersonColour> {
  const note = subject === 'note' ? await catalogue.notes.get(subjectId as NoteId) : null;
  const collection =
    subject === 'carnet' || subject === 'base'
      ? await collectionsOf(catalogue, subject).get(subjectId as CollectionId)
      : null;
  const community =
    subject === 'community' ? await catalogue.communities.get(subjectId as CommunityId) : null;
  const ids = new Set([
    ...(createdBy === null ? [] : [createdBy]),
    ...(note === null ? [] : [...note.authors, ...note.commenters, ...note.readers]),
    ...(community === null ? [] : [...community.responsables, ...community.members]),
    ...(collection === null
      ? []
      : [...collection.managers, ...collection.contributors, ...collection.readers]),
  ]);
  const people = await catalogue.persons.getMany([...ids]);
  return leastUsedColour([...people.values()].map(({ colour }) => colour));
}

import { z } from 'zod';
import type { Awareness } from 'y-protocols/awareness';
import { colourSchema, personIdSchema } from '#shared/api/common.ts';
import type { Person } from '#shared/domain/Person.ts';
import type { PersonId } from '#shared/domain/ids.ts';

/** Someone who has the document open, as the relay names them. One line a person, however many windows they have. */
export interface PresentPerson {
  readonly id: PersonId;
  readonly name: string;
  readonly colour: Person['colour'];
  /** This window's own person. */
  readonly isSelf: boolean;
  /** Has a caret in the text. */
  readonly isWriting: boolean;
}

/** What the relay stamps on each presence: never what the other client says of itself. `color` and `colour` are the same name of a hue. */
const stampedUserSchema = z
  .object({
    id: personIdSchema,
    name: z.string().min(1).max(200),
    colour: colourSchema.optional(),
    color: colourSchema.optional(),
  })
  .transform(({ id, name, colour, color }) => ({
    id,
    name,
    colour: colour ?? color ?? ('ardoise' as const),
  }));

/** Who is here, from the presence of every window; states that name nobody are left out. Sorted by name, oneself first. */
export function peopleOf(awareness: Awareness, self: PersonId | null): PresentPerson[] {
  const people = new Map<PersonId, PresentPerson>();
  for (const [clientId, state] of awareness.getStates() as Map<number, Record<string, unknown>>) {
    const isThisWindow = clientId === awareness.clientID;
    const user = stampedUserSchema.safeParse(state['user']);
    if (!user.success) continue;
    const before = people.get(user.data.id);
    people.set(user.data.id, {
      ...user.data,
      isSelf: isThisWindow || user.data.id === self || before?.isSelf === true,
      isWriting: state['cursor'] != null || before?.isWriting === true,
    });
  }
  return [...people.values()].sort(
    (a, b) => Number(b.isSelf) - Number(a.isSelf) || a.name.localeCompare(b.name),
  );
}

import { randomInt } from 'node:crypto';
import os from 'node:os';
import type { PersonId } from '#shared/domain/ids.ts';
import { personColours } from '#shared/domain/Person.ts';
import { newId } from './secrets.ts';
import type { PersonStore, PersonRecord } from './storage/ports/PersonStore.ts';

/** A name to begin with: that of the account of this computer, with a capital. People change it in the settings. */
function nameOfAccount(): string {
  try {
    const name = os.userInfo().username.trim().slice(0, 80);
    if (name !== '') return name.charAt(0).toLocaleUpperCase() + name.slice(1);
  } catch {
    // Some containers run under an account that has no entry.
  }
  return 'Moi';
}

/** The one person of this computer, made at the first start. */
export async function ensureLocalPerson(persons: PersonStore, now: () => number): Promise<PersonRecord> {
  const known = await persons.firstOfKind('local');
  if (known !== null) return known;
  const person: PersonRecord = {
    id: newId<PersonId>(),
    kind: 'local',
    name: nameOfAccount(),
    colour: personColours[randomInt(personColours.length)] ?? 'azur',
    role: 'member',
    createdAt: now(),
  };
  await persons.add(person);
  return person;
}

import type { Person } from '#shared/domain/Person.ts';
import type { PersonRecord } from './ports/PersonStore.ts';

/** What is kept of somebody who left, beside their id: nothing of theirs. */
export const departed = {
  kind: 'departed',
  name: '',
  colour: 'ardoise',
  role: 'member',
} as const satisfies Pick<Person, 'kind' | 'name' | 'colour'> & Pick<PersonRecord, 'role'>;

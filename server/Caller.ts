import type { Person, RelayRole } from '#shared/domain/Person.ts';

/** Who asks, or null for a visitor. */
export type Caller = (Person & { readonly role: RelayRole }) | null;

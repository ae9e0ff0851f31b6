import type { Person } from '#shared/domain/Person.ts';

/** Who asks, or null for a visitor. */
export type Caller = Person | null;

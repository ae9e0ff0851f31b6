import { useSuspenseQuery } from '@tanstack/react-query';
import type { Session } from '#shared/api/session.ts';
import { queries } from './queries.ts';

/** Who is signed in and what the relay can do; known before the first page is drawn. */
export function useSession(): Session {
  return useSuspenseQuery(queries.session()).data;
}

/** The person signed in, or null for a visitor. */
export function usePerson(): Session['person'] {
  return useSession().person;
}

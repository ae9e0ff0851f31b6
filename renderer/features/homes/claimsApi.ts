import { queryOptions } from '@tanstack/react-query';
import { openClaimsSchema } from '#shared/api/mirror.ts';
import { keys, request, requestNothing } from '../../api/index.ts';

const address = (home: string): string => `/api/joined-meetings/claims/${home}`;

/** What a followed Calepin has of the person of this computer that a host of theirs stated. */
export const claimsQuery = (home: string) =>
  queryOptions({
    queryKey: [...keys.homes, home, 'claims'],
    queryFn: ({ signal }) => request(address(home), openClaimsSchema, { signal }),
  });

/** They are the person's. */
export const confirmClaims = (home: string) => requestNothing(address(home), { method: 'POST' });

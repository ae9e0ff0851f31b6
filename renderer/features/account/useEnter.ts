import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Session } from '#shared/api/session.ts';
import { keys } from '../../api/index.ts';

/**
 * Makes the page that of who is signed in now, goes where they want to be, and asks again everything that was asked before: in this order, since an
 * invitation that was used is not asked about again.
 */
export function useEnter(): (session: Session, go?: () => unknown) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    async (session, go) => {
      client.setQueryData(keys.session, session);
      await go?.();
      await client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
    },
    [client],
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/api/session.ts';
import { keys } from '../../api/index.ts';
import { notify } from '../../ui/index.ts';

/**
 * Makes the page that of who is signed in now, goes where they want to be, and asks again everything that was asked before: in this order, since an
 * invitation that was used is not asked about again.
 */
export function useEnter(): (session: Session, go?: () => unknown) => Promise<void> {
  const client = useQueryClient();
  const { t } = useTranslation();
  return useCallback(
    async (session, go) => {
      client.setQueryData(keys.session, session);
      if (session.stayed === true) notify(t('account.leaving.stayed'));
      if (session.joined === true) notify(t('account.join.done'));
      await go?.();
      await client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
    },
    [client, t],
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/api/session.ts';
import { keys, useSession } from '../../api/index.ts';
import { notify } from '../../ui/index.ts';

/** Says what came of a sign-in, beside being signed in, once: wherever it was made, and after the way back from the organisation's page. */
export function useSignInTold(): void {
  const client = useQueryClient();
  const { t } = useTranslation();
  const { stayed, joined } = useSession();
  useEffect(() => {
    if (stayed === true) notify(t('account.leaving.stayed'));
    if (joined === true) notify(t('account.join.done'));
    if (stayed === undefined && joined === undefined) return;
    client.setQueryData(keys.session, (session?: Session): Session | undefined => {
      if (session === undefined) return undefined;
      const { stayed: _stayed, joined: _joined, ...told } = session;
      return told;
    });
  }, [client, t, stayed, joined]);
}

import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentId } from '#shared/domain/ids.ts';
import { api, keys, useFailure } from '../../api/index.ts';
import { DocumentAlert } from '../../collaboration/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';
import { useDocumentHome } from './useDocumentHome.ts';

/** Says of a document that was damaged on this computer that it is fetched again from where it lives, whether that can be reached, and once that it was. */
export function MendingNotice({ document }: { readonly document: DocumentId }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const known = useDocumentHome(document);
  const { state = null, home = null } = known ?? {};
  const isMending = state?.isMending ?? false;
  const name = known?.name ?? t('homes.unknown');
  const retry = useMutation({
    mutationFn: (id: string) => api.retryHome(id),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.homes }),
    onError: (error) => notifyProblem(failure(error)),
  });
  const was = useRef({ document, isMending });
  useEffect(() => {
    const before = was.current;
    was.current = { document, isMending };
    if (state !== null && before.document === document && before.isMending && !isMending)
      notify(t(`homes.mended.${state.kind}`, { name }));
  }, [document, isMending, name, state, t]);
  if (state === null || !isMending) return null;
  return (
    <DocumentAlert
      act={
        home !== null && (
          <Button
            size="compact-md"
            variant="default"
            loading={retry.isPending}
            onClick={() => retry.mutate(home.id)}
          >
            {t('homes.retry')}
          </Button>
        )
      }
    >
      {t(`homes.${state.reachable ? 'mending' : 'mendingAway'}.${state.kind}`, { name })}
    </DocumentAlert>
  );
}

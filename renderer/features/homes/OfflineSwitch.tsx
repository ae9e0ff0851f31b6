import { Switch } from '@mantine/core';
import { IconCloudDown } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CarnetId } from '#shared/domain/ids.ts';
import { api, keys, useFailure } from '../../api/index.ts';
import { DetailsBlock, notifyProblem } from '../../ui/index.ts';
import { useDocumentHome } from './useDocumentHome.ts';

/** Whether the notes of a carnet of a followed Calepin are all kept on this computer. Nothing for a carnet that was made here. */
export function OfflineSwitch({ carnet }: { readonly carnet: CarnetId }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const client = useQueryClient();
  const { state = null, home = null } = useDocumentHome(carnet) ?? {};
  const change = useMutation({
    mutationFn: ({ relay, isPinned }: { relay: string; isPinned: boolean }) =>
      isPinned ? api.pinCarnet(relay, carnet) : api.unpinCarnet(relay, carnet),
    onError: (error) => notifyProblem(failure(error)),
    onSettled: () => client.invalidateQueries({ queryKey: keys.homes }),
  });
  if (state === null || home === null || state.reason === 'created') return null;
  return (
    <DetailsBlock title={t('homes.offline.title')} icon={<IconCloudDown size={16} stroke={1.7} />}>
      <Switch
        label={t('homes.offline.label')}
        description={t('homes.offline.hint', { name: home.name })}
        checked={change.isPending ? change.variables.isPinned : state.reason === 'pinned'}
        disabled={change.isPending}
        onChange={(event) => change.mutate({ relay: home.id, isPinned: event.currentTarget.checked })}
      />
    </DetailsBlock>
  );
}

import { Button, Popover } from '@mantine/core';
import { IconCloudUp } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HomeState } from '#shared/api/homes.ts';
import { api, keys, useFailure } from '../../api/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';
import styles from './Homes.module.css';

interface Props {
  readonly state: HomeState;
  /** The Calepin's. */
  readonly name: string;
  /** It is followed. */
  readonly isKnown: boolean;
}

/** Of what is to be placed in a followed Calepin and is not there yet: that it will be, and the way to keep it on this computer instead. */
export function UnplacedChip({ state, name, isKnown }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const [isOpen, setOpen] = useState(false);
  const stay = useMutation({
    mutationFn: () => api.dropDocument(state.relay, state.document),
    onSuccess: () => {
      notify(t('homes.unplaced.stays'));
      setOpen(false);
      void client.invalidateQueries({ queryKey: keys.homes });
      return client.invalidateQueries({ queryKey: keys.collectionPages('carnet') });
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  const isRefused = state.problem === 'refused';
  return (
    <Popover opened={isOpen} onChange={setOpen} width={300} withArrow trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.chip}
          data-mood={isRefused ? 'away' : 'waiting'}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <IconCloudUp size={15} stroke={1.7} aria-hidden="true" />
          {t(isRefused ? 'homes.unplaced.refused' : 'homes.unplaced.label', { name })}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.unplaced ?? ''}>
        <p>
          {t('homes.unplaced.text', { name })}
          {state.wish !== null && ` ${t('homes.unplaced.carnet')}`}
        </p>
        {isKnown && (
          <Button size="compact-md" variant="default" loading={stay.isPending} onClick={() => stay.mutate()}>
            {t('homes.unplaced.keep')}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

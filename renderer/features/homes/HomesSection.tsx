import { Button, Group, Modal } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Home } from '#shared/api/homes.ts';
import { api, keys, queries, useFailure } from '../../api/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';
import { ClaimCard } from './ClaimCard.tsx';
import { FollowForm } from './FollowForm.tsx';
import { HomeMark } from './HomeMark.tsx';
import { HomeSignInForm } from './HomeSignInForm.tsx';
import { useHomeWords } from './useHomeWords.ts';
import styles from './Homes.module.css';

type Dialog = { kind: 'follow' } | { kind: 'signIn' | 'unfollow'; home: Home };

/** In the settings of a computer: the Calepins of communities that it follows, how things stand with each, and the way to follow one more. */
export function HomesSection() {
  const { t } = useTranslation();
  const failure = useFailure();
  const client = useQueryClient();
  const list = useQuery(queries.homes());
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = (): void => setDialog(null);
  const onError = (error: unknown): void => notifyProblem(failure(error));
  const refresh = () => client.invalidateQueries({ queryKey: keys.homes });
  const retry = useMutation({ mutationFn: (id: string) => api.retryHome(id), onSuccess: refresh, onError });
  const unfollow = useMutation({
    mutationFn: ({ id }: Home) => api.unfollowHome(id),
    onSuccess: (_, { name }) => {
      notify(t('homes.unfollowed', { name }));
      close();
      return refresh();
    },
    onError,
  });
  const homes = list.data?.homes;
  const title = {
    follow: () => t('homes.follow'),
    signIn: (name: string) => t('homes.signInTitle', { name }),
    unfollow: (name: string) => t('homes.unfollowTitle', { name }),
  };
  return (
    <>
      <p className={styles.hint}>{t('homes.intro')}</p>
      {list.isError && <p role="alert">{failure(list.error)}</p>}
      {/* Its room is there from the beginning: mostly there is none, and nothing below moves. */}
      {(list.isPending || homes?.length === 0) && (
        <p className={styles.hint} data-pending={list.isPending || undefined}>
          {t('homes.none')}
        </p>
      )}
      {homes !== undefined && homes.length > 0 && (
        <ul role="list" className={styles.list}>
          {homes.map((home) => (
            <HomeLine
              key={home.id}
              home={home}
              isRetrying={retry.isPending && retry.variables === home.id}
              onRetry={() => retry.mutate(home.id)}
              onSignIn={() => setDialog({ kind: 'signIn', home })}
              onUnfollow={() => setDialog({ kind: 'unfollow', home })}
            />
          ))}
        </ul>
      )}
      <div>
        <Button variant="default" onClick={() => setDialog({ kind: 'follow' })}>
          {t('homes.follow')}
        </Button>
      </div>
      <Modal
        opened={dialog !== null}
        onClose={close}
        title={dialog === null ? '' : title[dialog.kind]('home' in dialog ? dialog.home.name : '')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        {dialog?.kind === 'follow' && <FollowForm onDone={close} />}
        {dialog?.kind === 'signIn' && <HomeSignInForm home={dialog.home} onDone={close} />}
        {dialog?.kind === 'unfollow' && (
          <>
            <p>{t('homes.unfollowText')}</p>
            {dialog.home.waiting > 0 && <p>{t('homes.unfollowWaiting', { count: dialog.home.waiting })}</p>}
            <Group justify="flex-end" mt="lg" gap="xs">
              <Button variant="default" onClick={close}>
                {t('app.cancel')}
              </Button>
              <Button color="red" loading={unfollow.isPending} onClick={() => unfollow.mutate(dialog.home)}>
                {t('homes.unfollow')}
              </Button>
            </Group>
          </>
        )}
      </Modal>
    </>
  );
}

interface LineProps {
  readonly home: Home;
  readonly isRetrying: boolean;
  readonly onRetry: () => void;
  readonly onSignIn: () => void;
  readonly onUnfollow: () => void;
}

function HomeLine({ home, isRetrying, onRetry, onSignIn, onUnfollow }: LineProps) {
  const { t } = useTranslation();
  const { mood, short, more } = useHomeWords()(home);
  const { name } = home;
  return (
    <li className={styles.line}>
      <div className={styles.about}>
        <HomeMark mood={mood} size={20} />
        <div>
          <p className={styles.name}>{name}</p>
          <p className={styles.address}>
            {home.origin.replace(/^https:\/\//, '')} · {t('homes.as', { name: home.nameThere })}
          </p>
          <p className={styles.state} data-mood={mood} role="status">
            {[`${short}.`, ...more].join(' ')}
          </p>
        </div>
      </div>
      <div className={styles.acts}>
        {mood === 'signedOut' && (
          <Button size="compact-sm" variant="default" onClick={onSignIn}>
            {t('homes.signIn')}
          </Button>
        )}
        {mood === 'away' && (
          <Button
            size="compact-sm"
            variant="default"
            loading={isRetrying}
            aria-label={t('homes.retryLabel', { name })}
            onClick={onRetry}
          >
            {t('homes.retry')}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          aria-label={t('homes.unfollowLabel', { name })}
          onClick={onUnfollow}
        >
          {t('homes.unfollow')}
        </Button>
      </div>
      <ClaimCard home={home} />
    </li>
  );
}

import { Button } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SessionEntry } from '#shared/api/sessions.ts';
import { api, keys, queries, useFailure } from '../../api/index.ts';
import { formatDateTime, formatRelative, useLanguage } from '../../i18n/index.ts';
import { Bar, DateText, notify, notifyProblem } from '../../ui/index.ts';
import { useDeviceName } from './useDeviceName.ts';
import styles from './DevicesSection.module.css';

const mobile = /\b(Mobile|iPhone|iPad|Android)\b/;

/** In the settings: every browser where one is signed in, each of which can be signed out, or all at once. */
export function DevicesSection() {
  const { t } = useTranslation();
  const failure = useFailure();
  const client = useQueryClient();
  const list = useQuery(queries.sessions());
  const onError = (error: unknown): void => notifyProblem(failure(error));
  const end = useMutation({
    mutationFn: (id: string) => api.endSession(id),
    onSuccess: () => {
      notify(t('account.devices.ended'));
      return client.invalidateQueries({ queryKey: keys.sessions });
    },
    onError,
  });
  const everywhere = useMutation({
    mutationFn: () => api.signOutEverywhere(),
    onSuccess: () => location.assign('/'),
    onError,
  });
  return (
    <>
      {list.isError ? (
        <p role="alert">{failure(list.error)}</p>
      ) : (
        <ul role="list" className={styles.list} aria-busy={list.isPending}>
          {list.data === undefined ? (
            <li className={styles.line}>
              <Bar width="55%" />
            </li>
          ) : (
            list.data.sessions.map((session) => (
              <DeviceLine
                key={session.id}
                session={session}
                isEnding={end.isPending && end.variables === session.id}
                onEnd={() => end.mutate(session.id)}
              />
            ))
          )}
        </ul>
      )}
      <div className={styles.acts}>
        <Button
          variant="outline"
          color="red"
          loading={everywhere.isPending}
          onClick={() => everywhere.mutate()}
        >
          {t('account.devices.everywhere')}
        </Button>
        <p className={styles.hint}>{t('account.devices.everywhereHint')}</p>
      </div>
    </>
  );
}

interface LineProps {
  readonly session: SessionEntry;
  readonly isEnding: boolean;
  readonly onEnd: () => void;
}

function DeviceLine({ session, isEnding, onEnd }: LineProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = useDeviceName()(session.userAgent);
  const Icon = mobile.test(session.userAgent) ? IconDeviceMobile : IconDeviceDesktop;
  const time = (at: number) => (
    <DateText
      time={at}
      language={language}
      formats={{ dateTime: formatDateTime, relative: formatRelative }}
    />
  );
  return (
    <li className={styles.line}>
      <div className={styles.device}>
        <Icon className={styles.icon} size={22} stroke={1.5} aria-hidden="true" />
        <div>
          <p>{name}</p>
          <p className={styles.meta}>
            {t('account.devices.seen')} {time(session.usedAt)}
          </p>
        </div>
      </div>
      {session.current ? (
        <span className={styles.here}>{t('account.devices.here')}</span>
      ) : (
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          loading={isEnding}
          aria-label={t('account.devices.endLabel', { name })}
          onClick={onEnd}
        >
          {t('account.devices.end')}
        </Button>
      )}
    </li>
  );
}

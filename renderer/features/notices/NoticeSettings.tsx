import { NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { noticeTopics, noticeWays, type NoticeTopic, type NoticeWay } from '#shared/domain/Notice.ts';
import { digestRhythms, type NoticeSettings as Settings } from '#shared/domain/NoticeSettings.ts';
import { api, keys, queries, useFailure, useSession } from '../../api/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { Choice, notifyProblem, RowSkeletons } from '../../ui/index.ts';
import styles from './NoticeSettings.module.css';

const hours = Array.from({ length: 24 }, (_, hour) => hour);
/** 5 January 2026 was a Monday. */
const weekdays = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, date: new Date(Date.UTC(2026, 0, 4 + day)) }));

/** What one is told of, and when letters come. Everything applies at once. */
export function NoticeSettings() {
  const { t } = useTranslation();
  const failure = useFailure();
  const client = useQueryClient();
  const { account, relay } = useSession();
  const { data: settings, isError, error } = useQuery(queries.noticeSettings());
  const { mutate } = useMutation({
    mutationFn: (next: Settings) => api.changeNoticeSettings({ ...next, ways: { ...next.ways } }),
    // Each choice shows at once; what the relay refused goes back.
    onMutate: (next) => client.setQueryData(keys.noticeSettings, next),
    onError: (problem) => {
      notifyProblem(failure(problem));
      void client.invalidateQueries({ queryKey: keys.noticeSettings });
    },
  });
  if (isError) return <p role="alert">{failure(error)}</p>;
  const gets = relay.mail && account?.verified === true;
  const ways = noticeWays.filter((way) => gets || way !== 'mail');
  const wayOf = (topic: NoticeTopic): NoticeWay | undefined =>
    !gets && settings?.ways[topic] === 'mail' ? 'app' : settings?.ways[topic];
  // What is not there yet is empty and has its place: nothing below moves when it comes.
  return (
    <>
      <p className={styles.intro}>{t('notices.settings.intro')}</p>
      <ul role="list" className={styles.topics}>
        {noticeTopics.map((topic) => (
          <li key={topic} className={styles.topic}>
            <label htmlFor={`notice-${topic}`}>{t(`notices.settings.topics.${topic}`)}</label>
            <NativeSelect
              id={`notice-${topic}`}
              className={styles.way ?? ''}
              disabled={settings === undefined}
              value={wayOf(topic) ?? ''}
              data={
                settings === undefined
                  ? []
                  : ways.map((value) => ({ value, label: t(`notices.settings.ways.${value}`) }))
              }
              onChange={(event) =>
                settings &&
                mutate({
                  ...settings,
                  ways: { ...settings.ways, [topic]: event.currentTarget.value as NoticeWay },
                })
              }
            />
          </li>
        ))}
      </ul>
      {gets ? (
        settings === undefined ? (
          <RowSkeletons count={2} height={44} label={t('app.loading')} />
        ) : (
          <Digest settings={settings} onChange={mutate} />
        )
      ) : (
        relay.kind === 'community' && (
          <p className={styles.hint}>
            {t(
              !relay.mail
                ? 'notices.settings.noMail'
                : account === null
                  ? 'notices.settings.noAccount'
                  : 'notices.settings.unverified',
            )}
          </p>
        )
      )}
    </>
  );
}

interface DigestProps {
  readonly settings: Settings;
  readonly onChange: (next: Settings) => void;
}

function Digest({ settings, onChange }: DigestProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { digest, hour, weekday, timeZone } = settings;
  // Whoever chooses an hour means that of the place where they are.
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const nameOfDay = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  return (
    <>
      <Choice
        label={t('notices.settings.digest')}
        value={digest}
        options={digestRhythms.map((value) => ({ value, label: t(`notices.settings.rhythms.${value}`) }))}
        onChange={(rhythm) => onChange({ ...settings, digest: rhythm, timeZone: here })}
        hint={t(digest === 'never' ? 'notices.settings.neverHint' : 'notices.settings.digestHint')}
      />
      {digest !== 'never' && (
        <div className={styles.when}>
          {digest === 'weekly' && (
            <NativeSelect
              label={t('notices.settings.weekday')}
              value={String(weekday)}
              data={weekdays.map(({ day, date }) => ({ value: String(day), label: nameOfDay.format(date) }))}
              onChange={(event) => onChange({ ...settings, weekday: Number(event.currentTarget.value) })}
            />
          )}
          <NativeSelect
            label={t('notices.settings.hour')}
            value={String(hour)}
            data={hours.map((one) => ({
              value: String(one),
              label: t('notices.settings.hourOf', { hour: one }),
            }))}
            onChange={(event) =>
              onChange({ ...settings, hour: Number(event.currentTarget.value), timeZone: here })
            }
          />
          <span className={styles.hint}>
            {t('notices.settings.zone', {
              zone: timeZone.slice(timeZone.lastIndexOf('/') + 1).replaceAll('_', ' '),
            })}
          </span>
        </div>
      )}
    </>
  );
}

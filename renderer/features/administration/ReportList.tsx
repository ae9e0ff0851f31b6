import { Button, Group, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportLine } from '#shared/api/reports.ts';
import type { ReportOutcome } from '#shared/domain/Report.ts';
import { api, keys, queries, useFailure } from '../../api/index.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { notifyProblem, RowSkeletons } from '../../ui/index.ts';
import styles from './AdministrationPage.module.css';

/** What people reported: those that nobody looked at first. */
export function ReportList() {
  const { t } = useTranslation();
  const failure = useFailure();
  const list = useQuery(queries.reports());
  if (list.isError) return <p role="alert">{failure(list.error)}</p>;
  if (list.data === undefined) return <RowSkeletons count={2} height={72} label={t('app.loading')} />;
  const { reports } = list.data;
  if (reports.length === 0) return <p className={styles.hint}>{t('administration.reports.none')}</p>;
  return (
    <ul role="list">
      {reports.map((report) => (
        <Report key={report.id} report={report} />
      ))}
    </ul>
  );
}

function Report({ report }: { readonly report: ReportLine }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const failure = useFailure();
  const client = useQueryClient();
  const [words, setWords] = useState('');
  const change = useMutation({
    mutationFn: (body: Parameters<typeof api.changeReport>[1]) => api.changeReport(report.id, body),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.administration }),
    onError: (error) => notifyProblem(failure(error)),
  });
  const { message, settled } = report;
  const settle = (outcome: ReportOutcome): void => change.mutate({ settled: { outcome, words } });
  const someone = t('administration.someone');
  return (
    <li className={styles.report} data-settled={settled !== null}>
      <p className={styles.meta}>
        {t(`administration.reports.subjects.${report.subject}`)}
        {' · '}
        {formatDateTime(report.at, language)}
        {' · '}
        {report.by?.name ?? t('administration.reports.anonymous')}
      </p>
      <p className={styles.reason}>{report.reason}</p>
      {message !== null && (
        <blockquote className={styles.said}>
          <span className={styles.meta}>{message.by?.name ?? someone}</span>
          {message.text}
        </blockquote>
      )}
      {report.subject === 'message' && message === null && (
        <p className={styles.hint}>{t('administration.reports.retracted')}</p>
      )}
      {report.title !== null && (
        <p>
          <Link to={report.path}>{report.title || t('app.untitled')}</Link>
        </p>
      )}
      {settled === null ? (
        <Textarea
          label={t('administration.reports.words')}
          autosize
          minRows={1}
          maxRows={6}
          maxLength={2_000}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      ) : (
        <p className={styles.hint}>
          {t(`administration.reports.outcomes.${settled.outcome}`, {
            name: settled.by?.name ?? someone,
            date: formatDateTime(settled.at, language),
          })}
          {settled.words !== '' && ` ${settled.words}`}
        </p>
      )}
      <Group gap="xs">
        {message !== null && (
          <Button
            size="compact-sm"
            variant="default"
            loading={change.isPending}
            onClick={() => change.mutate({ hidden: !message.isHidden })}
          >
            {t(message.isHidden ? 'administration.reports.show' : 'administration.reports.hide')}
          </Button>
        )}
        {settled === null ? (
          <>
            <Button size="compact-sm" loading={change.isPending} onClick={() => settle('done')}>
              {t('administration.reports.done')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              loading={change.isPending}
              onClick={() => settle('nothing')}
            >
              {t('administration.reports.nothing')}
            </Button>
          </>
        ) : (
          <Button
            size="compact-sm"
            variant="subtle"
            loading={change.isPending}
            onClick={() => change.mutate({ settled: null })}
          >
            {t('administration.reports.reopen')}
          </Button>
        )}
      </Group>
    </li>
  );
}

import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoteId } from '#shared/domain/ids.ts';
import { useFailure } from '../../api/index.ts';
import { LineList, PageHead, RowSkeletons, StatePage } from '../../ui/index.ts';
import { ActLine } from './ActLine.tsx';
import { versionQueries } from './versionsApi.ts';
import styles from './ActsPage.module.css';

const keyOf = (act: { readonly kind: string; readonly at: number }): string => `${act.kind} ${act.at}`;

/** The history of a note for its readers: who did what, and when, from the moment it was open to them. */
export function ActsPage({
  noteId,
  title,
  back,
}: {
  readonly noteId: NoteId;
  readonly title: string;
  readonly back: ReactNode;
}) {
  const { t } = useTranslation();
  const failure = useFailure();
  const { data, error, refetch } = useQuery(versionQueries.acts(noteId));
  return (
    <>
      <PageHead>{back}</PageHead>
      {error !== null ? (
        <StatePage
          icon={<IconHistory size={36} stroke={1.3} />}
          title={t('versions.failed.title')}
          acts={<Button onClick={() => void refetch()}>{t('app.retry')}</Button>}
        >
          {failure(error)}
        </StatePage>
      ) : (
        <div className={styles.page}>
          <p className={styles.over}>{t('versions.blockTitle')}</p>
          <h1 className={styles.title}>{title}</h1>
          <p className={styles.explained}>{t('versions.acts.explained')}</p>
          {data === undefined ? (
            <RowSkeletons count={5} height={56} label={t('app.loading')} />
          ) : data.acts.length === 0 ? (
            <p className={styles.none}>{t('versions.acts.none')}</p>
          ) : (
            <LineList
              items={data.acts}
              keyOf={keyOf}
              lineHeight={60}
              label={t('versions.blockTitle')}
              line={(act, place) => (
                <li {...place} className={styles.line}>
                  <ActLine act={act} />
                </li>
              )}
            />
          )}
        </div>
      )}
    </>
  );
}

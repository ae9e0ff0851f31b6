import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries, useFailure } from '../../api/index.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { RowSkeletons } from '../../ui/index.ts';
import styles from './AdministrationPage.module.css';

const firstShown = 20;

/** The newest entries of the register of accesses. */
export function RegisterList() {
  const { t } = useTranslation();
  const language = useLanguage();
  const failure = useFailure();
  const [isWhole, setWhole] = useState(false);
  const register = useQuery(queries.register());
  if (register.isError) return <p role="alert">{failure(register.error)}</p>;
  if (register.data === undefined) return <RowSkeletons count={4} height={52} label={t('app.loading')} />;
  const { entries } = register.data;
  return (
    <>
      <p className={styles.hint}>{t('administration.registerHint')}</p>
      <ol role="list" className={styles.register} aria-label={t('administration.register')}>
        {entries.slice(0, isWhole ? undefined : firstShown).map(({ at, kind, person, subject }, place) => {
          const act = t(`administration.acts.${kind}`);
          return (
            // Entries are never changed nor taken out: an entry is told from its like by its place from the end.
            <li key={entries.length - place} className={styles.entry}>
              <time className={styles.meta} dateTime={new Date(at).toISOString()}>
                {formatDateTime(at, language)}
              </time>
              <span>
                {person?.name ?? t('administration.someone')}{' '}
                {subject === null ? act : t('administration.of', { act, name: subject.name })}
              </span>
            </li>
          );
        })}
      </ol>
      {!isWhole && entries.length > firstShown && (
        <div>
          <Button variant="default" onClick={() => setWhole(true)}>
            {t('administration.showMore')}
          </Button>
        </div>
      )}
    </>
  );
}

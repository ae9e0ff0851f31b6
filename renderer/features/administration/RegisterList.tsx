import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RegisterEntryLine, RegisterFilter } from '#shared/api/register.ts';
import { type RegisterKind, registerKinds } from '#shared/domain/Register.ts';
import { actWords, kindWords, valueWords } from '#shared/domain/registerWords.ts';
import { queries, useFailure } from '../../api/index.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { RowSkeletons } from '../../ui/index.ts';
import page from './AdministrationPage.module.css';
import styles from './RegisterPage.module.css';

/** Kinds of which every entry is on a thing that has a title. */
const titled: readonly RegisterKind[] = ['note', 'carnet', 'base', 'community'];

/** The lines of the register, newest first, a page at a time. */
export function RegisterList({ filter }: { readonly filter: RegisterFilter }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const list = useInfiniteQuery(queries.register(filter));
  if (list.data === undefined && !list.isError)
    return <RowSkeletons count={8} height={52} label={t('app.loading')} />;
  const entries = list.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <>
      {list.data !== undefined && entries.length === 0 && (
        <p className={page.hint} role="status">
          {t('administration.register.none')}
        </p>
      )}
      {entries.length > 0 && (
        <ol role="list" className={styles.entries} aria-label={t('administration.register.list')}>
          {entries.map((entry) => (
            <Entry key={entry.number} entry={entry} />
          ))}
        </ol>
      )}
      {list.isError && <p role="alert">{failure(list.error)}</p>}
      {(list.hasNextPage || list.isError) && (
        <div>
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void (list.data === undefined ? list.refetch() : list.fetchNextPage())}
          >
            {t(list.isError ? 'app.retry' : 'administration.register.more')}
          </Button>
        </div>
      )}
    </>
  );
}

function Entry({ entry }: { readonly entry: RegisterEntryLine }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { at, act, by, person, value, subject, target, device } = entry;
  const kind = registerKinds.find((one) => act.startsWith(`${one}.`));
  const what = actWords(act, language);
  const now = target === null ? valueWords(act, value, language) : target.title || t('app.untitled');
  const isHidden = subject === null && kind !== undefined && titled.includes(kind);
  return (
    <li className={styles.entry}>
      <time className={styles.meta} dateTime={new Date(at).toISOString()}>
        {formatDateTime(at, language)}
      </time>
      <div className={styles.words}>
        <p>
          <span className={styles.who}>{by?.name ?? t('administration.someone')}</span>{' '}
          {person === null ? what : t('administration.register.about', { act: what, name: person.name })}
          {now !== null && ` (${now})`}
        </p>
        <p className={styles.meta}>
          {subject !== null && (
            <Link to={subject.path} className={styles.subject}>
              {subject.title || t('app.untitled')}
            </Link>
          )}
          {isHidden && t('administration.register.hidden', { kind: kindWords(kind, language) })}
          {device !== null && <span>{device}</span>}
        </p>
      </div>
    </li>
  );
}

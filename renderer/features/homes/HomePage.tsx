import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Home } from '#shared/api/homes.ts';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { api, homePaths, keys, queries, useFailure } from '../../api/index.ts';
import { formatDateTime, formatRelative, useLanguage } from '../../i18n/index.ts';
import { Bar, DateText, notifyProblem, PageHead, pageStyles, StatePage } from '../../ui/index.ts';
import { AsOf } from './AsOf.tsx';
import { ClaimCard } from './ClaimCard.tsx';
import { HomeMark } from './HomeMark.tsx';
import { useHomeWords } from './useHomeWords.ts';
import styles from './Homes.module.css';

/** A followed Calepin: how things stand with it, its carnets, and its notes, newest first. Opened, they are kept on this computer. @param props.acts - what can be begun there. */
export function HomePage({ homeId, acts }: { readonly homeId: string; readonly acts: ReactNode }) {
  const { t } = useTranslation();
  const list = useQuery(queries.homes());
  const home = list.data?.homes.find(({ id }) => id === homeId);
  if (list.isPending) return <PageHead />;
  if (home === undefined)
    return (
      <>
        <PageHead />
        <StatePage title={t('homes.unknown')}>{t('homes.unknownText')}</StatePage>
      </>
    );
  return <KnownHome home={home} canOpen={list.data?.keepsCopies === true} acts={acts} />;
}

interface PartProps {
  readonly home: Home;
  /** What it holds can be kept here. */
  readonly canOpen: boolean;
}

function KnownHome({ home, canOpen, acts }: PartProps & { readonly acts: ReactNode }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const client = useQueryClient();
  const { mood, short, more } = useHomeWords()(home);
  const retry = useMutation({
    mutationFn: () => api.retryHome(home.id),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.homes }),
    onError: (error) => notifyProblem(failure(error)),
  });
  useEffect(() => {
    document.title = `${home.name} – ${t('app.name')}`;
  }, [home.name, t]);
  return (
    <>
      <PageHead />
      <div className={`${pageStyles.page} ${styles.page}`}>
        <h1 className={pageStyles.title}>{home.name}</h1>
        <div className={styles.standing}>
          <HomeMark mood={mood} size={18} />
          <p className={styles.state} data-mood={mood} role="status">
            {[`${short}.`, ...more].join(' ')}
          </p>
          {mood === 'away' && (
            <Button
              size="compact-sm"
              variant="default"
              loading={retry.isPending}
              onClick={() => retry.mutate()}
            >
              {t('homes.retry')}
            </Button>
          )}
          {mood === 'signedOut' && (
            <Button
              size="compact-sm"
              variant="default"
              renderRoot={(props) => <Link to="/settings" hash="homes" {...props} />}
            >
              {t('homes.signIn')}
            </Button>
          )}
        </div>
        <ClaimCard home={home} />
        {canOpen && (
          <div className={styles.begin}>
            {acts}
            {mood !== 'equal' && mood !== 'waiting' && <p className={styles.hint}>{t('homes.newHint')}</p>}
          </div>
        )}
        <Carnets home={home} canOpen={canOpen} />
        <Notes home={home} canOpen={canOpen} />
      </div>
    </>
  );
}

/** Keeps something of a home on this computer, then shows it. */
function useOpenHere(home: Home) {
  const navigate = useNavigate();
  const failure = useFailure();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (one: { kind: 'note'; id: NoteId } | { kind: 'carnet'; id: CarnetId }) =>
      api.keepDocument(home.id, one.id, one.kind),
    onSuccess: (_, one) => {
      void client.invalidateQueries({ queryKey: keys.homes });
      return one.kind === 'note'
        ? navigate({ to: '/notes/$noteId', params: { noteId: one.id } })
        : navigate({ to: '/carnets/$carnetId', params: { carnetId: one.id } });
    },
    onError: (error) => notifyProblem(failure(error)),
  });
}

function Carnets({ home, canOpen }: PartProps) {
  const { t } = useTranslation();
  const list = useQuery(queries.homeCarnets(home.id));
  const open = useOpenHere(home);
  const failure = useFailure();
  return (
    <section className={styles.part}>
      <h2 className={styles.heading}>{t('homes.carnets')}</h2>
      <AsOf path={homePaths.carnets(home.id)} />
      {list.isPending && <Bar width="45%" />}
      {list.isError && <p role="alert">{failure(list.error)}</p>}
      {list.data?.carnets.length === 0 && <p className={styles.hint}>{t('homes.noCarnets')}</p>}
      <ul role="list">
        {list.data?.carnets.map(({ id, title, memberCount }) => (
          <li key={id}>
            <button
              type="button"
              className={styles.item}
              disabled={open.isPending || !canOpen}
              onClick={() => open.mutate({ kind: 'carnet', id })}
            >
              <span className={styles.itemName}>{title || t('app.untitled')}</span>
              <span className={styles.itemMore}>{t('homes.noteCount', { count: memberCount })}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Notes({ home, canOpen }: PartProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const list = useQuery(queries.homeNotes(home.id));
  const open = useOpenHere(home);
  const failure = useFailure();
  return (
    <section className={styles.part}>
      <h2 className={styles.heading}>{t('homes.notes')}</h2>
      <AsOf path={homePaths.notes(home.id)} />
      {list.isPending && <Bar width="60%" />}
      {list.isError && <p role="alert">{failure(list.error)}</p>}
      {list.data?.notes.length === 0 && <p className={styles.hint}>{t('homes.noNotes')}</p>}
      <ul role="list">
        {list.data?.notes.map(({ id, title, excerpt, authors, modifiedAt }) => (
          <li key={id}>
            <button
              type="button"
              className={styles.item}
              disabled={open.isPending || !canOpen}
              onClick={() => open.mutate({ kind: 'note', id })}
            >
              <span className={styles.itemName}>{title || t('app.untitled')}</span>
              {excerpt !== '' && <span className={styles.itemExcerpt}>{excerpt}</span>}
              <span className={styles.itemMore}>
                <DateText
                  time={modifiedAt}
                  language={language}
                  formats={{ dateTime: formatDateTime, relative: formatRelative }}
                />
                {' · '}
                {authors.map(({ name }) => name).join(', ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

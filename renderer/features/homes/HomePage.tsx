import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Home } from '#shared/api/homes.ts';
import { api, homePaths, keys, queries, useFailure } from '../../api/index.ts';
import { Bar, notifyProblem, PageHead, pageStyles, StatePage } from '../../ui/index.ts';
import { AsOf } from './AsOf.tsx';
import { ClaimCard } from './ClaimCard.tsx';
import { CollectionItems, NoteItems } from './HomeItems.tsx';
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
        <Bases home={home} canOpen={canOpen} />
        <Communities home={home} />
      </div>
    </>
  );
}

function Carnets({ home, canOpen }: PartProps) {
  const { t } = useTranslation();
  const list = useQuery(queries.homeCarnets(home.id));
  const failure = useFailure();
  return (
    <section className={styles.part}>
      <h2 className={styles.heading}>{t('homes.carnets')}</h2>
      <AsOf path={homePaths.carnets(home.id)} />
      {list.isPending && <Bar width="45%" />}
      {list.isError && <p role="alert">{failure(list.error)}</p>}
      {list.data?.carnets.length === 0 && <p className={styles.hint}>{t('homes.noCarnets')}</p>}
      <CollectionItems
        homeId={home.id}
        canOpen={canOpen}
        kind="carnet"
        collections={list.data?.carnets ?? []}
      />
    </section>
  );
}

function Notes({ home, canOpen }: PartProps) {
  const { t } = useTranslation();
  const list = useQuery(queries.homeNotes(home.id));
  const failure = useFailure();
  return (
    <section className={styles.part}>
      <h2 className={styles.heading}>{t('homes.notes')}</h2>
      <AsOf path={homePaths.notes(home.id)} />
      {list.isPending && <Bar width="60%" />}
      {list.isError && <p role="alert">{failure(list.error)}</p>}
      {list.data?.notes.length === 0 && <p className={styles.hint}>{t('homes.noNotes')}</p>}
      <NoteItems homeId={home.id} canOpen={canOpen} notes={list.data?.notes ?? []} />
    </section>
  );
}

/** Where there are none, or none were ever read, nothing is said of them. */
function Bases({ home, canOpen }: PartProps) {
  const { t } = useTranslation();
  const bases = useQuery(queries.homeBases(home.id)).data?.bases ?? [];
  if (bases.length === 0) return null;
  return (
    <section className={styles.part}>
      <h2 className={styles.heading}>{t('homes.bases')}</h2>
      <AsOf path={homePaths.bases(home.id)} />
      <CollectionItems homeId={home.id} canOpen={canOpen} kind="base" collections={bases} />
    </section>
  );
}

function Communities({ home }: Pick<PartProps, 'home'>) {
  const { t } = useTranslation();
  const communities = useQuery(queries.homeCommunities(home.id)).data?.communities ?? [];
  if (communities.length === 0) return null;
  return (
    <section className={styles.part}>
      <h2 className={styles.heading}>{t('homes.communities')}</h2>
      <AsOf path={homePaths.communities(home.id)} />
      <ul role="list">
        {communities.map(({ id, name, description, memberCount }) => (
          <li key={id}>
            <Link
              to="/homes/$homeId/communities/$communityId"
              params={{ homeId: home.id, communityId: id }}
              className={styles.item}
            >
              <span className={styles.itemName}>{name}</span>
              {description !== '' && <span className={styles.itemExcerpt}>{description}</span>}
              <span className={styles.itemMore}>{t('homes.memberCount', { count: memberCount })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

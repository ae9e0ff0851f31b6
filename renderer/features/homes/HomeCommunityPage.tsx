import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommunityPage } from '#shared/api/communities.ts';
import type { CommunityId } from '#shared/domain/ids.ts';
import { homePaths, queries, useFailure } from '../../api/index.ts';
import { Bar, PageHead, pageStyles } from '../../ui/index.ts';
import { AsOf } from './AsOf.tsx';
import { HomeCrumb, PeopleThere } from './HomeCrumb.tsx';
import { CollectionItems, NoteItems } from './HomeItems.tsx';
import styles from './Homes.module.css';

interface Props {
  readonly homeId: string;
  readonly communityId: CommunityId;
}

/** A community of a followed Calepin, as it is told there, or was when it last answered: who is in it, and what of it can be opened here. */
export function HomeCommunityPage({ homeId, communityId }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const asked = useQuery(queries.homeCommunity(homeId, communityId));
  const canOpen = useQuery(queries.homes()).data?.keepsCopies === true;
  const { data: page } = asked;
  const name = page?.community.name ?? '';
  useEffect(() => {
    if (name !== '') document.title = `${name} – ${t('app.name')}`;
  }, [name, t]);
  const people: CommunityPage['members'] = page === undefined ? [] : [...page.responsables, ...page.members];
  const known = new Map(people.map((one) => [one.id, one]));
  return (
    <>
      <PageHead>
        <HomeCrumb homeId={homeId} />
      </PageHead>
      <div className={`${pageStyles.page} ${styles.page}`}>
        {asked.isPending && <Bar width="45%" height={40} />}
        {asked.isError && <p role="alert">{failure(asked.error)}</p>}
        {page !== undefined && (
          <>
            <h1 className={pageStyles.title}>{name}</h1>
            <AsOf path={homePaths.community(homeId, communityId)} />
            {page.community.description !== '' && (
              <p className={styles.words}>{page.community.description}</p>
            )}
            <PeopleThere homeId={homeId} people={[...known.values()]} />
            {page.carnets.length > 0 && (
              <section className={styles.part}>
                <h2 className={styles.heading}>{t('homes.carnets')}</h2>
                <CollectionItems homeId={homeId} canOpen={canOpen} kind="carnet" collections={page.carnets} />
              </section>
            )}
            {page.notes.length > 0 && (
              <section className={styles.part}>
                <h2 className={styles.heading}>{t('homes.notes')}</h2>
                <NoteItems homeId={homeId} canOpen={canOpen} notes={page.notes} />
              </section>
            )}
            {page.bases.length > 0 && (
              <section className={styles.part}>
                <h2 className={styles.heading}>{t('homes.bases')}</h2>
                <CollectionItems homeId={homeId} canOpen={canOpen} kind="base" collections={page.bases} />
              </section>
            )}
          </>
        )}
      </div>
    </>
  );
}

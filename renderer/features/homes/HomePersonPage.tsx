import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonId } from '#shared/domain/ids.ts';
import { homePaths, queries, useFailure } from '../../api/index.ts';
import { Bar, PageHead, pageStyles, PersonMark } from '../../ui/index.ts';
import { AsOf } from './AsOf.tsx';
import { HomeCrumb } from './HomeCrumb.tsx';
import { CollectionItems, NoteItems } from './HomeItems.tsx';
import styles from './Homes.module.css';

interface Props {
  readonly homeId: string;
  readonly personId: PersonId;
}

/** Somebody of a followed Calepin, as they are told there, or were when it last answered: what they say of themself, and what of theirs can be opened here. */
export function HomePersonPage({ homeId, personId }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const asked = useQuery(queries.homePerson(homeId, personId));
  const notes = useQuery(queries.homeNotes(homeId, personId)).data?.notes ?? [];
  const canOpen = useQuery(queries.homes()).data?.keepsCopies === true;
  const { data: page } = asked;
  const name = page?.person.name ?? '';
  useEffect(() => {
    if (name !== '') document.title = `${name} – ${t('app.name')}`;
  }, [name, t]);
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
            <header className={styles.person}>
              <PersonMark person={page.person} size={56} />
              <div>
                <h1 className={pageStyles.title}>{name}</h1>
                {page.organisation !== '' && <p className={styles.hint}>{page.organisation}</p>}
              </div>
            </header>
            <AsOf path={homePaths.person(homeId, personId)} />
            {page.presentation !== '' && <p className={styles.words}>{page.presentation}</p>}
            {page.communities.length > 0 && (
              <section className={styles.part}>
                <h2 className={styles.heading}>{t('homes.communities')}</h2>
                <ul role="list">
                  {page.communities.map((community) => (
                    <li key={community.id}>
                      <Link
                        to="/homes/$homeId/communities/$communityId"
                        params={{ homeId, communityId: community.id }}
                        className={styles.item}
                      >
                        <span className={styles.itemName}>{community.name}</span>
                      </Link>
                    </li>
                  ))}
                </ul>
              </section>
            )}
            {page.carnets.length > 0 && (
              <section className={styles.part}>
                <h2 className={styles.heading}>{t('homes.carnets')}</h2>
                <CollectionItems homeId={homeId} canOpen={canOpen} kind="carnet" collections={page.carnets} />
              </section>
            )}
            {notes.length > 0 && (
              <section className={styles.part}>
                <h2 className={styles.heading}>{t('homes.notes')}</h2>
                <NoteItems homeId={homeId} canOpen={canOpen} notes={notes} />
              </section>
            )}
          </>
        )}
      </div>
    </>
  );
}

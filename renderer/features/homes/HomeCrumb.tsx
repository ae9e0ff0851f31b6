import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CommunityPage } from '#shared/api/communities.ts';
import { queries } from '../../api/index.ts';
import { pageStyles, PersonMark } from '../../ui/index.ts';
import styles from './Homes.module.css';

/** The way back to a followed Calepin's page. */
export function HomeCrumb({ homeId }: { readonly homeId: string }) {
  const { t } = useTranslation();
  const home = useQuery(queries.homes()).data?.homes.find(({ id }) => id === homeId);
  return (
    <Link to="/homes/$homeId" params={{ homeId }} className={pageStyles.crumb}>
      {home?.name ?? t('homes.unknown')}
    </Link>
  );
}

/** People of a followed Calepin, each with the page that they have there. */
export function PeopleThere({
  homeId,
  people,
}: {
  readonly homeId: string;
  readonly people: CommunityPage['members'];
}) {
  const { t } = useTranslation();
  if (people.length === 0) return null;
  return (
    <section className={styles.part}>
      <h2 className={styles.heading}>{t('homes.people')}</h2>
      <ul role="list" className={styles.people}>
        {people.map((person) => (
          <li key={person.id}>
            <Link
              to="/homes/$homeId/people/$personId"
              params={{ homeId, personId: person.id }}
              className={styles.personLink}
            >
              <PersonMark person={person} size={24} />
              {person.name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

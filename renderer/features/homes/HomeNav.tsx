import { Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { queries, useSession } from '../../api/index.ts';
import { NavList, navStyles } from '../../ui/index.ts';
import { HomeMark } from './HomeMark.tsx';
import { useHomeWords } from './useHomeWords.ts';
import styles from './Homes.module.css';

/** The followed Calepins in the navigation, each with how things stand with it; nothing where none is followed. */
export function HomeNav() {
  const { t } = useTranslation();
  const isLocal = useSession().relay.kind === 'local';
  const list = useQuery({ ...queries.homes(), enabled: isLocal });
  const words = useHomeWords();
  const homes = list.data?.homes ?? [];
  if (homes.length === 0) return null;
  return (
    <NavList title={t('homes.title')} loadingLabel={t('app.loading')}>
      {homes.map((home) => {
        const { mood, short, more } = words(home);
        return (
          <li key={home.id}>
            <Tooltip label={[`${short}.`, ...more].join(' ')} multiline maw={300} position="right">
              <Link
                to="/homes/$homeId"
                params={{ homeId: home.id }}
                className={`${navStyles.item} ${styles.navItem}`}
              >
                <span className={navStyles.name}>{home.name}</span>
                <span className="visually-hidden"> – {short}</span>
                {home.waiting > 0 && (
                  <span className={navStyles.count} aria-hidden="true">
                    {home.waiting}
                  </span>
                )}
                <HomeMark mood={mood} />
              </Link>
            </Tooltip>
          </li>
        );
      })}
    </NavList>
  );
}

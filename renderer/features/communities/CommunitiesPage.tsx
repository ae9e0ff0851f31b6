import { Button } from '@mantine/core';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/index.ts';
import { PageHead, RowSkeletons, StatePage, pageStyles } from '../../ui/index.ts';
import { CommunityImage } from './CommunityImage.tsx';
import { NewCommunityDialog } from './NewCommunityDialog.tsx';
import { RoleWord } from './RoleWord.tsx';
import styles from './Communities.module.css';

/** All the communities of this relay, by name. */
export function CommunitiesPage() {
  const { t } = useTranslation();
  const [isCreating, setCreating] = useState(false);
  const list = useQuery({
    ...queries.communities(),
    throwOnError: (_error, query) => query.state.data === undefined,
  });
  const communities = list.data?.communities;
  const create = (
    <Button leftSection={<IconPlus size={17} stroke={1.8} />} onClick={() => setCreating(true)}>
      {t('communities.new')}
    </Button>
  );
  return (
    <>
      <PageHead />
      {communities?.length === 0 ? (
        <StatePage
          icon={<IconUsersGroup size={40} stroke={1.3} />}
          title={t('communities.empty.title')}
          acts={create}
        >
          {t('communities.empty.text')}
        </StatePage>
      ) : (
        <div className={pageStyles.thing}>
          <div className={styles.listHead}>
            <div>
              <h1 className={pageStyles.title}>{t('communities.title')}</h1>
              <p className={styles.quiet}>{t('communities.intro')}</p>
            </div>
            {create}
          </div>
          {communities === undefined ? (
            <RowSkeletons count={5} height={88} label={t('app.loading')} />
          ) : (
            <ul role="list">
              {communities.map((community) => (
                <li key={community.id}>
                  <Link
                    to="/communities/$communityId"
                    params={{ communityId: community.id }}
                    className={styles.line}
                  >
                    <CommunityImage community={community} size={52} />
                    <span className={styles.lineText}>
                      <span className={styles.lineName}>{community.name}</span>
                      {community.description !== '' && (
                        <span className={styles.lineDescription}>{community.description}</span>
                      )}
                      <span className={styles.lineMarks}>
                        <span>{t('communities.members', { count: community.memberCount })}</span>
                        <RoleWord role={community.role} />
                      </span>
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      <NewCommunityDialog opened={isCreating} onClose={() => setCreating(false)} />
    </>
  );
}

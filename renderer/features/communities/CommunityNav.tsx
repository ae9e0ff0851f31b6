import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { canSeeMembers } from '#shared/permissions/permissions.ts';
import { queries } from '../../api/index.ts';
import { IconButton, NavList, navStyles } from '../../ui/index.ts';
import { NewCommunityDialog } from './NewCommunityDialog.tsx';

/** The person's communities in the navigation, and the way to all the others. */
export function CommunityNav() {
  const { t } = useTranslation();
  const [isCreating, setCreating] = useState(false);
  const list = useQuery(queries.communities());
  const own = (list.data?.communities ?? []).filter((community) => canSeeMembers(community.role));
  return (
    <>
      <NavList
        title={t('communities.title')}
        isLoading={list.isPending}
        loadingLabel={t('app.loading')}
        act={
          <IconButton label={t('communities.new')} size={28} onClick={() => setCreating(true)}>
            <IconPlus size={16} stroke={1.8} />
          </IconButton>
        }
      >
        {own.map((community) => (
          <li key={community.id}>
            <Link
              to="/communities/$communityId"
              params={{ communityId: community.id }}
              className={navStyles.item}
            >
              <span className={navStyles.name}>{community.name}</span>
              <span className={navStyles.count} aria-hidden="true">
                {community.memberCount}
              </span>
              <span className="visually-hidden">
                {t('communities.members', { count: community.memberCount })}
              </span>
            </Link>
          </li>
        ))}
        <li>
          <Link to="/communities" activeOptions={{ exact: true }} className={navStyles.item}>
            <span className={navStyles.name}>{t('communities.all')}</span>
          </Link>
        </li>
      </NavList>
      <NewCommunityDialog opened={isCreating} onClose={() => setCreating(false)} />
    </>
  );
}

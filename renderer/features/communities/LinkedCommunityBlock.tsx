import { NativeSelect } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import type { CommunityId } from '#shared/domain/ids.ts';
import { canLinkToCommunity } from '#shared/permissions/permissions.ts';
import { queries } from '../../api/index.ts';
import { DetailsBlock } from '../../ui/index.ts';
import styles from './Communities.module.css';

interface Props {
  readonly community: NotePage['community'];
  readonly canChange: boolean;
  readonly onChange: (community: CommunityId | null) => void;
}

/** The community that a note or a carnet is linked to; who may, chooses among their own. */
export function LinkedCommunityBlock({ community, canChange, onChange }: Props) {
  const { t } = useTranslation();
  const list = useQuery({ ...queries.communities(), enabled: canChange });
  const own = (list.data?.communities ?? []).filter((one) => canLinkToCommunity(one.role));
  const options = [
    { value: '', label: t('communities.link.none') },
    // One that the person has left stays chosen until another is.
    ...(community !== null && !own.some((one) => one.id === community.id)
      ? [{ value: community.id, label: community.name }]
      : []),
    ...own.map((one) => ({ value: one.id, label: one.name })),
  ];
  return (
    <DetailsBlock title={t('communities.link.title')} icon={<IconUsersGroup size={16} stroke={1.7} />}>
      {community !== null && (
        <Link to="/communities/$communityId" params={{ communityId: community.id }} className={styles.linked}>
          {community.name}
        </Link>
      )}
      {canChange && options.length > 1 ? (
        <NativeSelect
          size="sm"
          aria-label={t('communities.link.choose')}
          description={community === null ? t('communities.link.hint') : undefined}
          value={community?.id ?? ''}
          onChange={(event) =>
            onChange(event.currentTarget.value === '' ? null : (event.currentTarget.value as CommunityId))
          }
          data={options}
        />
      ) : (
        community === null && (
          <p className={styles.quiet}>
            {t(canChange && list.isSuccess ? 'communities.link.noneOfYours' : 'communities.link.none')}
          </p>
        )
      )}
    </DetailsBlock>
  );
}

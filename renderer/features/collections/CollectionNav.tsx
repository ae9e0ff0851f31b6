import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectionKind } from '#shared/domain/Collection.ts';
import { queries } from '../../api/index.ts';
import { IconButton, NavList, navStyles } from '../../ui/index.ts';
import { CollectionLink } from './CollectionLink.tsx';
import { NewCollectionDialog } from './NewCollectionDialog.tsx';

/** The carnets, or the bases, in the navigation, with how much each holds. */
export function CollectionNav({ kind }: { readonly kind: CollectionKind }) {
  const { t } = useTranslation();
  const [isCreating, setCreating] = useState(false);
  const list = useQuery(queries.collectionList(kind));
  const collections = list.data ?? [];
  return (
    <>
      <NavList
        title={t(`${kind}s.title`)}
        isLoading={list.isPending}
        loadingLabel={t('app.loading')}
        act={
          <IconButton label={t(`${kind}s.new`)} size={28} onClick={() => setCreating(true)}>
            <IconPlus size={16} stroke={1.8} />
          </IconButton>
        }
      >
        {collections.length === 0 && <li className={navStyles.none}>{t(`${kind}s.none`)}</li>}
        {collections.map(({ id, title, memberCount }) => (
          <li key={id}>
            <CollectionLink kind={kind} id={id} className={navStyles.item}>
              <span className={navStyles.name}>{title || t('app.untitled')}</span>
              <span className={navStyles.count} aria-hidden="true">
                {memberCount}
              </span>
              <span className="visually-hidden">{t(`${kind}s.memberCount`, { count: memberCount })}</span>
            </CollectionLink>
          </li>
        ))}
      </NavList>
      <NewCollectionDialog kind={kind} opened={isCreating} onClose={() => setCreating(false)} />
    </>
  );
}

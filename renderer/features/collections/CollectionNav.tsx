import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectionSummary } from '#shared/api/collections.ts';
import type { CollectionKind } from '#shared/domain/Collection.ts';
import { queries } from '../../api/index.ts';
import { IconButton, idOf, LineList, NavList, navStyles, useShell } from '../../ui/index.ts';
import { CollectionLink } from './CollectionLink.tsx';
import { NewCollectionDialog } from './NewCollectionDialog.tsx';

/** How high a line is, in pixels. */
const lineHeight = 32;

/** The carnets, or the bases, in the navigation, with how much each holds. */
export function CollectionNav({ kind }: { readonly kind: CollectionKind }) {
  const { t } = useTranslation();
  const { sidebarScroller } = useShell();
  const [isCreating, setCreating] = useState(false);
  const [focused, setFocused] = useState<string | null>(null);
  const list = useQuery(queries.collectionList(kind));
  const collections = list.data ?? [];
  return (
    <>
      <NavList
        title={t(`${kind}s.title`)}
        isWhole
        isLoading={list.isPending}
        loadingLabel={t('app.loading')}
        act={
          <IconButton label={t(`${kind}s.new`)} size={28} onClick={() => setCreating(true)}>
            <IconPlus size={16} stroke={1.8} />
          </IconButton>
        }
      >
        {collections.length === 0 ? (
          <p className={navStyles.none}>{t(`${kind}s.none`)}</p>
        ) : (
          <div
            onFocus={({ target }) =>
              setFocused(target.closest<HTMLElement>('[data-collection]')?.dataset['collection'] ?? null)
            }
          >
            <LineList<CollectionSummary>
              items={collections}
              keyOf={idOf}
              lineHeight={lineHeight}
              scroller={sidebarScroller}
              kept={focused}
              line={(collection, place) => (
                <li {...place} data-collection={collection.id}>
                  <NavLine kind={kind} collection={collection} />
                </li>
              )}
            />
          </div>
        )}
      </NavList>
      <NewCollectionDialog kind={kind} opened={isCreating} onClose={() => setCreating(false)} />
    </>
  );
}

interface LineProps {
  readonly kind: CollectionKind;
  readonly collection: CollectionSummary;
}

/** One of them, drawn once however the list moves. */
const NavLine = memo(function NavLine({ kind, collection: { id, title, memberCount } }: LineProps) {
  const { t } = useTranslation();
  return (
    <CollectionLink kind={kind} id={id} className={navStyles.item}>
      <span className={navStyles.name}>{title || t('app.untitled')}</span>
      <span className={navStyles.count} aria-hidden="true">
        {memberCount}
      </span>
      <span className="visually-hidden">{t(`${kind}s.memberCount`, { count: memberCount })}</span>
    </CollectionLink>
  );
});

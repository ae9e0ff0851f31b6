import { Button, NativeSelect } from '@mantine/core';
import { IconBook, IconEye, IconHistory, IconWriting } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CarnetPage, CollectionPage } from '#shared/api/collections.ts';
import { type ContributionPolicy, contributionPolicies } from '#shared/domain/Collection.ts';
import type { CarnetId, CommunityId } from '#shared/domain/ids.ts';
import { type Visibility, visibilities } from '#shared/domain/Visibility.ts';
import { canManageCollection } from '#shared/permissions/permissions.ts';
import { api } from '../../api/index.ts';
import { DetailsBlock, notify, PageLink } from '../../ui/index.ts';
import { LinkedCommunityBlock } from '../communities/index.ts';
import { EditionsBlock } from '../export/index.ts';
import { OfflineSwitch } from '../homes/index.ts';
import { VisibilityMark } from '../notes/index.ts';
import { BrokenLinks } from './BrokenLinks.tsx';
import { BasesBlock } from './BasesBlock.tsx';
import { CollectionPeople } from './CollectionPeople.tsx';
import { CoverBlock } from './CoverBlock.tsx';
import { refOf } from './refOf.ts';
import { useCollectionActs } from './useCollectionActs.ts';

interface Props {
  readonly page: CollectionPage;
  /** Null for what makes no book. */
  readonly onExport: (() => void) | null;
}

/** Where a carnet is, who keeps it, who sees it, who adds to it, and the book that it makes; the same of a base. */
export function CollectionDetails({ page, onExport }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const ref = refOf(page);
  const { kind } = ref;
  const { collection } = page;
  const { show, onError } = useCollectionActs(ref);
  const isManager = canManageCollection(collection.role) && collection.trashedAt === null;
  /** The community can be named only where there is one. */
  const isOffered = (one: string): boolean => one !== 'community' || page.community !== null;
  const change = useMutation({
    mutationFn: (body: {
      visibility?: Visibility;
      contributionPolicy?: ContributionPolicy;
      community?: CommunityId | null;
    }) => api.changeCollection(ref, body),
    onSuccess: (next, body) => {
      show(next);
      if (body.visibility !== undefined)
        notify(t('notes.visibility.changed', { visibility: t(`notes.visibility.${body.visibility}`) }));
      if (body.community !== undefined) {
        void client.invalidateQueries({ queryKey: ['community'] });
        const isLowered = next.collection.visibility !== collection.visibility;
        notify(t(isLowered ? 'communities.link.lowered' : 'communities.link.changed'));
      }
    },
    onError,
  });
  return (
    <>
      {kind === 'carnet' && <OfflineSwitch carnet={collection.id as CarnetId} />}
      {kind === 'carnet' && <BasesBlock page={page as CarnetPage} />}
      <CollectionPeople page={page} />
      <LinkedCommunityBlock
        community={page.community}
        canChange={isManager}
        onChange={(community) => change.mutate({ community })}
      />
      <DetailsBlock title={t(`${kind}s.policy`)} icon={<IconWriting size={16} stroke={1.7} />}>
        {isManager ? (
          <NativeSelect
            size="sm"
            aria-label={t(`${kind}s.policy`)}
            value={collection.contributionPolicy}
            onChange={(event) =>
              change.mutate({ contributionPolicy: event.currentTarget.value as ContributionPolicy })
            }
            data={contributionPolicies
              .filter(isOffered)
              .map((value) => ({ value, label: t(`${kind}s.policies.${value}`) }))}
          />
        ) : (
          t(`${kind}s.policies.${collection.contributionPolicy}`)
        )}
      </DetailsBlock>
      <DetailsBlock title={t('carnets.visibility')} icon={<IconEye size={16} stroke={1.7} />}>
        {isManager ? (
          <NativeSelect
            size="sm"
            aria-label={t('carnets.visibility')}
            value={collection.visibility}
            onChange={(event) => change.mutate({ visibility: event.currentTarget.value as Visibility })}
            data={visibilities
              .filter(isOffered)
              .map((value) => ({ value, label: t(`notes.visibility.${value}`) }))}
          />
        ) : (
          <VisibilityMark visibility={collection.visibility} />
        )}
      </DetailsBlock>
      <DetailsBlock title={t('carnets.history.title')} icon={<IconHistory size={16} stroke={1.7} />}>
        <PageLink to={`/${kind}s/${collection.id}/history`}>{t(`${kind}s.history.see`)}</PageLink>
      </DetailsBlock>
      {isManager && <CoverBlock page={page} />}
      {isManager && kind === 'carnet' && <BrokenLinks carnet={collection.id as CarnetId} />}
      {onExport !== null && (
        <DetailsBlock title={t('carnets.book')} icon={<IconBook size={16} stroke={1.7} />}>
          <Button size="compact-md" variant="default" onClick={onExport}>
            {t('carnets.export')}
          </Button>
        </DetailsBlock>
      )}
      {/* Last: what it holds comes later than the page. */}
      {kind === 'carnet' && (
        <EditionsBlock carnet={collection.id as CarnetId} language={collection.language} />
      )}
    </>
  );
}

import { Button, NativeSelect } from '@mantine/core';
import { IconBook, IconEye, IconUsers, IconUserX, IconWriting } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CarnetPage } from '#shared/api/carnets.ts';
import { type ContributionPolicy, contributionPolicies } from '#shared/domain/Carnet.ts';
import type { CommunityId } from '#shared/domain/ids.ts';
import type { Person } from '#shared/domain/Person.ts';
import { type Visibility, visibilities } from '#shared/domain/Visibility.ts';
import { canManageCarnet, canRemoveFromCarnet } from '#shared/permissions/permissions.ts';
import { ApiError, api, keys, useFailure } from '../../api/index.ts';
import { DetailsBlock, IconButton, notify, notifyProblem, PersonLink, PersonMark } from '../../ui/index.ts';
import { LinkedCommunityBlock } from '../communities/index.ts';
import { VisibilityMark } from '../notes/index.ts';
import styles from './CarnetPage.module.css';

interface Props {
  readonly page: CarnetPage;
  readonly onExport: () => void;
}

/** Who keeps a carnet, who sees it, who adds to it, and the book that it makes. */
export function CarnetDetails({ page, onExport }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const { carnet } = page;
  const isManager = canManageCarnet(carnet.role) && carnet.trashedAt === null;
  /** The community can be named only where there is one. */
  const isOffered = (one: string): boolean => one !== 'community' || page.community !== null;
  const change = useMutation({
    mutationFn: (body: {
      visibility?: Visibility;
      contributionPolicy?: ContributionPolicy;
      community?: CommunityId | null;
    }) => api.changeCarnet(carnet.id, body),
    onSuccess: (next, body) => {
      client.setQueryData(keys.carnet(carnet.id), next);
      void client.invalidateQueries({ queryKey: keys.carnets });
      if (body.visibility !== undefined)
        notify(t('notes.visibility.changed', { visibility: t(`notes.visibility.${body.visibility}`) }));
      if (body.community !== undefined) {
        void client.invalidateQueries({ queryKey: ['community'] });
        const isLowered = next.carnet.visibility !== carnet.visibility;
        notify(t(isLowered ? 'communities.link.lowered' : 'communities.link.changed'));
      }
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  const remove = useMutation({
    mutationFn: (person: Person) => api.removeCarnetPerson(carnet.id, person.id),
    onSuccess: (_nothing, { name }) => {
      void client.invalidateQueries({ queryKey: keys.carnet(carnet.id) });
      void client.invalidateQueries({ queryKey: keys.carnets });
      notify(t('carnets.personRemoved', { name }));
    },
    onError: (error) =>
      notifyProblem(
        error instanceof ApiError && error.code === 'conflict' ? t('carnets.lastManager') : failure(error),
      ),
  });
  const list = (people: readonly Person[]) => (
    <ul role="list" className={styles.people}>
      {people.map((person) => (
        <li key={person.id} className={styles.person}>
          <PersonMark person={person} size={24} />
          <span className={styles.personName}>
            <PersonLink person={person} />
          </span>
          {canRemoveFromCarnet(carnet.role) && carnet.trashedAt === null && (
            <IconButton
              label={t('carnets.removePerson', { name: person.name })}
              size={28}
              onClick={() => remove.mutate(person)}
            >
              <IconUserX size={16} stroke={1.7} />
            </IconButton>
          )}
        </li>
      ))}
    </ul>
  );
  return (
    <>
      <DetailsBlock title={t('carnets.people')} icon={<IconUsers size={16} stroke={1.7} />}>
        <h3 className={styles.sub}>{t('carnets.managers')}</h3>
        {list(page.managers)}
        <h3 className={styles.sub}>{t('carnets.contributors')}</h3>
        {page.contributors.length === 0 ? (
          <p className={styles.quiet}>{t('carnets.noContributors')}</p>
        ) : (
          list(page.contributors)
        )}
        {page.readers.length > 0 && (
          <>
            <h3 className={styles.sub}>{t('carnets.readers')}</h3>
            {list(page.readers)}
          </>
        )}
      </DetailsBlock>
      <LinkedCommunityBlock
        community={page.community}
        canChange={isManager}
        onChange={(community) => change.mutate({ community })}
      />
      <DetailsBlock title={t('carnets.policy')} icon={<IconWriting size={16} stroke={1.7} />}>
        {isManager ? (
          <NativeSelect
            size="sm"
            aria-label={t('carnets.policy')}
            value={carnet.contributionPolicy}
            onChange={(event) =>
              change.mutate({ contributionPolicy: event.currentTarget.value as ContributionPolicy })
            }
            data={contributionPolicies
              .filter(isOffered)
              .map((value) => ({ value, label: t(`carnets.policies.${value}`) }))}
          />
        ) : (
          t(`carnets.policies.${carnet.contributionPolicy}`)
        )}
      </DetailsBlock>
      <DetailsBlock title={t('carnets.visibility')} icon={<IconEye size={16} stroke={1.7} />}>
        {isManager ? (
          <NativeSelect
            size="sm"
            aria-label={t('carnets.visibility')}
            value={carnet.visibility}
            onChange={(event) => change.mutate({ visibility: event.currentTarget.value as Visibility })}
            data={visibilities
              .filter(isOffered)
              .map((value) => ({ value, label: t(`notes.visibility.${value}`) }))}
          />
        ) : (
          <VisibilityMark visibility={carnet.visibility} />
        )}
      </DetailsBlock>
      <DetailsBlock title={t('carnets.book')} icon={<IconBook size={16} stroke={1.7} />}>
        <Button size="compact-md" variant="default" onClick={onExport}>
          {t('carnets.export')}
        </Button>
      </DetailsBlock>
    </>
  );
}

import { Button, NativeSelect } from '@mantine/core';
import { IconBook, IconEye, IconUsers, IconWriting } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CarnetPage } from '#shared/api/carnets.ts';
import type { ContributionPolicy } from '#shared/domain/Carnet.ts';
import type { Visibility } from '#shared/domain/Visibility.ts';
import { canManageCarnet } from '#shared/permissions/permissions.ts';
import { api, keys, useFailure } from '../../api/index.ts';
import { DetailsBlock, notify, notifyProblem, PersonMark } from '../../ui/index.ts';
import { VisibilityMark } from '../notes/index.ts';
import styles from './CarnetPage.module.css';

/** `community` needs a linked community, which this Calepin does not keep yet. */
const offeredVisibilities: readonly Visibility[] = ['authors', 'members', 'public'];
const offeredPolicies: readonly ContributionPolicy[] = ['managers', 'contributors', 'members'];

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
  const isManager = canManageCarnet(carnet.role);
  const change = useMutation({
    mutationFn: (body: { visibility?: Visibility; contributionPolicy?: ContributionPolicy }) =>
      api.changeCarnet(carnet.id, body),
    onSuccess: (next, body) => {
      client.setQueryData(keys.carnet(carnet.id), next);
      void client.invalidateQueries({ queryKey: keys.carnets });
      if (body.visibility !== undefined)
        notify(t('notes.visibility.changed', { visibility: t(`notes.visibility.${body.visibility}`) }));
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  return (
    <>
      <DetailsBlock title={t('carnets.people')} icon={<IconUsers size={16} stroke={1.7} />}>
        <h3 className={styles.sub}>{t('carnets.managers')}</h3>
        <ul role="list" className={styles.people}>
          {page.managers.map((person) => (
            <li key={person.id} className={styles.person}>
              <PersonMark person={person} size={24} />
              {person.name}
            </li>
          ))}
        </ul>
        <h3 className={styles.sub}>{t('carnets.contributors')}</h3>
        <ul role="list" className={styles.people}>
          {page.contributors.length === 0 && <li className={styles.quiet}>{t('carnets.noContributors')}</li>}
          {page.contributors.map((person) => (
            <li key={person.id} className={styles.person}>
              <PersonMark person={person} size={24} />
              {person.name}
            </li>
          ))}
        </ul>
      </DetailsBlock>
      <DetailsBlock title={t('carnets.policy')} icon={<IconWriting size={16} stroke={1.7} />}>
        {isManager ? (
          <NativeSelect
            size="sm"
            aria-label={t('carnets.policy')}
            value={carnet.contributionPolicy}
            onChange={(event) =>
              change.mutate({ contributionPolicy: event.currentTarget.value as ContributionPolicy })
            }
            data={offeredPolicies.map((value) => ({ value, label: t(`carnets.policies.${value}`) }))}
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
            data={offeredVisibilities.map((value) => ({ value, label: t(`notes.visibility.${value}`) }))}
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

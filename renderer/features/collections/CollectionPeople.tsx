import { Button, Menu } from '@mantine/core';
import { IconDots, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectionPage } from '#shared/api/collections.ts';
import { type CollectionPersonRole, collectionPersonRoles } from '#shared/domain/Collection.ts';
import type { Person } from '#shared/domain/Person.ts';
import { canChangePeople, canReadCollection } from '#shared/permissions/permissions.ts';
import { ApiError, api, keys, useFailure, usePerson } from '../../api/index.ts';
import { DetailsBlock, IconButton, notify, notifyProblem, PersonLink, PersonMark } from '../../ui/index.ts';
import { AddPersonDialog } from './AddPersonDialog.tsx';
import { refOf } from './refOf.ts';
import styles from './CollectionPage.module.css';

/** Who keeps a carnet or a base, who adds to it, who was invited to read it. */
export function CollectionPeople({ page }: { readonly page: CollectionPage }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const failure = useFailure();
  const self = usePerson();
  const [isAdding, setAdding] = useState(false);
  const ref = refOf(page);
  const { kind } = ref;
  const { role, trashedAt } = page.collection;
  const canChange = canChangePeople(role) && trashedAt === null;
  const refresh = (): void => {
    void client.invalidateQueries({ queryKey: keys.collection(ref) });
    void client.invalidateQueries({ queryKey: keys.collections(kind) });
  };
  const onError = (error: unknown): void =>
    notifyProblem(
      error instanceof ApiError && error.code === 'conflict' ? t(`${kind}s.lastManager`) : failure(error),
    );
  const change = useMutation({
    mutationFn: ({ person, next }: { person: Person; next: CollectionPersonRole }) =>
      api.changeCollectionPerson(ref, person.id, next),
    onSuccess: (_page, { person }) => {
      refresh();
      notify(t('carnets.person.changed', { name: person.name }));
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: (person: Person) => api.removeCollectionPerson(ref, person.id),
    onSuccess: async (_nothing, person) => {
      if (person.id !== self?.id) {
        refresh();
        notify(t(`${kind}s.personRemoved`, { name: person.name }));
        return;
      }
      notify(t(`${kind}s.person.left`));
      // Who may not see it any more has nothing left to look at.
      const rest = await client
        .fetchQuery({ queryKey: keys.collection(ref), queryFn: () => api.collection(ref), staleTime: 0 })
        .catch(() => null);
      if (rest === null || !canReadCollection(rest.collection.role)) void navigate({ to: '/' });
      void client.invalidateQueries({ queryKey: keys.collections(kind) });
    },
    onError,
  });
  const list = (people: readonly Person[], held: CollectionPersonRole) => (
    <ul role="list" className={styles.people}>
      {people.map((person) => {
        const isSelf = person.id === self?.id;
        return (
          <li key={person.id} className={styles.person}>
            <PersonMark person={person} size={24} />
            <span className={styles.personName}>
              {isSelf ? t('carnets.person.you', { name: person.name }) : <PersonLink person={person} />}
            </span>
            {(canChange || isSelf) && (
              <Menu position="bottom-end">
                <Menu.Target>
                  <IconButton label={t('carnets.person.menu', { name: person.name })} size={28}>
                    <IconDots size={16} stroke={1.7} />
                  </IconButton>
                </Menu.Target>
                <Menu.Dropdown>
                  {canChange &&
                    collectionPersonRoles
                      .filter((one) => one !== held)
                      .map((next) => (
                        <Menu.Item key={next} onClick={() => change.mutate({ person, next })}>
                          {t(`carnets.person.make.${next}`)}
                        </Menu.Item>
                      ))}
                  <Menu.Item color="red" onClick={() => remove.mutate(person)}>
                    {t(isSelf ? `${kind}s.person.leave` : `${kind}s.person.remove`)}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )}
          </li>
        );
      })}
    </ul>
  );
  return (
    <DetailsBlock title={t('carnets.people')} icon={<IconUsers size={16} stroke={1.7} />}>
      <h3 className={styles.sub}>{t('carnets.managers')}</h3>
      {list(page.managers, 'manager')}
      <h3 className={styles.sub}>{t('carnets.contributors')}</h3>
      {page.contributors.length === 0 ? (
        <p className={styles.quiet}>{t('carnets.noContributors')}</p>
      ) : (
        list(page.contributors, 'contributor')
      )}
      {page.readers.length > 0 && (
        <>
          <h3 className={styles.sub}>{t('carnets.readers')}</h3>
          {list(page.readers, 'reader')}
        </>
      )}
      {canChange && (
        <>
          <Button
            mt="xs"
            size="compact-sm"
            variant="subtle"
            leftSection={<IconUserPlus size={15} />}
            onClick={() => setAdding(true)}
          >
            {t('carnets.person.add')}
          </Button>
          <AddPersonDialog collection={ref} opened={isAdding} onClose={() => setAdding(false)} />
        </>
      )}
    </DetailsBlock>
  );
}

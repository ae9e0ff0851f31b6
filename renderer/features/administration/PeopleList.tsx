import { NativeSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdministeredPerson } from '#shared/api/administration.ts';
import { foldText } from '#shared/domain/foldText.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { type RelayRole, relayRoles } from '#shared/domain/Person.ts';
import { api, failureCode, keys, queries, useFailure } from '../../api/index.ts';
import { formatDate, useLanguage } from '../../i18n/index.ts';
import { notify, notifyProblem, PersonMark, RowSkeletons } from '../../ui/index.ts';
import { RecoveryLink } from './RecoveryLink.tsx';
import styles from './AdministrationPage.module.css';

/** More are found by their names. */
const maxShown = 100;

/** Everybody who is known here, and the role of those who have an account. */
export function PeopleList({ self }: { readonly self: PersonId }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const failure = useFailure();
  const client = useQueryClient();
  const list = useQuery(queries.administeredPeople());
  const [sought, setSought] = useState('');
  const change = useMutation({
    mutationFn: ({ person, role }: { person: AdministeredPerson; role: RelayRole }) =>
      api.changeRelayRole(person.id, role),
    onSuccess: async (_nothing, { person }) => {
      notify(t('administration.roleChanged', { name: person.name }));
      await client.invalidateQueries({ queryKey: keys.administration });
      // Whoever gives their own role up is here no more.
      if (person.id === self) await client.invalidateQueries({ queryKey: keys.session });
    },
    onError: (error) =>
      notifyProblem(failureCode(error) === 'conflict' ? t('administration.last') : failure(error)),
  });
  if (list.isError) return <p role="alert">{failure(list.error)}</p>;
  if (list.data === undefined) return <RowSkeletons count={4} height={52} label={t('app.loading')} />;
  const words = foldText(sought.trim());
  const found = list.data.people.filter(({ name, email }) =>
    foldText(`${name} ${email ?? ''}`).includes(words),
  );
  return (
    <>
      <TextInput
        label={t('administration.find')}
        leftSection={<IconSearch size={16} stroke={1.7} aria-hidden="true" />}
        value={sought}
        onChange={(event) => setSought(event.currentTarget.value)}
      />
      {found.length === 0 && <p className={styles.hint}>{t('administration.nobody')}</p>}
      <ul role="list">
        {found.slice(0, maxShown).map((person) => (
          <li key={person.id} className={styles.line}>
            <span className={styles.person}>
              <PersonMark person={person} size={28} />
              <span className={styles.words}>
                {person.name}
                <span className={styles.meta}>
                  {person.email ?? t(`administration.kinds.${person.kind}`)},{' '}
                  {t('administration.since', { date: formatDate(person.createdAt, language) })}
                </span>
              </span>
            </span>
            {person.kind === 'account' && person.id !== self && <RecoveryLink person={person} />}
            {person.kind === 'account' && (
              <NativeSelect
                aria-label={t('administration.role', { name: person.name })}
                value={person.role}
                disabled={change.isPending}
                data={relayRoles.map((value) => ({ value, label: t(`administration.roles.${value}`) }))}
                onChange={(event) => change.mutate({ person, role: event.currentTarget.value as RelayRole })}
              />
            )}
          </li>
        ))}
      </ul>
      {found.length > maxShown && (
        <p className={styles.hint}>{t('administration.more', { shown: maxShown })}</p>
      )}
    </>
  );
}

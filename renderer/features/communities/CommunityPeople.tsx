import { Menu } from '@mantine/core';
import { IconDots, IconUserCheck, IconUserQuestion, IconUsers } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CommunityPage } from '#shared/api/communities.ts';
import type { CommunityPersonRole } from '#shared/domain/Community.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Person } from '#shared/domain/Person.ts';
import { canChangeRoles, canDecideJoinRequests, canSeeMembers } from '#shared/permissions/permissions.ts';
import { ApiError, api, keys, useFailure, usePerson } from '../../api/index.ts';
import {
  DetailsBlock,
  IconButton,
  notify,
  notifyProblem,
  PersonLink,
  PersonMark,
  RequestList,
} from '../../ui/index.ts';
import styles from './Communities.module.css';

const icon = { size: 16, stroke: 1.7 };

/** The people of a community: who asks, who answers for it, who is in it. */
export function CommunityPeople({ page }: { readonly page: CommunityPage }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const { community } = page;
  const onSuccess = (next: CommunityPage): void => {
    client.setQueryData(keys.community(community.id), next);
    void client.invalidateQueries({ queryKey: keys.communities });
  };
  const onError = (error: unknown): void =>
    notifyProblem(
      error instanceof ApiError && error.code === 'conflict'
        ? t('communities.lastResponsable')
        : failure(error),
    );
  const answer = useMutation({
    mutationFn: ({ id, approved }: { id: PersonId; name: string; approved: boolean }) =>
      api.answerJoinRequest(community.id, id, approved),
    onSuccess: (next, { name, approved }) => {
      onSuccess(next);
      notify(t(approved ? 'communities.requests.approved' : 'communities.requests.refused', { name }));
    },
    // Somebody else may have answered meanwhile: the page says what is so now.
    onError: (error) => {
      void client.invalidateQueries({ queryKey: keys.community(community.id) });
      notifyProblem(failure(error));
    },
  });
  const change = useMutation({
    mutationFn: ({ id, role }: { id: PersonId; role: CommunityPersonRole | null }) =>
      role === null ? api.removeMember(community.id, id) : api.changeMember(community.id, id, role),
    onSuccess,
    onError,
  });
  const line = (person: Person, role: CommunityPersonRole) => (
    <PersonLine
      key={person.id}
      person={person}
      role={role}
      canChange={canChangeRoles(community.role)}
      onChange={(next) => change.mutate({ id: person.id, role: next })}
    />
  );
  return (
    <>
      {canDecideJoinRequests(community.role) && page.requests.length > 0 && (
        <DetailsBlock title={t('communities.requests.title')} icon={<IconUserQuestion {...icon} />}>
          <RequestList
            requests={page.requests}
            isBusy={answer.isPending}
            words={{
              approve: t('communities.requests.approve'),
              refuse: t('communities.requests.refuse'),
              approveLabel: (name) => t('communities.requests.approveLabel', { name }),
              refuseLabel: (name) => t('communities.requests.refuseLabel', { name }),
            }}
            onAnswer={({ id, name }, approved) => answer.mutate({ id: id as PersonId, name, approved })}
          />
        </DetailsBlock>
      )}
      <DetailsBlock title={t('communities.responsables')} icon={<IconUserCheck {...icon} />}>
        <ul role="list">{page.responsables.map((person) => line(person, 'responsable'))}</ul>
      </DetailsBlock>
      <DetailsBlock title={t('communities.membersTitle')} icon={<IconUsers {...icon} />}>
        {page.members.length > 0 ? (
          <ul role="list">{page.members.map((person) => line(person, 'member'))}</ul>
        ) : (
          <p className={styles.quiet}>
            {t(canSeeMembers(community.role) ? 'communities.noMembers' : 'communities.membersHidden')}
          </p>
        )}
      </DetailsBlock>
    </>
  );
}

interface LineProps {
  readonly person: Person;
  readonly role: CommunityPersonRole;
  readonly canChange: boolean;
  readonly onChange: (role: CommunityPersonRole | null) => void;
}

function PersonLine({ person, role, canChange, onChange }: LineProps) {
  const { t } = useTranslation();
  const isSelf = usePerson()?.id === person.id;
  return (
    <li className={styles.person}>
      <PersonMark person={person} size={24} />
      <span className={styles.personName}>
        <PersonLink person={person}>
          {isSelf ? t('communities.you', { name: person.name }) : person.name}
        </PersonLink>
      </span>
      {canChange && (
        <Menu position="bottom-end">
          <Menu.Target>
            <IconButton label={t('communities.person.menu', { name: person.name })} size={28}>
              <IconDots size={16} stroke={1.7} />
            </IconButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onChange(role === 'member' ? 'responsable' : 'member')}>
              {t(role === 'member' ? 'communities.person.makeResponsable' : 'communities.person.makeMember')}
            </Menu.Item>
            {!isSelf && (
              <Menu.Item color="red" onClick={() => onChange(null)}>
                {t('communities.person.remove')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}

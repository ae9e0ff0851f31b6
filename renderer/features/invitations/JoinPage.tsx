import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InvitationPreview } from '#shared/api/invitations.ts';
import type { PersonColour } from '#shared/domain/Person.ts';
import { api, keys, useFailure, usePerson } from '../../api/index.ts';
import { fragmentSecret } from '../../platform/index.ts';
import { Bar, ColourPicker, StatePage } from '../../ui/index.ts';
import { AccountCard, CreateAccountForm } from '../account/index.ts';
import styles from './JoinPage.module.css';

/** Opens an invitation: what one is invited to, a name and a hue asked once, then straight to it. */
export function JoinPage() {
  const { t } = useTranslation();
  const person = usePerson();
  const client = useQueryClient();
  const navigate = useNavigate();
  const failure = useFailure();
  const [secret] = useState(fragmentSecret);
  const [name, setName] = useState('');
  const [chosenColour, setChosenColour] = useState<PersonColour | null>(null);
  const preview = useQuery({
    queryKey: ['invitation-preview', secret],
    queryFn: () => api.previewInvitation(secret ?? ''),
    enabled: secret !== null,
    retry: false,
    staleTime: Infinity,
  });
  const colour = chosenColour ?? preview.data?.colour ?? 'azur';
  const accept = useMutation({
    mutationFn: () =>
      api.acceptInvitation({
        secret: secret ?? '',
        ...(person === null ? { name: name.trim(), colour } : {}),
      }),
    onSuccess: async ({ path }) => {
      await client.invalidateQueries({ queryKey: keys.session });
      await client.invalidateQueries();
      await navigate({ to: path, replace: true });
    },
  });
  if (secret === null || preview.isError) {
    return (
      <main className={styles.page} id="page">
        <StatePage title={t('app.signedOut.title')}>
          {secret === null ? t('share.join.noSecret') : failure(preview.error)}
        </StatePage>
      </main>
    );
  }
  const relayTitle = ({ role, invitedBy }: InvitationPreview): string => {
    if (role === 'administrator') return t('share.join.relay');
    return invitedBy === null ? t('share.join.memberAnonymous') : t('share.join.member', { name: invitedBy });
  };
  const roleWord = ({ subject, role }: InvitationPreview) =>
    subject === 'community' && role === 'member' ? 'communityMember' : role;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    accept.mutate();
  };
  const invitation = preview.data;
  if (invitation?.subject === 'relay' && (person === null || person.kind === 'guest')) {
    return (
      <AccountCard title={relayTitle(invitation)} text={t(`share.join.youCan.${invitation.role}`)}>
        <CreateAccountForm
          secret={secret}
          colour={invitation.colour}
          onDone={() => navigate({ to: '/', replace: true })}
        />
      </AccountCard>
    );
  }
  const invited = (): string => {
    if (invitation === undefined) return '';
    if (invitation.subject === 'relay') return relayTitle(invitation);
    if (invitation.invitedBy === null) return t(`share.join.${invitation.subject}Anonymous`);
    return t(`share.join.${invitation.subject}`, { name: invitation.invitedBy });
  };
  return (
    <main className={styles.page} id="page">
      <form className={styles.card} onSubmit={submit}>
        <p className={styles.brand}>{t('app.name')}</p>
        <div>
          <p className={styles.invited}>{invitation === undefined ? <Bar width="60%" /> : invited()}</p>
          <h1 className={styles.title}>
            {invitation === undefined ? (
              <Bar width="80%" height={30} />
            ) : invitation.subject === 'relay' ? (
              t('app.name')
            ) : (
              invitation.title || t('app.untitled')
            )}
          </h1>
          <p className={styles.role}>
            {invitation === undefined ? <Bar width="50%" /> : t(`share.join.youCan.${roleWord(invitation)}`)}
          </p>
        </div>
        {person === null ? (
          <>
            <TextInput
              // Nothing else is to be done on this page.
              autoFocus
              size="md"
              label={t('share.join.name')}
              description={t('share.join.nameHint')}
              autoComplete="name"
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <ColourPicker
              legend={t('share.join.colour')}
              nameOf={(value) => t(`share.colours.${value}`)}
              value={colour}
              onChange={setChosenColour}
            />
          </>
        ) : (
          <p>{t('share.join.as', { name: person.name })}</p>
        )}
        {accept.isError && (
          <p className={styles.error} role="alert">
            {failure(accept.error)}
          </p>
        )}
        <Button
          type="submit"
          size="md"
          loading={accept.isPending}
          disabled={invitation === undefined || (person === null && name.trim() === '')}
        >
          {t('share.join.enter')}
        </Button>
      </form>
    </main>
  );
}

import { Button, Modal, NativeSelect } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InvitationRole } from '#shared/domain/Invitation.ts';
import type { BaseId, CarnetId, CommunityId, InvitationId, NoteId } from '#shared/domain/ids.ts';
import { api, keys, queries, useFailure } from '../../api/index.ts';
import { formatDate, useLanguage } from '../../i18n/index.ts';
import { Choice, notify, notifyProblem, OneTimeLink } from '../../ui/index.ts';
import styles from './ShareDialog.module.css';

type Subject =
  | { readonly subject: 'note'; readonly subjectId: NoteId }
  | { readonly subject: 'carnet'; readonly subjectId: CarnetId }
  | { readonly subject: 'base'; readonly subjectId: BaseId }
  | { readonly subject: 'community'; readonly subjectId: CommunityId }
  | { readonly subject: 'relay'; readonly subjectId: null };
type Props = Exclude<Subject, { subject: 'relay' }> & {
  readonly opened: boolean;
  readonly onClose: () => void;
};

const dayChoices = [1, 7, 30, 365];
/** The roles that one may invite to; the first is proposed. */
const roles = {
  note: ['author', 'commenter', 'reader'],
  carnet: ['contributor', 'manager', 'reader'],
  base: ['contributor', 'manager', 'reader'],
  community: ['member', 'responsable'],
  relay: ['member', 'administrator'],
} as const satisfies Record<Subject['subject'], readonly InvitationRole[]>;
const titles = {
  note: 'share.invite.titleNote',
  carnet: 'share.invite.titleCarnet',
  base: 'share.invite.titleBase',
  community: 'share.invite.titleCommunity',
} as const;

/** Invites others by a link: who opens it comes in with the chosen role. */
export function ShareDialog({ opened, onClose, ...subject }: Props) {
  const { t } = useTranslation();
  const title = t(titles[subject.subject]);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={title}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <ShareForm {...subject} />
    </Modal>
  );
}

/** What the dialog holds; on the page of administration it stands by itself. */
export function ShareForm(subject: Subject) {
  const { t } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const failure = useFailure();
  const offered: readonly InvitationRole[] = roles[subject.subject];
  const [role, setRole] = useState<InvitationRole>(roles[subject.subject][0]);
  const [days, setDays] = useState(subject.subject === 'relay' ? 7 : 30);
  const list = useQuery(queries.invitations(subject.subject, subject.subjectId));
  const refresh = (): void =>
    void client.invalidateQueries({ queryKey: keys.invitations(subject.subject, subject.subjectId) });
  const onError = (error: unknown): void => notifyProblem(failure(error));
  const create = useMutation({
    mutationFn: () =>
      api.createInvitation({ ...subject, role, days } as Parameters<typeof api.createInvitation>[0]),
    onSuccess: refresh,
    onError,
  });
  const revoke = useMutation({
    mutationFn: (id: InvitationId) => api.revokeInvitation(id),
    onSuccess: (_nothing, id) => {
      if (create.data?.invitation.id === id) create.reset();
      refresh();
      notify(t('share.invite.revoked'));
    },
    onError,
  });
  const roleName = (one: InvitationRole): string =>
    t(`share.invite.roles.${one === 'member' && subject.subject === 'community' ? 'communityMember' : one}`);
  const valid = list.data?.invitations ?? [];
  const url = create.data?.url;
  return (
    <div className={styles.form}>
      <p className={styles.intro}>
        {t(subject.subject === 'relay' ? 'share.invite.introRelay' : 'share.invite.intro')}
      </p>
      <Choice
        label={t('share.invite.role')}
        value={role}
        onChange={setRole}
        options={offered.map((value) => ({ value, label: roleName(value) }))}
      />
      <div className={styles.row}>
        <NativeSelect
          label={t('share.invite.days')}
          value={String(days)}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
          data={dayChoices.map((count) => ({
            value: String(count),
            label: t('share.invite.dayCount', { count }),
          }))}
        />
        <Button
          leftSection={<IconLink size={17} stroke={1.8} />}
          loading={create.isPending}
          onClick={() => create.mutate()}
        >
          {t('share.invite.create')}
        </Button>
      </div>
      {url !== undefined && (
        <OneTimeLink
          url={url}
          label={t('share.invite.link')}
          once={t('share.invite.once')}
          copy={t('app.copy')}
          copied={t('app.copied')}
          testId="invitation-link"
        />
      )}
      <section>
        <h3 className={styles.sub}>{t('share.invite.valid')}</h3>
        {valid.length === 0 ? (
          <p className={styles.none}>{list.isPending ? '' : t('share.invite.none')}</p>
        ) : (
          <ul role="list">
            {valid.map((invitation) => (
              <li key={invitation.id} className={styles.line}>
                <span>
                  {roleName(invitation.role)}
                  <br />
                  <span className={styles.meta}>
                    {t('share.invite.line', { date: formatDate(invitation.expiresAt, language) })},{' '}
                    {invitation.uses === 0
                      ? t('share.invite.usesNone')
                      : t('share.invite.uses', { count: invitation.uses })}
                  </span>
                </span>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  aria-label={t('share.invite.revokeLabel', { role: roleName(invitation.role) })}
                  onClick={() => revoke.mutate(invitation.id)}
                >
                  {t('share.invite.revoke')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

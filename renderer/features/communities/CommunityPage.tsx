import { Button, Menu } from '@mantine/core';
import {
  IconClockHour4,
  IconDoorExit,
  IconDots,
  IconPencil,
  IconShare,
  IconUserPlus,
} from '@tabler/icons-react';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommunityPage as CommunityAnswer } from '#shared/api/communities.ts';
import type { CommunityId } from '#shared/domain/ids.ts';
import {
  canAskToJoin,
  canChangeCommunity,
  canInviteToCommunity,
  canLeaveCommunity,
} from '#shared/permissions/permissions.ts';
import { ApiError, api, keys, queries, useFailure, usePerson } from '../../api/index.ts';
import {
  Bar,
  DetailsColumn,
  IconButton,
  MessageDialog,
  notify,
  notifyProblem,
  PageHead,
  RowSkeletons,
  pageStyles,
} from '../../ui/index.ts';
import { ShareDialog } from '../invitations/index.ts';
import { CommunityContents } from './CommunityContents.tsx';
import { CommunityImage } from './CommunityImage.tsx';
import { CommunityPeople } from './CommunityPeople.tsx';
import { EditCommunityDialog } from './EditCommunityDialog.tsx';
import { RoleWord } from './RoleWord.tsx';
import styles from './Communities.module.css';

/** One community: what it is, what is linked to it, its people. */
export function CommunityPage({ communityId }: { readonly communityId: CommunityId }) {
  return (
    <Suspense fallback={<CommunitySkeleton />}>
      <LoadedCommunity communityId={communityId} />
    </Suspense>
  );
}

function CommunitySkeleton() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead />
      <div className={pageStyles.thing}>
        <Bar width="55%" height={40} />
        <RowSkeletons count={5} height={72} label={t('app.loading')} />
      </div>
    </>
  );
}

function LoadedCommunity({ communityId }: { readonly communityId: CommunityId }) {
  const { t } = useTranslation();
  const page = useSuspenseQuery(queries.community(communityId)).data;
  const { community } = page;
  const [dialog, setDialog] = useState<'edit' | 'invite' | 'join' | null>(null);
  const close = (): void => setDialog(null);
  const ask = useAsk(page, close);
  const leave = useLeave(page);
  useEffect(() => {
    document.title = `${community.name} – ${t('app.name')}`;
  }, [community.name, t]);
  return (
    <>
      <PageHead
        acts={
          <>
            {canInviteToCommunity(community.role) && (
              <Button
                size="compact-md"
                variant="default"
                leftSection={<IconShare size={16} stroke={1.7} />}
                onClick={() => setDialog('invite')}
              >
                {t('communities.invite')}
              </Button>
            )}
            {canLeaveCommunity(community.role) && (
              <Menu>
                <Menu.Target>
                  <IconButton label={t('communities.menu')}>
                    <IconDots size={18} stroke={1.7} />
                  </IconButton>
                </Menu.Target>
                <Menu.Dropdown>
                  {canChangeCommunity(community.role) && (
                    <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setDialog('edit')}>
                      {t('communities.edit')}
                    </Menu.Item>
                  )}
                  <Menu.Item
                    color="red"
                    leftSection={<IconDoorExit size={16} />}
                    onClick={() => leave.mutate()}
                  >
                    {t('communities.leave')}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )}
          </>
        }
      >
        <Link to="/communities" className={styles.crumb}>
          {t('communities.title')}
        </Link>
      </PageHead>
      <div className={pageStyles.thing}>
        <header className={styles.head}>
          <CommunityImage community={community} size={88} />
          <div className={styles.headText}>
            <h1 className={pageStyles.name}>{community.name}</h1>
            <p className={styles.marks}>
              <span>{t('communities.members', { count: community.memberCount })}</span>
              <RoleWord role={community.role} />
            </p>
          </div>
        </header>
        {community.description !== '' && <p className={styles.description}>{community.description}</p>}
        {canAskToJoin(community.role) &&
          (page.asked ? (
            <p className={styles.waiting} role="status">
              <IconClockHour4 size={18} stroke={1.7} aria-hidden="true" />
              <span>
                <strong>{t('communities.join.waiting')}</strong> {t('communities.join.waitingHint')}
              </span>
            </p>
          ) : (
            <Button
              className={styles.join ?? ''}
              leftSection={<IconUserPlus size={17} stroke={1.7} />}
              onClick={() => setDialog('join')}
            >
              {t('communities.join.act')}
            </Button>
          ))}
        <CommunityContents page={page} />
      </div>
      <DetailsColumn>
        <CommunityPeople page={page} />
      </DetailsColumn>
      <EditCommunityDialog page={page} opened={dialog === 'edit'} onClose={close} />
      <ShareDialog
        subject="community"
        subjectId={community.id}
        opened={dialog === 'invite'}
        onClose={close}
      />
      <MessageDialog
        opened={dialog === 'join'}
        onClose={close}
        title={t('communities.join.title', { name: community.name })}
        label={t('communities.join.text')}
        send={t('communities.join.send')}
        optional
        isSending={ask.isPending}
        onSend={(text) => ask.mutate(text)}
      />
    </>
  );
}

function useAsk({ community }: CommunityAnswer, onDone: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  return useMutation({
    mutationFn: (text: string) => api.askToJoin(community.id, text),
    onSuccess: (next) => {
      client.setQueryData(keys.community(community.id), next);
      onDone();
      notify(t('communities.join.sent'));
    },
    onError: (error) => notifyProblem(failure(error)),
  });
}

function useLeave({ community }: CommunityAnswer) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const navigate = useNavigate();
  const person = usePerson();
  return useMutation({
    mutationFn: () => {
      if (person === null) throw new Error('nobody is signed in');
      return api.removeMember(community.id, person.id);
    },
    onSuccess: (next) => {
      client.setQueryData(keys.community(community.id), next);
      void client.invalidateQueries({ queryKey: keys.communities });
      void navigate({ to: '/communities' });
      notify(t('communities.left', { name: community.name }));
    },
    onError: (error) =>
      notifyProblem(
        error instanceof ApiError && error.code === 'conflict'
          ? t('communities.lastResponsable')
          : failure(error),
      ),
  });
}

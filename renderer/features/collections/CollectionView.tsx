import { Button, Menu } from '@mantine/core';
import {
  IconBook,
  IconBook2,
  IconBooks,
  IconDots,
  IconFiles,
  IconNotebook,
  IconShare,
  IconTrash,
  IconUsersGroup,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import type { CollectionPage } from '#shared/api/collections.ts';
import type { BaseId, CarnetId, MemberId } from '#shared/domain/ids.ts';
import {
  canContributeToCollection,
  canInviteToCollection,
  canManageCollection,
} from '#shared/permissions/permissions.ts';
import { api, usePerson } from '../../api/index.ts';
import {
  type DocumentSessionView,
  PresenceAvatars,
  SaveState,
  SetAsideNotice,
} from '../../collaboration/index.ts';
import { DetailsColumn, IconButton, notify, PageHead, StatePage, pageStyles } from '../../ui/index.ts';
import { usePageCommand } from '../../platform/index.ts';
import { ArchiveDialog, ExportDialog } from '../export/index.ts';
import { AsOf, HomeChip, MendingNotice, useIsMending, useWaitingWords } from '../homes/index.ts';
import { ShareDialog } from '../invitations/index.ts';
import { HostMeetingDialog } from '../meetings/index.ts';
import { VisibilityMark } from '../notes/index.ts';
import { CarnetTemplate } from './CarnetTemplate.tsx';
import { CollectionCover } from './CollectionCover.tsx';
import { CollectionDetails } from './CollectionDetails.tsx';
import type { CollectionContentNow } from './collectionContent.ts';
import { EntryArea } from './EntryArea.tsx';
import { titleOfMember } from './memberOf.ts';
import { MemberPickerDialog } from './MemberPickerDialog.tsx';
import { NewNoteButton } from './NewNoteButton.tsx';
import { NewCollectionDialog } from './NewCollectionDialog.tsx';
import { refOf } from './refOf.ts';
import { useCollectionActs } from './useCollectionActs.ts';
import styles from './CollectionPage.module.css';

interface Props {
  readonly page: CollectionPage;
  readonly content: CollectionContentNow;
  readonly doc: Y.Doc | null;
  readonly session: DocumentSessionView | null;
  readonly title: ReactNode;
  readonly description: ReactNode;
  readonly guide: ReactNode;
}

/** The page of a carnet or of a base, whoever looks at it. */
export function CollectionView({ page, content, doc, session, title, description, guide }: Props) {
  const { t } = useTranslation();
  const { collection } = page;
  const ref = refOf(page);
  const { kind, id } = ref;
  const person = usePerson();
  const waiting = useWaitingWords(id);
  const isMending = useIsMending(id);
  const { restore, back, trash, remove, show, onError } = useCollectionActs(ref);
  const [dialog, setDialog] = useState<'picker' | 'export' | 'share' | 'new' | 'meeting' | null>(null);
  const close = (): void => setDialog(null);
  const onExport = (): void => setDialog('export');
  const onBook = kind === 'carnet' ? onExport : null;
  usePageCommand('export_pdf', () => onBook?.());
  const known = useMemo(() => new Map(page.entries.map((entry) => [entry.memberId, entry])), [page.entries]);
  const away = useMemo(() => new Map(page.away.map((entry) => [entry.memberId, entry])), [page.away]);
  const holding = useMemo(() => new Set(content.entries.map((entry) => entry.memberId)), [content.entries]);
  const isTrashed = collection.trashedAt !== null;
  const canAdd = canContributeToCollection(collection.role) && !isTrashed && page.problem === null;
  const isManager = canManageCollection(collection.role);
  const canHost =
    kind === 'carnet' && person?.kind === 'local' && canInviteToCollection(collection.role) && !isTrashed;

  const removeOwn = (memberId: MemberId): void => {
    const entry = known.get(memberId);
    remove.mutate(memberId, {
      onSuccess: () =>
        notify(t(`${kind}s.entry.removed`, { title: titleOfMember(entry) || t('app.untitled') }), {
          label: t('app.undo'),
          act: () => void api.integrate(ref, [memberId], entry?.category ?? null).then(show, onError),
        }),
    });
  };
  const acts = (
    <>
      {kind === 'carnet' ? (
        <NewNoteButton carnetId={id as CarnetId} title={content.title} hasTemplate={page.template !== null} />
      ) : (
        <Button leftSection={<IconBook2 size={17} stroke={1.7} />} onClick={() => setDialog('new')}>
          {t('bases.newMember')}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconFiles size={17} stroke={1.7} />}
        onClick={() => setDialog('picker')}
      >
        {t(`${kind}s.addMember`)}
      </Button>
    </>
  );

  return (
    <>
      <PageHead
        state={
          session === null ? null : (
            <SaveState state={session.saveState} keepsLocally={session.keepsLocally} waiting={waiting} />
          )
        }
        acts={
          <>
            <PresenceAvatars people={session?.people ?? []} />
            {canInviteToCollection(collection.role) && !isTrashed && (
              <Button
                size="compact-md"
                variant="default"
                leftSection={<IconShare size={16} stroke={1.7} />}
                onClick={() => setDialog('share')}
              >
                {t('carnets.invite')}
              </Button>
            )}
            {/* An archive is made for a person. */}
            {(kind === 'carnet' || person !== null) && (
              <Menu>
                <Menu.Target>
                  <IconButton label={t(`${kind}s.menu`)}>
                    <IconDots size={18} stroke={1.7} />
                  </IconButton>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item leftSection={<IconBook size={16} />} onClick={onExport}>
                    {t('carnets.export')}
                  </Menu.Item>
                  {canHost && (
                    <Menu.Item
                      leftSection={<IconUsersGroup size={16} />}
                      onClick={() => setDialog('meeting')}
                    >
                      {t('meetings.host')}
                    </Menu.Item>
                  )}
                  {isManager && !isTrashed && (
                    <>
                      <Menu.Divider />
                      <Menu.Item
                        color="red"
                        leftSection={<IconTrash size={16} />}
                        onClick={() => trash.mutate()}
                      >
                        {t('carnets.trash')}
                      </Menu.Item>
                    </>
                  )}
                </Menu.Dropdown>
              </Menu>
            )}
          </>
        }
      >
        <Link to="/" className={styles.crumb}>
          {t('app.home')}
        </Link>
      </PageHead>
      <div className={pageStyles.thing} lang={collection.language}>
        <AsOf path={`/api/${kind}s/${id}`} />
        <MendingNotice document={id} />
        {!(isMending && page.problem === 'damaged') && (
          <SetAsideNotice kind={kind} setAside={page} onBack={() => back.mutateAsync().catch(() => null)} />
        )}
        {isTrashed && (
          <p className={styles.marks} role="status">
            {t(`${kind}s.inTrash`)}
            {isManager && (
              <Button size="compact-sm" variant="light" onClick={() => restore.mutate()}>
                {t('carnets.restore')}
              </Button>
            )}
          </p>
        )}
        <CollectionCover cover={collection.cover} />
        {title}
        {description}
        <p className={styles.marks}>
          <span>
            {t(`${kind}s.memberCount`, {
              count: content.entries.filter(({ memberId }) => !away.has(memberId)).length,
            })}
          </span>
          <VisibilityMark visibility={collection.visibility} />
          <HomeChip document={id} canPlace={false} />
          <span>{t(`${kind}s.policySays.${collection.contributionPolicy}`)}</span>
        </p>
        <div className={styles.help}>
          {guide}
          {kind === 'carnet' && canAdd && <CarnetTemplate page={page} />}
        </div>
        {canAdd && content.entries.length > 0 && <div className={styles.acts}>{acts}</div>}
        {content.entries.length === 0 && (
          <StatePage
            inline
            icon={
              kind === 'carnet' ? (
                <IconNotebook size={36} stroke={1.3} />
              ) : (
                <IconBooks size={36} stroke={1.3} />
              )
            }
            title={t(`${kind}s.empty.title`)}
            acts={canAdd ? acts : undefined}
          >
            {t(canAdd ? `${kind}s.empty.text` : `${kind}s.empty.reader`)}
          </StatePage>
        )}
        {(content.entries.length > 0 || content.categories.length > 0) && (
          <EntryArea
            collection={ref}
            content={content}
            known={known}
            away={away}
            doc={doc}
            ownRemovals={
              doc === null && canAdd && person !== null ? { personId: person.id, remove: removeOwn } : null
            }
          />
        )}
      </div>
      <DetailsColumn>
        <CollectionDetails page={page} onExport={onBook} />
      </DetailsColumn>
      <MemberPickerDialog into={ref} holding={holding} opened={dialog === 'picker'} onClose={close} />
      {kind === 'base' && (
        <NewCollectionDialog kind="carnet" base={id as BaseId} opened={dialog === 'new'} onClose={close} />
      )}
      {kind === 'base' && (
        <ArchiveDialog
          base={id as BaseId}
          language={collection.language}
          opened={dialog === 'export'}
          onClose={close}
        />
      )}
      {kind === 'carnet' && (
        <ExportDialog
          subject="carnet"
          subjectId={id as CarnetId}
          language={collection.language}
          opened={dialog === 'export'}
          onClose={close}
        />
      )}
      {canHost && <HostMeetingDialog carnet={id as CarnetId} opened={dialog === 'meeting'} onClose={close} />}
      <ShareDialog
        {...(ref.kind === 'carnet'
          ? { subject: ref.kind, subjectId: ref.id }
          : { subject: ref.kind, subjectId: ref.id })}
        opened={dialog === 'share'}
        onClose={close}
      />
    </>
  );
}

import { Button, Menu } from '@mantine/core';
import {
  IconBook,
  IconBookmark,
  IconCopy,
  IconDots,
  IconHistory,
  IconLockOpen,
  IconNotebook,
  IconPencil,
  IconRosetteDiscountCheck,
  IconShare,
  IconTemplate,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { memo, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import {
  canEditNote,
  canInviteToNote,
  canLockNote,
  canMarkTemplate,
  canSeeNoteHistory,
} from '#shared/permissions/permissions.ts';
import { api, keys, useFailure, usePerson } from '../../api/index.ts';
import {
  type DocumentSession,
  PresenceAvatars,
  SaveState,
  useSessionSnapshot,
} from '../../collaboration/index.ts';
import { platform, usePageCommand } from '../../platform/index.ts';
import { IconButton, notify, notifyProblem, PageHead, PersonLink } from '../../ui/index.ts';
import { AddToCollectionDialog } from '../collections/index.ts';
import { ExportDialog } from '../export/index.ts';
import { useUnplaced, useWaitingWords } from '../homes/index.ts';
import { ShareDialog } from '../invitations/index.ts';
import { NameVersionModal } from '../versions/index.ts';
import { LockDialog } from './LockDialog.tsx';
import type { NoteMode } from './noteMode.ts';
import { useLockNote } from './useLockNote.ts';
import { useNoteChange } from './useNoteChange.ts';
import { useOpenCopy } from './useOpenCopy.ts';
import styles from './NotePage.module.css';

interface Props {
  readonly page: NotePage;
  readonly session: DocumentSession;
  readonly mode: NoteMode;
  readonly canEdit: boolean;
  readonly onMode: (mode: NoteMode) => void;
}

/** The one line over a note: where it is, who is here, whether it is safe, sharing, and the other acts. */
export const NoteHead = memo(function NoteHead({ page, session, mode, canEdit, onMode }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const failure = useFailure();
  const unplacedAt = useUnplaced(page.note.id);
  const [dialog, setDialog] = useState<'share' | 'export' | 'carnet' | 'version' | 'lock' | null>(null);
  const close = (): void => setDialog(null);
  const { note } = page;
  const isAuthor = canEditNote(page.role);
  const canLock = canLockNote(page.role) && note.trashedAt === null;
  const { unlock } = useLockNote(note.id);
  const isTrashed = note.trashedAt !== null;
  const onError = (error: unknown): void => notifyProblem(failure(error));

  const restore = useMutation({
    mutationFn: () => api.untrashNote(note.id),
    onSuccess: (next) => {
      client.setQueryData(keys.note(note.id), next);
      void client.invalidateQueries({ queryKey: keys.notes });
      void client.invalidateQueries({ queryKey: keys.collectionPages('carnet') });
      notify(t('notes.restored'));
    },
    onError,
  });
  const trash = useMutation({
    mutationFn: () => api.trashNote(note.id),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.notes });
      void client.invalidateQueries({ queryKey: keys.collectionPages('carnet') });
      void client.invalidateQueries({ queryKey: keys.note(note.id), refetchType: 'none' });
      void navigate({ to: '/' });
      const words =
        unplacedAt === null ? t('notes.trashed') : t('homes.unplaced.trashed.note', { name: unplacedAt });
      notify(words, { label: t('app.undo'), act: () => restore.mutate() });
    },
    onError,
  });
  const mark = useNoteChange(note.id, (next) =>
    t(next.note.isTemplate ? 'notes.templates.marked' : 'notes.templates.unmarked'),
  );
  const openCopy = useOpenCopy();
  const duplicate = useMutation({
    mutationFn: () => api.duplicateNote(note.id),
    onSuccess: openCopy,
    onError,
  });

  usePageCommand('export_pdf', () => setDialog('export'));

  const canName = canSeeNoteHistory(page.role) && isAuthor && !isTrashed;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (
        !(event.ctrlKey || event.metaKey) ||
        event.altKey ||
        event.shiftKey ||
        event.key.toLowerCase() !== 's'
      )
        return;
      // Never the browser's own « save the page »: saving is automatic, what is left to save is a version.
      event.preventDefault();
      if (canName) setDialog('version');
      else notify(t('notes.alwaysSaved'));
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [canName, t]);

  const place = page.carnets[0];
  return (
    <>
      <PageHead
        state={<NoteSaveState noteId={note.id} session={session} />}
        acts={
          <>
            <NotePresence session={session} />
            {canInviteToNote(page.role) && !isTrashed && (
              <Button
                size="compact-md"
                variant="default"
                aria-label={t('notes.share')}
                onClick={() => setDialog('share')}
              >
                <IconShare size={16} stroke={1.7} aria-hidden="true" />
                <span className={styles.shareWord}>{t('notes.share')}</span>
              </Button>
            )}
            <Menu>
              <Menu.Target>
                <IconButton label={t('notes.menu.label')}>
                  <IconDots size={18} stroke={1.7} />
                </IconButton>
              </Menu.Target>
              <Menu.Dropdown>
                {canEdit && mode === 'reading' && (
                  <Menu.Item
                    leftSection={<IconPencil size={16} />}
                    rightSection={<kbd>E</kbd>}
                    onClick={() => onMode('editing')}
                  >
                    {t('notes.menu.edit')}
                  </Menu.Item>
                )}
                {!isTrashed && (
                  <Menu.Item leftSection={<IconNotebook size={16} />} onClick={() => setDialog('carnet')}>
                    {t('notes.menu.addToCarnet')}
                  </Menu.Item>
                )}
                <Menu.Item leftSection={<IconBook size={16} />} onClick={() => setDialog('export')}>
                  {t('notes.menu.export')}
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconHistory size={16} />}
                  onClick={() => void navigate({ to: '/notes/$noteId/history', params: { noteId: note.id } })}
                >
                  {t('notes.menu.history')}
                </Menu.Item>
                {canName && (
                  <Menu.Item
                    leftSection={<IconBookmark size={16} />}
                    rightSection={<kbd>{platform.apple ? '⌘' : 'Ctrl'}+S</kbd>}
                    onClick={() => setDialog('version')}
                  >
                    {t('notes.menu.nameVersion')}
                  </Menu.Item>
                )}
                {canLock &&
                  (note.lock === null ? (
                    <Menu.Item
                      leftSection={<IconRosetteDiscountCheck size={16} />}
                      onClick={() => setDialog('lock')}
                    >
                      {t('notes.menu.lock')}
                    </Menu.Item>
                  ) : (
                    <Menu.Item
                      leftSection={<IconLockOpen size={16} />}
                      onClick={() => note.lock !== null && unlock.mutate(note.lock)}
                    >
                      {t('notes.menu.unlock')}
                    </Menu.Item>
                  ))}
                {canMarkTemplate(page.role) && !isTrashed && (
                  <Menu.Item
                    leftSection={<IconTemplate size={16} />}
                    onClick={() => mark.mutate({ isTemplate: !note.isTemplate })}
                  >
                    {t(note.isTemplate ? 'notes.templates.unmark' : 'notes.templates.mark')}
                  </Menu.Item>
                )}
                <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => duplicate.mutate()}>
                  {t('notes.menu.duplicate')}
                </Menu.Item>
                {isAuthor && !isTrashed && (
                  <>
                    <Menu.Divider />
                    <Menu.Item
                      color="red"
                      leftSection={<IconTrash size={16} />}
                      onClick={() => trash.mutate()}
                    >
                      {t('notes.menu.trash')}
                    </Menu.Item>
                  </>
                )}
              </Menu.Dropdown>
            </Menu>
          </>
        }
      >
        {place === undefined ? (
          <Link to="/" className={styles.crumb}>
            {t('notes.all')}
          </Link>
        ) : (
          <>
            <Link to="/carnets/$carnetId" params={{ carnetId: place.id }} className={styles.crumb}>
              {place.title || t('app.untitled')}
            </Link>
            {place.category !== null && (
              <>
                <span className={styles.crumbSeparator} aria-hidden="true">
                  ›
                </span>
                <span className={styles.category}>{place.category}</span>
              </>
            )}
          </>
        )}
      </PageHead>
      <AddToCollectionDialog
        kind="carnet"
        members={[note.id]}
        holding={page.carnets.map((carnet) => carnet.id)}
        opened={dialog === 'carnet'}
        onClose={close}
      />
      <ExportDialog
        subject="note"
        subjectId={note.id}
        hasPast={canSeeNoteHistory(page.role)}
        language={note.language}
        opened={dialog === 'export'}
        onClose={close}
      />
      <NameVersionModal noteId={note.id} opened={dialog === 'version'} onClose={close} />
      <LockDialog noteId={note.id} opened={dialog === 'lock'} onClose={close} />
      <ShareDialog subject="note" subjectId={note.id} opened={dialog === 'share'} onClose={close} />
    </>
  );
});

function NoteSaveState({ noteId, session }: { readonly noteId: NoteId; readonly session: DocumentSession }) {
  const state = useSessionSnapshot(session, ({ saveState }) => saveState);
  const keepsLocally = useSessionSnapshot(session, (snapshot) => snapshot.keepsLocally);
  return <SaveState state={state} keepsLocally={keepsLocally} waiting={useWaitingWords(noteId)} />;
}

function NotePresence({ session }: { readonly session: DocumentSession }) {
  const self = usePerson();
  const people = useSessionSnapshot(session, (snapshot) => snapshot.people);
  return (
    <PresenceAvatars
      people={people}
      link={(person, mark) =>
        self === null ? mark : <PersonLink person={{ ...person, kind: 'guest' }}>{mark}</PersonLink>
      }
    />
  );
}

import { Button, Menu } from '@mantine/core';
import {
  IconBook,
  IconDots,
  IconFilePlus,
  IconFiles,
  IconNotebook,
  IconShare,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import type { CarnetPage } from '#shared/api/carnets.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import {
  canContributeToCarnet,
  canInviteToCarnet,
  canManageCarnet,
} from '#shared/permissions/permissions.ts';
import { api, keys, useFailure, usePerson } from '../../api/index.ts';
import {
  type DocumentSessionView,
  PresenceAvatars,
  SaveState,
  SetAsideNotice,
} from '../../collaboration/index.ts';
import { DetailsColumn, IconButton, notify, notifyProblem, PageHead, StatePage } from '../../ui/index.ts';
import { usePageCommand } from '../../platform/index.ts';
import { ExportDialog } from '../export/index.ts';
import { ShareDialog } from '../invitations/index.ts';
import { useCreateNote, VisibilityMark } from '../notes/index.ts';
import { CarnetDetails } from './CarnetDetails.tsx';
import type { CarnetContentNow } from './carnetContent.ts';
import { EntryArea } from './EntryArea.tsx';
import { NotePickerDialog } from './NotePickerDialog.tsx';
import styles from './CarnetPage.module.css';

interface Props {
  readonly page: CarnetPage;
  readonly content: CarnetContentNow;
  readonly doc: Y.Doc | null;
  readonly session: DocumentSessionView | null;
  readonly title: ReactNode;
  readonly description: ReactNode;
}

/** The page of a carnet, whoever looks at it. */
export function CarnetView({ page, content, doc, session, title, description }: Props) {
  const { t } = useTranslation();
  const { carnet } = page;
  const person = usePerson();
  const client = useQueryClient();
  const navigate = useNavigate();
  const failure = useFailure();
  const createNote = useCreateNote();
  const [dialog, setDialog] = useState<'picker' | 'export' | 'share' | null>(null);
  const close = (): void => setDialog(null);
  usePageCommand('export_pdf', () => setDialog('export'));
  const known = useMemo(() => new Map(page.entries.map((entry) => [entry.noteId, entry])), [page.entries]);
  const holding = useMemo(() => new Set(content.entries.map((entry) => entry.noteId)), [content.entries]);
  const isTrashed = carnet.trashedAt !== null;
  const canAdd = canContributeToCarnet(carnet.role) && !isTrashed && page.problem === null;
  const isManager = canManageCarnet(carnet.role);

  const onError = (error: unknown): void => notifyProblem(failure(error));
  const restore = useMutation({
    mutationFn: () => api.untrashCarnet(carnet.id),
    onSuccess: (next) => {
      client.setQueryData(keys.carnet(carnet.id), next);
      void client.invalidateQueries({ queryKey: keys.carnets });
      notify(t('carnets.restored'));
    },
    onError,
  });
  const back = useMutation({
    mutationFn: () => api.restoreCarnetGoodState(carnet.id),
    onSuccess: (next) => client.setQueryData(keys.carnet(carnet.id), next),
    onError,
  });
  const trash = useMutation({
    mutationFn: () => api.trashCarnet(carnet.id),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.carnets });
      void client.invalidateQueries({ queryKey: keys.carnet(carnet.id), refetchType: 'none' });
      void navigate({ to: '/' });
      notify(t('carnets.trashed'), { label: t('app.undo'), act: () => restore.mutate() });
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: (noteId: NoteId) => api.removeEntry(carnet.id, noteId),
    onSuccess: (next) => client.setQueryData(keys.carnet(carnet.id), next),
    onError,
  });
  const removeOwn = (noteId: NoteId): void => {
    const entry = known.get(noteId);
    remove.mutate(noteId, {
      onSuccess: () =>
        notify(t('carnets.entry.removed', { title: entry?.note?.title || t('app.untitled') }), {
          label: t('app.undo'),
          act: () => {
            api
              .integrateNote(carnet.id, noteId, entry?.category ?? null)
              .then((next) => client.setQueryData(keys.carnet(carnet.id), next), onError);
          },
        }),
    });
  };

  return (
    <>
      <PageHead
        state={
          session === null ? null : (
            <SaveState state={session.saveState} keepsLocally={session.keepsLocally} />
          )
        }
        acts={
          <>
            {session !== null && <PresenceAvatars people={session.people} />}
            {canInviteToCarnet(carnet.role) && !isTrashed && (
              <Button
                size="compact-md"
                variant="default"
                leftSection={<IconShare size={16} stroke={1.7} />}
                onClick={() => setDialog('share')}
              >
                {t('carnets.invite')}
              </Button>
            )}
            <Menu>
              <Menu.Target>
                <IconButton label={t('carnets.menu')}>
                  <IconDots size={18} stroke={1.7} />
                </IconButton>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconBook size={16} />} onClick={() => setDialog('export')}>
                  {t('carnets.export')}
                </Menu.Item>
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
          </>
        }
      >
        <Link to="/" className={styles.crumb}>
          {t('app.home')}
        </Link>
      </PageHead>
      <div className={styles.page} lang={carnet.language}>
        <SetAsideNotice kind="carnet" setAside={page} onBack={() => back.mutateAsync().catch(() => null)} />
        {isTrashed && (
          <p className={styles.marks} role="status">
            {t('carnets.inTrash')}
            {isManager && (
              <Button size="compact-sm" variant="light" onClick={() => restore.mutate()}>
                {t('carnets.restore')}
              </Button>
            )}
          </p>
        )}
        {title}
        {description}
        <p className={styles.marks}>
          <span>{t('notes.count', { count: content.entries.length })}</span>
          <VisibilityMark visibility={carnet.visibility} />
        </p>
        {canAdd && content.entries.length > 0 && (
          <div className={styles.acts}>
            <Button
              leftSection={<IconFilePlus size={17} stroke={1.7} />}
              onClick={() => createNote.mutate({ carnetId: carnet.id })}
            >
              {t('carnets.newNote')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconFiles size={17} stroke={1.7} />}
              onClick={() => setDialog('picker')}
            >
              {t('carnets.addNote')}
            </Button>
          </div>
        )}
        {content.entries.length === 0 && (
          <StatePage
            inline
            icon={<IconNotebook size={36} stroke={1.3} />}
            title={t('carnets.empty.title')}
            acts={
              canAdd ? (
                <>
                  <Button
                    leftSection={<IconFilePlus size={17} stroke={1.7} />}
                    onClick={() => createNote.mutate({ carnetId: carnet.id })}
                  >
                    {t('carnets.newNote')}
                  </Button>
                  <Button
                    variant="default"
                    leftSection={<IconFiles size={17} stroke={1.7} />}
                    onClick={() => setDialog('picker')}
                  >
                    {t('carnets.addNote')}
                  </Button>
                </>
              ) : undefined
            }
          >
            {t(canAdd ? 'carnets.empty.text' : 'carnets.empty.reader')}
          </StatePage>
        )}
        {(content.entries.length > 0 || content.categories.length > 0) && (
          <EntryArea
            carnetId={carnet.id}
            content={content}
            known={known}
            doc={doc}
            ownRemovals={
              doc === null && canAdd && person !== null ? { personId: person.id, remove: removeOwn } : null
            }
          />
        )}
      </div>
      <DetailsColumn>
        <CarnetDetails page={page} onExport={() => setDialog('export')} />
      </DetailsColumn>
      <NotePickerDialog carnetId={carnet.id} holding={holding} opened={dialog === 'picker'} onClose={close} />
      <ExportDialog
        subject="carnet"
        subjectId={carnet.id}
        language={carnet.language}
        opened={dialog === 'export'}
        onClose={close}
      />
      <ShareDialog subject="carnet" subjectId={carnet.id} opened={dialog === 'share'} onClose={close} />
    </>
  );
}

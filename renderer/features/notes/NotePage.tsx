import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { Suspense, useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import {
  canDiscussNote,
  canEditNote,
  canSeeNoteHistory,
  type NoteRole,
} from '#shared/permissions/permissions.ts';
import { api, keys, queries, usePerson } from '../../api/index.ts';
import { OutdatedNotePage, useDocumentSession } from '../../collaboration/index.ts';
import { EditorServicesProvider, NoteReader } from '../../editor/reading.ts';
import { Bar, DetailsColumn, PageHead } from '../../ui/index.ts';
import { DiscussionPanel, useDiscussionView } from '../threads/index.ts';
import { NewsBar, useNews } from '../versions/index.ts';
import { BodySkeleton } from './BodySkeleton.tsx';
import { NoteDetails } from './NoteDetails.tsx';
import { NoteBody } from './NoteBody.tsx';
import { NoteHead } from './NoteHead.tsx';
import { useNoteMode } from './useNoteMode.ts';
import { useNoteServices } from './useNoteServices.ts';
import styles from './NotePage.module.css';

/** One note: to be read first, and written in one act. */
export function NotePage({ noteId }: { readonly noteId: NoteId }) {
  return (
    <Suspense fallback={<NoteSkeleton />}>
      <LoadedNote noteId={noteId} />
    </Suspense>
  );
}

/** The page of a note before anything is known of it. */
function NoteSkeleton() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead />
      <div className={styles.page} role="status" aria-label={t('app.loading')}>
        <Bar width="70%" height={40} />
        <div className={styles.marks} />
        <BodySkeleton />
      </div>
    </>
  );
}

function LoadedNote({ noteId }: { readonly noteId: NoteId }) {
  const { t } = useTranslation();
  const page = useSuspenseQuery(queries.note(noteId)).data;
  const view = useDocumentSession(noteId, 'note');
  const services = useNoteServices(noteId);
  const canEdit =
    canEditNote(page.role) &&
    // What the open connection says comes before the page is asked for again.
    (view.role === null || canEditNote(view.role as NoteRole)) &&
    page.note.trashedAt === null &&
    page.problem === null &&
    view.mayBind &&
    view.problem === null;
  const client = useQueryClient();
  useEffect(() => {
    // The connection was told of another role before the page was, or while the page could not be told.
    if (view.role !== null && view.role !== page.role)
      void client.invalidateQueries({ queryKey: keys.note(noteId) });
  }, [client, noteId, view.role, page.role]);
  const { mode, setMode } = useNoteMode(noteId, canEdit);
  const person = usePerson();
  const mayDiscuss = person !== null && canDiscussNote(page.role);
  const { news, answer, onEnd } = useNews(noteId, view, person !== null && canSeeNoteHistory(page.role));
  const discussion = useDiscussionView();
  const { hash } = useLocation();
  const openDiscussion = useEffectEvent(() => discussion.open());
  useEffect(() => {
    // A notice of the discussion leads to it.
    if (hash === 'discussion') openDiscussion();
  }, [hash]);
  const canWriteThreads = page.note.trashedAt === null;
  const discussButton = useRef<HTMLButtonElement>(null);
  const title = page.note.title || t('app.untitled');
  useEffect(() => {
    document.title = `${title} – ${t('app.name')}`;
  }, [title, t]);
  return (
    <EditorServicesProvider value={services}>
      <NoteHead page={page} session={view.session} mode={mode} canEdit={canEdit} onMode={setMode} />
      {view.problem === 'app_outdated' && page.problem !== 'invalid_content' ? (
        <div className={styles.page}>
          <OutdatedNotePage
            noteId={noteId}
            loadContent={api.noteContent}
            reader={(content) => <NoteReader body={content.body as BodyNode} language={content.language} />}
          />
        </div>
      ) : (
        <div className={styles.sheet}>
          <NewsBar noteId={noteId} news={news} onAnswer={answer} />
          <NoteBody
            page={page}
            view={view}
            mode={mode}
            canEdit={canEdit}
            onMode={setMode}
            discussion={mayDiscuss ? discussion : null}
            onEnd={onEnd}
          />
        </div>
      )}
      <DetailsColumn>
        {mayDiscuss && discussion.isOpen ? (
          <DiscussionPanel
            noteId={noteId}
            canWrite={canWriteThreads}
            view={discussion}
            onClose={() => {
              discussion.close();
              requestAnimationFrame(() => discussButton.current?.focus());
            }}
          />
        ) : (
          <NoteDetails
            page={page}
            session={view.session}
            isLoaded={view.loaded}
            isOpening={view.saveState.kind === 'opening'}
            canEdit={canEdit}
            onDiscuss={mayDiscuss ? discussion.open : null}
            discussButton={discussButton}
          />
        )}
      </DetailsColumn>
    </EditorServicesProvider>
  );
}

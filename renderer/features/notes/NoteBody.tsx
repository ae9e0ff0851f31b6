import { Button } from '@mantine/core';
import type { Editor } from '@tiptap/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, memo, Suspense, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { titleOf } from '#shared/document/fields.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { ThreadAnchor } from '#shared/domain/Thread.ts';
import { canEditNote, canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { api, keys, useFailure, usePerson } from '../../api/index.ts';
import {
  type DocumentSession,
  type DocumentSessionView,
  DocumentNotices,
  SetAsideNotice,
} from '../../collaboration/index.ts';
import type { EditorSession } from '../../editor/EditorSession.ts';
import { NoteReader, NoteTitle, useBody, useNoteLanguage, useWordCount } from '../../editor/reading.ts';
import { usePageCommand } from '../../platform/index.ts';
import { notify, notifyProblem, useShell } from '../../ui/index.ts';
import { commentInEditor, type DiscussionView, PassageLayer, whoInEditor } from '../threads/index.ts';
import { WhoPanel } from '../versions/index.ts';
import { GuideFold } from '../collections/index.ts';
import { BodySkeleton } from './BodySkeleton.tsx';
import { KindMark } from './KindMark.tsx';
import { AsOf, HomeChip, MendingNotice, useIsMending } from '../homes/index.ts';
import { LockBanner } from './LockBanner.tsx';
import { placeCaret } from './placeCaret.ts';
import { Moment } from './Moment.tsx';
import type { NoteMode } from './noteMode.ts';
import { LiveSheet, SheetReader } from './sheet/NoteSheetView.tsx';
import { TemplateMark } from './TemplateMark.tsx';
import { VisibilityMark } from './VisibilityMark.tsx';
import styles from './NotePage.module.css';

/** The page's head and the editor's tools, which stay over the text. */
const stickyPixels = 100;
const loadEditor = () => import('../../editor/index.ts');
const NoteEditor = lazy(() => loadEditor().then(({ NoteEditor: component }) => ({ default: component })));

interface Props {
  readonly page: NotePage;
  readonly view: DocumentSessionView;
  readonly mode: NoteMode;
  readonly canEdit: boolean;
  readonly onMode: (mode: NoteMode) => void;
  /** Null for who may not take part in it. */
  readonly discussion: DiscussionView | null;
  /** The end of the text came into sight. */
  readonly onEnd: () => void;
}

/** The sheet: title, quiet marks, and the text, read or written. */
export function NoteBody(props: Props) {
  const { page, view, onEnd, ...rest } = props;
  const { t } = useTranslation();
  return (
    <article className={styles.page}>
      <Notices page={page} view={view} />
      <LockBanner page={page} />
      <AsOf path={`/api/notes/${page.note.id}`} />
      {view.loaded ? (
        <>
          <LiveNote
            key={view.session.doc.guid}
            page={page}
            session={view.session}
            isOnline={view.status === 'online'}
            {...rest}
          />
          <EndOfText onSight={onEnd} />
        </>
      ) : (
        <>
          <div className={styles.top}>
            <h1 className="note-title" lang={page.note.language}>
              {page.note.title || t('app.untitled')}
            </h1>
          </div>
          <Marks page={page} words={page.note.wordCount} />
          <SheetReader kind={page.note.kind} language={page.note.language} sheet={page.note.sheet} />
          <BodySkeleton />
        </>
      )}
    </article>
  );
}

function Marks({ page, words }: { readonly page: NotePage; readonly words: number }) {
  const { t } = useTranslation();
  return (
    <p className={styles.marks}>
      <KindMark kind={page.note.kind} />
      <VisibilityMark visibility={page.note.visibility} />
      <HomeChip document={page.note.id} canPlace={page.role === 'author' && page.note.trashedAt === null} />
      {page.note.isTemplate && <TemplateMark />}
      <span>{t('notes.words', { count: words })}</span>
      <Moment time={page.note.modifiedAt} />
    </p>
  );
}

/** The live document as the editor sees it. */
function useEditorSession(session: DocumentSession): EditorSession {
  return useMemo(
    () => ({
      doc: session.doc,
      awareness: session.awareness,
      attachEditor: (destroy) => session.guard.attach(destroy),
    }),
    [session],
  );
}

interface LiveProps extends Omit<Props, 'view' | 'onEnd'> {
  readonly session: DocumentSession;
  readonly isOnline: boolean;
}

/** Drawn again for what it shows, and not at each key for what becomes of it: whether it is stored is said in the head. */
const LiveNote = memo(function LiveNote({
  page,
  session,
  isOnline,
  mode,
  canEdit,
  onMode,
  discussion,
}: LiveProps) {
  const { t } = useTranslation();
  const isEditing = mode === 'editing';
  const editorSession = useEditorSession(session);
  const body = useBody(session.doc);
  const { words } = useWordCount(body);
  const language = useNoteLanguage(session.doc);
  const isMending = useIsMending(page.note.id);
  const editButton = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(isEditing);
  // A note with nothing in it yet is begun by its title.
  const [isNew] = useState(() => words === 0 && titleOf(session.doc).length === 0);
  const text = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (wasEditing.current && !isEditing) editButton.current?.focus({ preventScroll: true });
    wasEditing.current = isEditing;
  }, [isEditing]);
  // The editor is fetched while the note is read, so that « Modifier » answers at once.
  useEffect(() => {
    if (!canEdit) return undefined;
    const idle = setTimeout(() => void loadEditor(), 600);
    return () => clearTimeout(idle);
  }, [canEdit]);

  const [editor, setEditor] = useState<Editor | null>(null);
  // Asked of the relay, of what it has: of whoever may see the history, while it is there.
  const maySeeWho = usePerson() !== null && canSeeNoteHistory(page.role) && isOnline;
  const [asked, setAsked] = useState<{ readonly passage: ThreadAnchor; readonly place: DOMRect } | null>(
    null,
  );
  const onWho = maySeeWho ? (passage: ThreadAnchor, place: DOMRect) => setAsked({ passage, place }) : null;
  const navigate = useNavigate();
  usePageCommand('who', () => {
    if (onWho === null) return;
    if (editor !== null && !editor.state.selection.empty) whoInEditor(editor, session.doc, onWho);
    else
      void navigate({
        to: '/notes/$noteId/history',
        params: { noteId: page.note.id },
        search: { view: 'authors' },
      });
  });
  const { scroller } = useShell();
  const onEditor = (made: Editor | null): void => {
    setEditor(made);
    // A new note begins by its title; any other where it was being read, once the text is drawn.
    if (made === null || isNew) return;
    requestAnimationFrame(() => {
      if (!made.isDestroyed) placeCaret(made, scroller, stickyPixels);
    });
  };
  const toText = (): void => text.current?.querySelector<HTMLElement>('[contenteditable="true"]')?.focus();
  return (
    <>
      <div className={styles.top}>
        <div className={styles.title}>
          <NoteTitle
            session={editorSession}
            editable={isEditing}
            language={language}
            autoFocus={isEditing && isNew}
            onLeave={toText}
          />
        </div>
        {canEdit &&
          (isEditing ? (
            <Button
              ref={editButton}
              className={styles.edit ?? ''}
              variant="default"
              title={t('notes.readHint')}
              onClick={() => onMode('reading')}
            >
              {t('notes.read')}
            </Button>
          ) : (
            <Button
              ref={editButton}
              className={styles.edit ?? ''}
              title={t('notes.editHint')}
              leftSection={<IconPencil size={17} stroke={1.7} />}
              onClick={() => onMode('editing')}
            >
              {t('notes.edit')}
            </Button>
          ))}
      </div>
      <Marks page={page} words={words} />
      <LiveSheet
        kind={page.note.kind}
        language={language}
        doc={session.doc}
        isEditing={isEditing}
        canEdit={canEdit}
      />
      {discussion !== null && (
        <PassageLayer
          noteId={page.note.id}
          doc={session.doc}
          body={body}
          root={text}
          editor={editor}
          isReading={!isEditing}
          canWrite={page.note.trashedAt === null}
          view={discussion}
          onWho={onWho}
        />
      )}
      {isEditing && <Guides page={page} />}
      <div ref={text}>
        {isEditing ? (
          <Suspense fallback={<NoteReader body={body} language={language} />}>
            <NoteEditor
              session={editorSession}
              noteId={page.note.id}
              language={language}
              onEditor={onEditor}
              {...(discussion !== null && editor !== null
                ? { onComment: () => commentInEditor(editor, session.doc, discussion) }
                : {})}
              {...(onWho !== null && editor !== null
                ? { onWho: () => whoInEditor(editor, session.doc, onWho) }
                : {})}
              onExit={() => onMode('reading')}
            />
          </Suspense>
        ) : (
          <NoteReader body={body} language={language} mayLack={page.problem !== null || isMending} />
        )}
      </div>
      {asked !== null && (
        <WhoPanel
          noteId={page.note.id}
          passage={asked.passage}
          place={asked.place}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
});

/** The place where the text ends. */
function EndOfText({ onSight }: { readonly onSight: () => void }) {
  const { scroller } = useShell();
  const place = useRef<HTMLDivElement>(null);
  const tell = useEffectEvent(onSight);
  useEffect(() => {
    if (place.current === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) tell();
      },
      { root: scroller },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [scroller]);
  return <div ref={place} aria-hidden="true" />;
}

/** What those who keep the carnets of a note ask of who writes in it: for who may add to them. */
function Guides({ page }: { readonly page: NotePage }) {
  const { t } = useTranslation();
  return page.carnets
    .filter(({ guide }) => guide != null)
    .map(({ id, title, guide }) => (
      <GuideFold
        key={id}
        title={t('carnets.guide.of', { title: title || t('app.untitled') })}
        guide={guide as BodyNode}
        language={page.note.language}
      />
    ));
}

const isAboutContent = (problem: DocumentSessionView['problem']): boolean =>
  problem === 'app_outdated' || problem === 'unknown_content';

/** What the person must know before reading on: the trash, a fault, a copy kept apart. */
function Notices({ page, view }: { readonly page: NotePage; readonly view: DocumentSessionView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const restore = useMutation({
    mutationFn: () => api.untrashNote(page.note.id),
    onSuccess: (next) => {
      client.setQueryData(keys.note(page.note.id), next);
      void client.invalidateQueries({ queryKey: keys.notes });
      notify(t('notes.restored'));
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  const back = useMutation({
    mutationFn: () => api.restoreNoteGoodState(page.note.id),
    onSuccess: (next) => client.setQueryData(keys.note(page.note.id), next),
    onError: (error) => notifyProblem(failure(error)),
  });
  // This device may have more of a damaged note than its home.
  const isHere = page.problem === 'damaged' && view.problem === 'document_damaged';
  const isSetAside = page.problem === 'invalid_content';
  const isMending = useIsMending(page.note.id);
  const isSaid =
    isHere ||
    (isSetAside && isAboutContent(view.problem)) ||
    (isMending && view.problem === 'document_damaged');
  return (
    // What ended the connection stays in sight wherever the text was being read.
    <div className={view.problem === null ? '' : (styles.held ?? '')}>
      {page.note.trashedAt !== null && (
        <div className={styles.notice} role="status">
          <IconTrash size={20} stroke={1.7} aria-hidden="true" />
          <span>{t('notes.inTrash')}</span>
          {canEditNote(page.role) && (
            <Button size="compact-md" variant="default" onClick={() => restore.mutate()}>
              {t('notes.restore')}
            </Button>
          )}
        </div>
      )}
      <MendingNotice document={page.note.id} />
      {!(isMending && page.problem === 'damaged') && (
        <SetAsideNotice
          kind="note"
          setAside={page}
          hasMore={isHere}
          onBack={() => back.mutateAsync().catch(() => null)}
        />
      )}
      <DocumentNotices
        documentId={page.note.id}
        // What no editor can hold is said once, and this application is not too old for it.
        view={isSaid ? { ...view, problem: null } : view}
      />
    </div>
  );
}

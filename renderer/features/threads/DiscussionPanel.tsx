import { Button, Checkbox, UnstyledButton } from '@mantine/core';
import { IconArrowLeft, IconChevronDown, IconChevronRight, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ThreadLine } from '#shared/api/threads.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { IconButton, idOf, LineList, RowSkeletons, useShell } from '../../ui/index.ts';
import { Composer } from './Composer.tsx';
import { useWaitingWords } from '../outbox/index.ts';
import { ThreadCard } from './ThreadCard.tsx';
import { threadQueries } from '../outbox/index.ts';
import type { DiscussionView } from './useDiscussionView.ts';
import { useDiscussion } from './useDiscussion.ts';
import { WaitingMessage } from './WaitingMessage.tsx';
import styles from './threads.module.css';

interface Props {
  readonly noteId: NoteId;
  /** False in the trash. */
  readonly canWrite: boolean;
  readonly onClose: () => void;
  readonly view: DiscussionView;
}

const lastSaid = (thread: ThreadLine): number => thread.messages.at(-1)?.createdAt ?? thread.createdAt;

/** The discussion of a note, in the details column: a new thread, the open ones with the liveliest first, the settled ones. */
export function DiscussionPanel({ noteId, canWrite, onClose, view }: Props) {
  const { t } = useTranslation();
  const { data, isError, refetch } = useQuery(threadQueries.list(noteId));
  const discussion = useDiscussion(noteId);
  const { detailsHost } = useShell();
  const [isAnnounced, setAnnounced] = useState(false);
  const announceTo = data?.announceTo ?? null;
  const [areSettledShown, setSettledShown] = useState(false);
  const head = useRef<HTMLHeadingElement>(null);
  const isAsked = useEffectEvent(() => view.anchor !== null || view.active !== null);
  useEffect(() => {
    if (!isAsked()) head.current?.focus({ preventScroll: true });
  }, []);
  const threads = (data?.threads ?? []).toSorted((a, b) => lastSaid(b) - lastSaid(a));
  const open = threads.filter((thread) => thread.resolvedAt === null);
  const settled = threads.filter((thread) => thread.resolvedAt !== null);
  // What arrived while its answer was lost is there already.
  const said = new Set(threads.flatMap((thread) => thread.messages.map((message) => message.id)));
  const waiting = useWaitingWords().words.filter(
    (words) => words.note === noteId && !words.takenBack && !said.has(words.id),
  );
  const known = new Set(threads.map((thread) => thread.id));
  const begun = waiting.filter((words) => !known.has(words.thread));
  const list = (some: readonly ThreadLine[]) => (
    <LineList
      items={some}
      keyOf={idOf}
      lineHeight={160}
      total={threads.reduce((sum, thread) => sum + thread.messages.length, 0)}
      kept={view.active}
      scroller={detailsHost}
      line={(thread, place) => (
        <li {...place}>
          <ThreadCard
            noteId={noteId}
            thread={thread}
            discussion={discussion}
            waiting={waiting.filter((words) => words.thread === thread.id)}
            canWrite={canWrite}
            isActive={thread.id === view.active}
            isPlaced={view.placed === null || view.placed.has(thread.id)}
            onShow={() => view.show(thread.id)}
          />
        </li>
      )}
    />
  );
  return (
    <div
      role="group"
      aria-label={t('threads.panelTitle')}
      className={styles.panel}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <header className={styles.head}>
        <IconButton label={t('threads.back')} onClick={onClose}>
          <IconArrowLeft size={18} />
        </IconButton>
        <h2 ref={head} tabIndex={-1} className={styles.title}>
          {t('threads.panelTitle')}
        </h2>
      </header>
      {canWrite && (
        <div className={styles.new}>
          {view.anchor !== null && (
            <div className={styles.aboutPassage}>
              <blockquote className={styles.quote}>{view.anchor.quote}</blockquote>
              <IconButton label={t('threads.wholeNote')} size={28} onClick={() => view.comment(null)}>
                <IconX size={16} />
              </IconButton>
            </div>
          )}
          <Composer
            key={view.anchor?.start ?? 'note'}
            noteId={noteId}
            place={`note ${noteId}`}
            autoFocus={view.anchor !== null}
            label={t(view.anchor === null ? 'threads.newThread' : 'threads.newComment')}
            placeholder={t('threads.newPlaceholder')}
            act={t('threads.start')}
            onSend={async (text, mentions) => {
              const announce = isAnnounced && announceTo !== null;
              await discussion.start(text, mentions, { anchor: view.anchor, announce });
              setAnnounced(false);
              view.comment(null);
            }}
          >
            {announceTo !== null && (
              <Checkbox
                size="sm"
                label={t('threads.announce', { name: announceTo.name })}
                checked={isAnnounced}
                onChange={(event) => setAnnounced(event.currentTarget.checked)}
              />
            )}
          </Composer>
        </div>
      )}
      {begun.map((words) => (
        <div key={words.id} className={styles.thread}>
          {words.begins?.anchor && (
            <blockquote className={styles.quote}>{words.begins.anchor.quote}</blockquote>
          )}
          <WaitingMessage words={words} />
        </div>
      ))}
      {isError ? (
        <div className={styles.state} role="alert">
          <p>{t('threads.failed')}</p>
          <Button size="compact-md" variant="default" onClick={() => void refetch()}>
            {t('app.retry')}
          </Button>
        </div>
      ) : data === undefined ? (
        <RowSkeletons count={3} height={72} label={t('app.loading')} />
      ) : threads.length === 0 ? (
        begun.length > 0 ? null : (
          <div className={styles.state}>
            <p className={styles.emptyTitle}>{t('threads.empty.title')}</p>
            <p>{t('threads.empty.text')}</p>
          </div>
        )
      ) : (
        <>
          {list(open)}
          {settled.length > 0 && (
            <>
              <UnstyledButton
                className={styles.settled ?? ''}
                aria-expanded={areSettledShown}
                onClick={() => setSettledShown(!areSettledShown)}
              >
                {areSettledShown ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
                {t('threads.resolved', { count: settled.length })}
              </UnstyledButton>
              {areSettledShown && list(settled)}
            </>
          )}
        </>
      )}
    </div>
  );
}

import { Button, UnstyledButton } from '@mantine/core';
import { IconArrowLeft, IconChevronDown, IconChevronRight, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ThreadLine } from '#shared/api/threads.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { IconButton, RowSkeletons } from '../../ui/index.ts';
import { Composer } from './Composer.tsx';
import { ThreadCard } from './ThreadCard.tsx';
import { threadQueries } from './threadsApi.ts';
import type { DiscussionView } from './useDiscussionView.ts';
import { useDiscussion } from './useDiscussion.ts';
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
  const [areSettledShown, setSettledShown] = useState(false);
  const head = useRef<HTMLHeadingElement>(null);
  const isAsked = useEffectEvent(() => view.anchor !== null || view.active !== null);
  useEffect(() => {
    if (!isAsked()) head.current?.focus({ preventScroll: true });
  }, []);
  const threads = (data?.threads ?? []).toSorted((a, b) => lastSaid(b) - lastSaid(a));
  const open = threads.filter((thread) => thread.resolvedAt === null);
  const settled = threads.filter((thread) => thread.resolvedAt !== null);
  const list = (some: readonly ThreadLine[]) => (
    <ul role="list" className={styles.threads}>
      {some.map((thread) => (
        <li key={thread.id}>
          <ThreadCard
            noteId={noteId}
            thread={thread}
            discussion={discussion}
            canWrite={canWrite}
            isActive={thread.id === view.active}
            isPlaced={view.placed === null || view.placed.has(thread.id)}
            onShow={() => view.show(thread.id)}
          />
        </li>
      ))}
    </ul>
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
              await discussion.start(text, mentions, view.anchor);
              view.comment(null);
            }}
          />
        </div>
      )}
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
        <div className={styles.state}>
          <p className={styles.emptyTitle}>{t('threads.empty.title')}</p>
          <p>{t('threads.empty.text')}</p>
        </div>
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

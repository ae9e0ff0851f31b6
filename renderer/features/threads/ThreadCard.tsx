import { Button, UnstyledButton } from '@mantine/core';
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ThreadLine } from '#shared/api/threads.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { IconButton, idOf, LineList, useShell } from '../../ui/index.ts';
import { Composer } from './Composer.tsx';
import { Message } from './Message.tsx';
import { WaitingMessage } from './WaitingMessage.tsx';
import type { WaitingWords } from '../outbox/index.ts';
import type { Discussion } from './useDiscussion.ts';
import styles from './threads.module.css';

interface Props {
  readonly noteId: NoteId;
  readonly thread: ThreadLine;
  readonly discussion: Discussion;
  /** What this person said in it, on its way. */
  readonly waiting: readonly WaitingWords[];
  readonly canWrite: boolean;
  /** It was asked for: the focus goes there. */
  readonly isActive: boolean;
  /** Whether the passage that it is about is in the note. */
  readonly isPlaced: boolean;
  /** Shows that passage in the text. */
  readonly onShow: () => void;
}

/** One thread: what was said, in order, and the way to answer or to settle it. */
export function ThreadCard({
  noteId,
  thread,
  discussion,
  waiting,
  canWrite,
  isActive,
  isPlaced,
  onShow,
}: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { detailsHost } = useShell();
  const [isReplying, setReplying] = useState(false);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isActive || card.current?.contains(document.activeElement) === true) return;
    card.current?.scrollIntoView({ block: 'nearest' });
    card.current?.focus({ preventScroll: true });
  }, [isActive]);
  const answer = useRef<HTMLButtonElement>(null);
  const { resolvedAt, resolvedBy } = thread;
  const isResolved = resolvedAt !== null;
  const name = thread.messages[0]?.by?.name ?? t('threads.someone');
  const stop = (): void => {
    setReplying(false);
    requestAnimationFrame(() => answer.current?.focus());
  };
  return (
    <section
      ref={card}
      tabIndex={-1}
      className={styles.thread}
      data-thread={thread.id}
      data-active={isActive}
      aria-label={t('threads.thread', { name })}
    >
      {thread.anchor !== null &&
        (isPlaced ? (
          <UnstyledButton className={styles.quote ?? ''} title={t('threads.showPassage')} onClick={onShow}>
            {thread.anchor.quote}
          </UnstyledButton>
        ) : (
          <blockquote className={styles.quote}>{thread.anchor.quote}</blockquote>
        ))}
      {thread.anchor !== null && !isPlaced && <p className={styles.gone}>{t('threads.passageGone')}</p>}
      <LineList
        items={thread.messages}
        keyOf={idOf}
        lineHeight={72}
        scroller={detailsHost}
        line={(message, place) => (
          <li {...place} className={styles.message} data-message={message.id}>
            <Message
              noteId={noteId}
              threadId={thread.id}
              message={message}
              discussion={discussion}
              canWrite={canWrite}
            />
          </li>
        )}
      />
      {waiting.map((words) => (
        <div key={words.id} className={styles.message}>
          <WaitingMessage words={words} />
        </div>
      ))}
      {isResolved && (
        <p className={styles.resolvedBy}>
          {t('threads.resolvedBy', {
            name: resolvedBy?.name ?? t('threads.someone'),
            date: formatDateTime(resolvedAt, language),
          })}
        </p>
      )}
      {canWrite &&
        (isReplying ? (
          <Composer
            noteId={noteId}
            place={`thread ${thread.id}`}
            label={t('threads.replyTo', { name })}
            placeholder={t('threads.replyPlaceholder')}
            act={t('threads.send')}
            autoFocus
            onSend={async (text, mentions) => {
              await discussion.reply(thread.id, text, mentions);
              stop();
            }}
            onCancel={stop}
          />
        ) : (
          <div className={styles.threadActs}>
            {!isResolved && (
              <Button
                ref={answer}
                size="compact-sm"
                variant="subtle"
                leftSection={<IconArrowBackUp size={15} aria-hidden="true" />}
                onClick={() => setReplying(true)}
              >
                {t('threads.reply')}
              </Button>
            )}
            {thread.mayResolve &&
              (isResolved ? (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  loading={discussion.resolve.isPending}
                  onClick={() => discussion.resolve.mutate({ id: thread.id, resolved: false })}
                >
                  {t('threads.reopen')}
                </Button>
              ) : (
                <IconButton
                  label={t('threads.resolve')}
                  className={styles.settle ?? ''}
                  onClick={() => discussion.resolve.mutate({ id: thread.id, resolved: true })}
                >
                  <IconCheck size={17} />
                </IconButton>
              ))}
          </div>
        ))}
    </section>
  );
}

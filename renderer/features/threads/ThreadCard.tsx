import { Button } from '@mantine/core';
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ThreadLine } from '#shared/api/threads.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { IconButton } from '../../ui/index.ts';
import { Composer } from './Composer.tsx';
import { Message } from './Message.tsx';
import type { Discussion } from './useDiscussion.ts';
import styles from './threads.module.css';

interface Props {
  readonly noteId: NoteId;
  readonly thread: ThreadLine;
  readonly discussion: Discussion;
  readonly canWrite: boolean;
}

/** One thread: what was said, in order, and the way to answer or to settle it. */
export function ThreadCard({ noteId, thread, discussion, canWrite }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [isReplying, setReplying] = useState(false);
  const answer = useRef<HTMLButtonElement>(null);
  const { resolvedAt, resolvedBy } = thread;
  const isResolved = resolvedAt !== null;
  const name = thread.messages[0]?.by?.name ?? t('threads.someone');
  const stop = (): void => {
    setReplying(false);
    requestAnimationFrame(() => answer.current?.focus());
  };
  return (
    <section className={styles.thread} data-thread={thread.id} aria-label={t('threads.thread', { name })}>
      <ol role="list" className={styles.messages}>
        {thread.messages.map((message) => (
          <Message
            key={message.id}
            noteId={noteId}
            threadId={thread.id}
            message={message}
            discussion={discussion}
            canWrite={canWrite}
          />
        ))}
      </ol>
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

import { Button, Menu } from '@mantine/core';
import { IconDots, IconFlag, IconPencil, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageLine } from '#shared/api/threads.ts';
import type { NoteId, ThreadId } from '#shared/domain/ids.ts';
import { usePerson, useSession } from '../../api/index.ts';
import { formatDateTime, formatRelative, useLanguage } from '../../i18n/index.ts';
import { DateText, IconButton, PersonLink, PersonMark } from '../../ui/index.ts';
import { Composer } from './Composer.tsx';
import { MessageWords } from './MessageWords.tsx';
import { ReportDialog } from './ReportDialog.tsx';
import type { Discussion } from './useDiscussion.ts';
import styles from './threads.module.css';

const formats = { dateTime: formatDateTime, relative: formatRelative };

interface Props {
  readonly noteId: NoteId;
  readonly threadId: ThreadId;
  readonly message: MessageLine;
  readonly discussion: Discussion;
  /** False in the trash. */
  readonly canWrite: boolean;
}

/** What somebody said; who said it may say it anew or take it back. */
export function Message({ noteId, threadId, message, discussion, canWrite }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const me = usePerson();
  const isOwn = message.by !== null && me?.id === message.by.id;
  const [state, setState] = useState<'shown' | 'edited' | 'asked'>('shown');
  const menu = useRef<HTMLButtonElement>(null);
  // On one's own computer there is nobody to report to.
  const mayReport = useSession().relay.kind === 'community';
  const [isReporting, setReporting] = useState(false);
  const show = (): void => {
    setState('shown');
    // Once the menu is drawn again.
    requestAnimationFrame(() => menu.current?.focus());
  };
  if (message.deletedAt !== null) return <p className={styles.retracted}>{t('threads.retracted')}</p>;
  const name = message.by?.name ?? t('threads.someone');
  return (
    <>
      <div className={styles.by}>
        {message.by !== null && <PersonMark person={message.by} size={22} />}
        <span className={styles.who}>{message.by === null ? name : <PersonLink person={message.by} />}</span>
        <span className={styles.when}>
          <DateText time={message.createdAt} language={language} formats={formats} />
        </span>
        {!isOwn && mayReport && !message.isHidden && state === 'shown' && (
          <IconButton ref={menu} label={t('threads.report.act')} size={28} onClick={() => setReporting(true)}>
            <IconFlag size={15} />
          </IconButton>
        )}
        {isOwn && canWrite && state === 'shown' && (
          <Menu>
            <Menu.Target>
              <IconButton ref={menu} label={t('threads.menu')} size={28}>
                <IconDots size={16} />
              </IconButton>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setState('edited')}>
                {t('threads.edit')}
              </Menu.Item>
              <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setState('asked')}>
                {t('threads.retract')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {state === 'edited' ? (
        <Composer
          noteId={noteId}
          place={`message ${message.id}`}
          first={{ text: message.text, people: message.mentions }}
          label={t('threads.editLabel')}
          act={t('threads.save')}
          autoFocus
          onSend={async (text, mentions) => {
            await discussion.edit(threadId, message.id, text, mentions);
            show();
          }}
          onCancel={show}
        />
      ) : message.isHidden && !isOwn ? (
        <p className={styles.retracted}>{t('threads.report.hidden')}</p>
      ) : (
        <MessageWords text={message.text} people={message.mentions}>
          {message.writtenAt !== null && (
            <span className={styles.edited}>
              {' '}
              ({t('threads.writtenOffline', { date: formatDateTime(message.writtenAt, language) })})
            </span>
          )}
          {message.editedAt !== null && (
            <span
              className={styles.edited}
              title={t('threads.editedAt', { date: formatDateTime(message.editedAt, language) })}
            >
              {' '}
              ({t('threads.edited')})
            </span>
          )}
        </MessageWords>
      )}
      {message.isHidden && isOwn && <p className={styles.retracted}>{t('threads.report.hiddenOwn')}</p>}
      {isReporting && (
        <ReportDialog
          noteId={noteId}
          threadId={threadId}
          messageId={message.id}
          onClose={() => setReporting(false)}
        />
      )}
      {state === 'asked' && (
        <div className={styles.question} role="group" aria-label={t('threads.retract')}>
          <p>{t('threads.retractQuestion')}</p>
          <div className={styles.composerActs}>
            <Button size="compact-sm" variant="default" onClick={show}>
              {t('app.cancel')}
            </Button>
            <Button
              size="compact-sm"
              color="red"
              data-autofocus
              autoFocus
              loading={discussion.retract.isPending}
              onClick={() => discussion.retract.mutate({ id: threadId, message: message.id })}
            >
              {t('threads.retract')}
            </Button>
          </div>
        </div>
      )}
    </>
  );
}

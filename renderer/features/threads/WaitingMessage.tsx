import { Button } from '@mantine/core';
import { IconClock, IconCloudOff, IconPencil, IconRefresh, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePerson } from '../../api/index.ts';
import { PersonMark } from '../../ui/index.ts';
import { Composer } from './Composer.tsx';
import { MessageWords } from './MessageWords.tsx';
import { useOutbox, useWaitingWords } from '../outbox/index.ts';
import type { WaitingWords } from '../outbox/index.ts';
import styles from './threads.module.css';

/** Words that have not left yet: they stay in sight, and may be said anew or taken back. */
export function WaitingMessage({ words }: { readonly words: WaitingWords }) {
  const { t } = useTranslation();
  const me = usePerson();
  const outbox = useOutbox();
  const { isOffline } = useWaitingWords();
  const [isEdited, setEdited] = useState(false);
  const { refusal } = words;
  return (
    <div className={styles.waiting} data-waiting={words.id}>
      <div className={styles.by}>
        {me !== null && <PersonMark person={me} size={22} />}
        <span className={styles.who}>{me?.name}</span>
      </div>
      {isEdited ? (
        <Composer
          noteId={words.note}
          place={`waiting ${words.id}`}
          first={{ text: words.text, people: words.people }}
          label={t('threads.editLabel')}
          act={t('threads.save')}
          autoFocus
          onSend={async (text, people) => {
            await outbox?.change(words.id, text, people);
            setEdited(false);
          }}
          onCancel={() => setEdited(false)}
        />
      ) : (
        <>
          <MessageWords text={words.text} people={words.people} />
          <p className={refusal === null ? styles.waits : styles.problem} role="status">
            {refusal === null ? (
              <>
                {isOffline ? (
                  <IconCloudOff size={15} stroke={1.7} aria-hidden="true" />
                ) : (
                  <IconClock size={15} stroke={1.7} aria-hidden="true" />
                )}
                {t(isOffline ? 'threads.outbox.waits' : 'threads.outbox.leaves')}
              </>
            ) : (
              t('threads.outbox.refused', { reason: t(`app.codes.${refusal}`) })
            )}
          </p>
          <div className={styles.waitingActs}>
            {refusal !== null && (
              <Button
                size="compact-sm"
                variant="subtle"
                leftSection={<IconRefresh size={15} aria-hidden="true" />}
                onClick={() => void outbox?.change(words.id, words.text, words.people)}
              >
                {t('app.retry')}
              </Button>
            )}
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconPencil size={15} aria-hidden="true" />}
              onClick={() => setEdited(true)}
            >
              {t('threads.edit')}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              leftSection={<IconX size={15} aria-hidden="true" />}
              onClick={() => void outbox?.takeBack(words.id)}
            >
              {t('threads.outbox.takeBack')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

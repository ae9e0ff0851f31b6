import { Button, CopyButton, Modal } from '@mantine/core';
import { IconMessageExclamation } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOutbox, useWaitingWords } from './OutboxProvider.tsx';
import styles from './UnsentWords.module.css';

/** Says that words of discussions were refused, also of notes that are closed to the person now, and gives them back. Shows nothing where there are none. */
export function UnsentWords() {
  const { t } = useTranslation();
  const outbox = useOutbox();
  const [isOpen, setOpen] = useState(false);
  const words = useWaitingWords().words.filter((one) => one.refusal !== null && !one.takenBack);
  if (words.length === 0) return null;
  return (
    <>
      <div className={styles.notice} data-testid="unsent-words">
        <IconMessageExclamation size={18} stroke={1.7} aria-hidden="true" />
        <p>{t('threads.outbox.unsent', { count: words.length })}</p>
        <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
          {t('threads.outbox.show')}
        </Button>
      </div>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('threads.outbox.title')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <ul role="list" className={styles.list}>
          {words.map((one) => (
            <li key={one.id}>
              <p className={styles.words}>{one.text}</p>
              <p className={styles.reason}>{t(`app.codes.${one.refusal ?? 'internal'}`)}</p>
              <div className={styles.acts}>
                <Button
                  component={Link}
                  to={`/notes/${one.note}`}
                  hash="discussion"
                  size="compact-sm"
                  variant="subtle"
                >
                  {t('threads.outbox.note')}
                </Button>
                <CopyButton value={one.text}>
                  {({ copied, copy }) => (
                    <Button size="compact-sm" variant="subtle" onClick={copy}>
                      {t(copied ? 'app.copied' : 'app.copy')}
                    </Button>
                  )}
                </CopyButton>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  onClick={() => void outbox?.takeBack(one.id)}
                >
                  {t('threads.outbox.takeBack')}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      </Modal>
    </>
  );
}

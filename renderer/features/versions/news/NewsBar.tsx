import { Button } from '@mantine/core';
import { IconEye, IconPlugConnected, IconX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { NoteId } from '#shared/domain/ids.ts';
import { IconButton } from '../../../ui/index.ts';
import type { News } from './useNews.ts';
import { useNewsSentence } from './useNewsSentence.ts';
import styles from './NewsBar.module.css';

interface Props {
  readonly noteId: NoteId;
  readonly news: News | null;
  /** They were looked at, or put away. */
  readonly onAnswer: () => void;
}

/** A quiet bar at the foot of a note: what others changed since this person last read it, and the way to see it. */
export function NewsBar({ noteId, news, onAnswer }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const sentence = useNewsSentence();
  const show = ({ fromSeq, kind }: News): void => {
    onAnswer();
    void navigate({
      to: '/notes/$noteId/history',
      params: { noteId },
      search: { since: fromSeq, why: kind },
    });
  };
  return (
    // Always there, and empty most of the time: what comes into it later is said by screen readers.
    <div role="status" className={styles.place}>
      {news !== null && (
        <div className={styles.bar} data-testid="news-bar">
          {news.kind === 'absence' ? (
            <IconPlugConnected size={18} stroke={1.7} aria-hidden="true" />
          ) : (
            <IconEye size={18} stroke={1.7} aria-hidden="true" />
          )}
          <p className={styles.words}>
            {sentence(news)}
            {news.both > 0 && news.kind === 'absence' && (
              <> {t('versions.news.both', { count: news.both })}</>
            )}
          </p>
          <Button size="compact-md" variant="default" className={styles.act ?? ''} onClick={() => show(news)}>
            {t('versions.news.show')}
          </Button>
          <IconButton label={t('versions.news.dismiss')} onClick={onAnswer}>
            <IconX size={16} stroke={1.8} />
          </IconButton>
        </div>
      )}
    </div>
  );
}

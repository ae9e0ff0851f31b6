import { Button } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoteId } from '#shared/domain/ids.ts';
import { Bar, DetailsBlock } from '../../ui/index.ts';
import { threadQueries } from '../outbox/index.ts';
import styles from './threads.module.css';

interface Props {
  readonly noteId: NoteId;
  readonly onOpen: () => void;
  readonly button?: Ref<HTMLButtonElement>;
}

/** The block of the details column: how much is being said of the note, and the way in. For who may discuss it (`canDiscussNote`). */
export function DiscussionBlock({ noteId, onOpen, button }: Props) {
  const { t } = useTranslation();
  const { data, isError } = useQuery(threadQueries.list(noteId));
  const open = (data?.threads ?? []).filter((thread) => thread.resolvedAt === null);
  return (
    <DetailsBlock title={t('threads.title')} icon={<IconMessages size={16} stroke={1.7} />}>
      <div className={`${styles.many} ${open.length === 0 ? styles.quiet : ''}`}>
        {data === undefined && !isError && <Bar width="60%" height={12} />}
        {/* What went wrong is said in the panel, with the way to try again. */}
        {data !== undefined &&
          (open.length === 0 ? t('threads.noneOpen') : t('threads.openCount', { count: open.length }))}
      </div>
      <Button
        ref={button}
        className={styles.enter ?? ''}
        size="compact-md"
        variant="default"
        onClick={onOpen}
      >
        {t('threads.open')}
      </Button>
    </DetailsBlock>
  );
}

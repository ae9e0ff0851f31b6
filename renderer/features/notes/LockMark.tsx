import { IconRosetteDiscountCheck } from '@tabler/icons-react';
import { lockWords, type NoteLock } from '#shared/domain/lock.ts';
import { useLanguage } from '../../i18n/index.ts';
import styles from './VisibilityMark.module.css';

/** That a note stands as it was adopted, and since which day; nothing for one that is open. */
export function LockMark({ lock }: { readonly lock: Pick<NoteLock, 'day' | 'sentence'> | null }) {
  const language = useLanguage();
  if (lock === null) return null;
  return (
    <span className={styles.mark}>
      <IconRosetteDiscountCheck size={15} stroke={1.7} aria-hidden="true" />
      {lockWords(lock, language)}
    </span>
  );
}

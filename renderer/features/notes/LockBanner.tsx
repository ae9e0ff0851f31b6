import { Button } from '@mantine/core';
import { IconRosetteDiscountCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { lockWords } from '#shared/domain/lock.ts';
import { canLockNote } from '#shared/permissions/permissions.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { useLockNote } from './useLockNote.ts';
import styles from './Lock.module.css';

/** Says that a note stands as it was adopted, and who locked it; its authors open it again. */
export function LockBanner({ page }: { readonly page: NotePage }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { unlock } = useLockNote(page.note.id);
  const { lock } = page.note;
  if (lock === null) return null;
  return (
    <div className={styles.banner} role="status" data-testid="lock-banner">
      <IconRosetteDiscountCheck size={22} stroke={1.6} aria-hidden="true" />
      <div>
        <p className={styles.words}>{lockWords(lock, language)}</p>
        <p className={styles.by}>
          {t(canLockNote(page.role) ? 'notes.lock.byForAuthors' : 'notes.lock.by', {
            name: lock.by.name,
            date: formatDateTime(lock.at, language),
          })}
        </p>
      </div>
      {canLockNote(page.role) && (
        <Button
          size="compact-md"
          variant="default"
          loading={unlock.isPending}
          onClick={() => unlock.mutate(lock)}
        >
          {t('notes.lock.unlock')}
        </Button>
      )}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { NoteId } from '#shared/domain/ids.ts';
import { ActLine } from './ActLine.tsx';
import { versionQueries } from './versionsApi.ts';
import styles from './VersionsBlock.module.css';

/** When a note was locked as it was adopted and opened again, and by whom: no version of its own says so. Nothing where it never was. */
export function LockActs({ noteId }: { readonly noteId: NoteId }) {
  const { t } = useTranslation();
  const { data } = useQuery(versionQueries.lockActs(noteId));
  const acts = data?.acts ?? [];
  if (acts.length === 0) return null;
  return (
    <ol role="list" className={`${styles.list} ${styles.locks}`} aria-label={t('versions.acts.locks')}>
      {acts.map((act) => (
        <li key={`${act.kind} ${act.at}`} className={styles.line}>
          <ActLine act={act} />
        </li>
      ))}
    </ol>
  );
}

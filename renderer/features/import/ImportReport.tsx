import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ImportPreview } from '#shared/api/imports.ts';
import styles from './ImportDialog.module.css';

/** What could not be kept, and in which notes; nothing where all of it was. */
export function ImportReport({ preview }: { readonly preview: ImportPreview }) {
  const { t } = useTranslation();
  const { losses, unused } = preview;
  if (losses.length === 0 && unused.count === 0) return <p className={styles.hint}>{t('imports.allKept')}</p>;
  return (
    <section className={styles.report} aria-label={t('imports.report')}>
      <h3 className={styles.reportHead}>
        <IconInfoCircle size={18} stroke={1.7} aria-hidden="true" />
        {t('imports.report')}
      </h3>
      <ul className={styles.reportLines}>
        {losses.map(({ loss, notes, titles, examples }) => (
          <li key={loss}>
            {t(`imports.losses.${loss}`)}
            {examples.length > 0 && (
              <>
                {' '}
                <span className={styles.examples}>{examples.join(', ')}</span>
              </>
            )}
            <span className={styles.where}>
              {titles.slice(0, 3).join(' · ')}
              {notes > 3 && ` · ${t('imports.moreNotes', { count: notes - Math.min(3, titles.length) })}`}
            </span>
          </li>
        ))}
        {unused.count > 0 && (
          <li>
            {t('imports.unused', { count: unused.count })}{' '}
            <span className={styles.examples}>{unused.paths.slice(0, 5).join(', ')}</span>
          </li>
        )}
      </ul>
    </section>
  );
}

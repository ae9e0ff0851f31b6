import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconPhotoOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type MissingTextsOf, queries } from '../../api/index.ts';
import styles from './ExportDialog.module.css';

interface Props {
  readonly of: MissingTextsOf;
  readonly onLeave: () => void;
}

/** At most so many notes are named; the others are counted. */
const mostNamed = 5;

/** The pictures that a screen reader could only pass over, before a book is made of them: where they are, and the way there. Nothing where all are described. */
export function MissingTexts({ of, onLeave }: Props) {
  const { t } = useTranslation();
  const { data } = useQuery(queries.missingTexts(of));
  const notes = data?.notes ?? [];
  if (notes.length === 0) return null;
  const total = notes.reduce((sum, note) => sum + note.count, 0);
  const more = notes.length - mostNamed;
  return (
    <section className={styles.missing} aria-label={t('share.export.missing.label')}>
      <p className={styles.missingHead}>
        <IconPhotoOff size={18} stroke={1.7} aria-hidden="true" />
        {t('share.export.missing.count', { count: total })}
      </p>
      <ul className={styles.missingNotes}>
        {notes.slice(0, mostNamed).map((note) => (
          <li key={note.id}>
            <Link to="/notes/$noteId" params={{ noteId: note.id }} onClick={onLeave}>
              {note.title.trim() || t('app.untitled')}
            </Link>{' '}
            <span className={styles.hint}>
              {t('share.export.missing.images', { count: note.count })}
              {!note.canEdit && ` – ${t('share.export.missing.others')}`}
            </span>
          </li>
        ))}
        {more > 0 && <li className={styles.hint}>{t('share.export.missing.more', { count: more })}</li>}
      </ul>
      <p className={styles.hint}>{t('share.export.missing.how')}</p>
    </section>
  );
}

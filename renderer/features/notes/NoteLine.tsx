import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoteSummary } from '#shared/api/notes.ts';
import { regionName } from '#shared/domain/regions.ts';
import { useLanguage } from '../../i18n/index.ts';
import { Bar, PageLink } from '../../ui/index.ts';
import { KindMark } from './KindMark.tsx';
import { LockMark } from './LockMark.tsx';
import { TemplateMark } from './TemplateMark.tsx';
import { Moment } from './Moment.tsx';
import { VisibilityMark } from './VisibilityMark.tsx';
import styles from './LibraryPage.module.css';

/** How high a line of the library is, in pixels, to the pixel: a list of thousands is not measured anew as its lines are drawn. */
export const noteLineHeight = 100;

/** A line whose note is still asked for. */
export function NoteLineSkeleton() {
  return (
    <div className={styles.line} style={{ height: noteLineHeight }} aria-busy="true">
      <Bar width="40%" height={17} />
      <Bar width="75%" height={12} />
      <Bar width="30%" height={10} />
    </div>
  );
}

interface Props {
  readonly note: NoteSummary;
}

/** One note in a list, which leads to it. */
export const NoteLine = memo(function NoteLine({ note }: Props) {
  return (
    <PageLink to={`/notes/${note.id}`} className={styles.line}>
      <NoteLineText note={note} />
    </PageLink>
  );
});

/** What a line says of a note: its title, its first words, who writes it, who sees it, when it changed. Lists scroll past hundreds of them: each is drawn once. */
export const NoteLineText = memo(function NoteLineText({ note }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <>
      <div className={styles.first}>
        <span className={note.title === '' ? `${styles.name} ${styles.untitled}` : styles.name}>
          {note.title || t('app.untitled')}
        </span>
        <span className={styles.date}>
          <Moment time={note.modifiedAt} />
        </span>
      </div>
      <div className={styles.excerpt}>{note.excerpt || t('notes.noText')}</div>
      <div className={styles.marks}>
        <VisibilityMark visibility={note.visibility} />
        <LockMark lock={note.lock} />
        {note.isTemplate && <TemplateMark />}
        {note.kind !== 'note' && <KindMark kind={note.kind} />}
        {note.region !== null && <span>{regionName(note.region, language)}</span>}
        <span>{t('notes.words', { count: note.wordCount })}</span>
        <span className={styles.authors}>{note.authors.map((author) => author.name).join(', ')}</span>
      </div>
    </>
  );
});

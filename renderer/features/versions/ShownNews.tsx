import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { momentOfSeq } from '#shared/api/versions.ts';
import { canRestoreNote } from '#shared/permissions/permissions.ts';
import { usePerson } from '../../api/index.ts';
import { ComparisonView } from './ComparisonView.tsx';
import type { NewsKind } from './historyFind.ts';
import styles from './HistoryPage.module.css';

/** What changed since a row: since this person last read the note, worked without its home, or since a moment that they chose. */
export function ShownNews({
  page,
  since,
  why,
  currentSeq,
}: {
  readonly page: NotePage;
  readonly since: number;
  /** Null: since a moment that was chosen. */
  readonly why: NewsKind | null;
  readonly currentSeq: number;
}) {
  const { t } = useTranslation();
  const person = usePerson();
  const heading = t(`versions.news.heading.${why ?? 'chosen'}`);
  return (
    <article className={styles.page} aria-label={heading}>
      <header className={styles.top}>
        <h2 className={styles.name}>{heading}</h2>
      </header>
      <ComparisonView
        noteId={page.note.id}
        from={momentOfSeq(since)}
        to="now"
        currentSeq={currentSeq}
        canPutBack={page.note.trashedAt === null && canRestoreNote(page.role)}
        language={page.note.language}
        same={t('versions.same')}
        reader={why === 'absence' ? (person?.id ?? null) : null}
      />
    </article>
  );
}

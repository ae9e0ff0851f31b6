import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TakeBackPreview } from '#shared/api/history.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { NoteReader } from '../../../editor/reading.ts';
import { useChangePeople } from '../authored.ts';
import { ChangeWalk } from '../ChangeWalk.tsx';
import { ComparisonTitle } from '../ComparisonTitle.tsx';
import { SheetChanges } from '../SheetChanges.tsx';
import { useChangeNavigation } from '../useChangeNavigation.ts';
import '../../../editor/styles/changes.css';
import comparison from '../Comparison.module.css';
import styles from './TakeBack.module.css';

/** What taking back would do to the note, as a comparison: from now to then. */
export function TakeBackPreviewView({
  preview: { title, fields, body, changeCount, people },
  language,
}: {
  readonly preview: TakeBackPreview;
  readonly language: string;
}) {
  const { t } = useTranslation();
  const host = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const person = useChangePeople(people);
  const onGone = useCallback(
    (at: number, what: string) => setSaid(t('versions.announce', { at, count: changeCount, what })),
    [t, changeCount],
  );
  const { current, go } = useChangeNavigation(host, changeCount, onGone);
  return (
    <section aria-labelledby="take-back-preview">
      <div className={styles.previewHead}>
        <h3 id="take-back-preview" className={styles.previewTitle}>
          {t('versions.takeBack.preview')}
        </h3>
        <ChangeWalk count={changeCount} current={current} onGo={go} />
      </div>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      <div
        ref={host}
        className={`${comparison.note} ${styles.preview}`}
        // Scrolled by keyboard too.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="group"
        aria-labelledby="take-back-preview"
      >
        <p className={`note-text ${styles.noteTitle}`} lang={language}>
          <ComparisonTitle title={title} person={person} />
        </p>
        <SheetChanges fields={fields} person={person} />
        <NoteReader body={body as BodyNode} language={language} person={person} idPrefix="take-back-" />
      </div>
    </section>
  );
}

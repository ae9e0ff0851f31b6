import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { NoteId, VersionId } from '#shared/domain/ids.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import { useFailure } from '../../api/index.ts';
import { NoteReader } from '../../editor/reading.ts';
import { Bar, StatePage } from '../../ui/index.ts';
import { SheetReader } from '../notes/index.ts';
import { versionQueries } from './versionsApi.ts';
import styles from './Comparison.module.css';

/** A note as it was. */
export function VersionContentView({
  noteId,
  version,
  kind,
}: {
  readonly noteId: NoteId;
  /** What the note is now: it says which sheet is shown. */
  readonly kind: NoteKind;
  readonly version: VersionId;
}) {
  const { t } = useTranslation();
  const failure = useFailure();
  const query = useQuery(versionQueries.content(noteId, version));
  if (query.isError) {
    return (
      <StatePage
        inline
        title={t('versions.failed.title')}
        acts={<Button onClick={() => void query.refetch()}>{t('app.retry')}</Button>}
      >
        {failure(query.error)}
      </StatePage>
    );
  }
  if (query.data === undefined) {
    return (
      <div className={styles.skeleton} role="status" aria-label={t('app.loading')}>
        <Bar width="70%" height={40} />
        {['100%', '96%', '98%', '60%'].map((width) => (
          <Bar key={width} width={width} height={13} />
        ))}
      </div>
    );
  }
  const { title, body, language, sheet } = query.data;
  return (
    <>
      <h1 className={`note-text ${styles.title}`} lang={language}>
        {title || t('app.untitled')}
      </h1>
      <SheetReader kind={kind} language={language} sheet={sheet} />
      <NoteReader body={body as BodyNode} language={language} idPrefix="version-" />
    </>
  );
}

import { Button, SegmentedControl } from '@mantine/core';
import { IconArrowBackUp, IconCopy, IconTag } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import type { VersionSummary } from '#shared/api/versions.ts';
import { canDuplicateNote, canRestoreNote } from '#shared/permissions/permissions.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { IconButton } from '../../ui/index.ts';
import { ComparisonView } from './ComparisonView.tsx';
import { VersionIntegrity } from './proof/VersionIntegrity.tsx';
import { useCopyMoment } from './useCopyMoment.ts';
import { useRestore } from './useRestore.ts';
import { useVersionName } from './useVersionName.ts';
import { VersionContentView } from './VersionContentView.tsx';
import styles from './HistoryPage.module.css';

/** How a version is shown: by itself, compared with the one before, or with now. */
export type ShownMode = 'view' | 'previous' | 'now';

interface Props {
  readonly page: NotePage;
  readonly version: VersionSummary;
  readonly previous: VersionSummary | null;
  readonly currentSeq: number;
  readonly mode: ShownMode;
  readonly onMode: (mode: ShownMode) => void;
  readonly onName: () => void;
}

/** One version of a note. */
export function ShownVersion({ page, version, previous, currentSeq, mode, onMode, onName }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = useVersionName();
  const noteId = page.note.id;
  const restore = useRestore(noteId);
  const copy = useCopyMoment(noteId);
  const date = formatDateTime(version.createdAt, language);
  const heading =
    mode !== 'previous'
      ? t(`versions.heading.${mode}`, { date })
      : previous === null
        ? t('versions.heading.begin', { date })
        : t('versions.heading.previous', { from: formatDateTime(previous.createdAt, language), date });
  const isNow = version.seq === currentSeq;
  return (
    <article className={styles.page} aria-label={heading}>
      <header className={styles.top}>
        <div className={styles.which}>
          <p className={styles.name}>
            {nameOf(version)}
            {canRestoreNote(page.role) && (
              <IconButton label={t('versions.name.rename')} size={26} onClick={onName}>
                <IconTag size={15} stroke={1.8} />
              </IconButton>
            )}
          </p>
          <p className={styles.heading}>{heading}</p>
          {version.remark !== null && <p className={styles.remark}>{version.remark}</p>}
        </div>
        <div className={styles.acts}>
          {canDuplicateNote(page.role) && (
            <Button
              variant="default"
              leftSection={<IconCopy size={17} stroke={1.8} />}
              loading={copy.isPending}
              onClick={() => copy.mutate(version.seq)}
            >
              {t('versions.copy')}
            </Button>
          )}
          {page.note.trashedAt === null && canRestoreNote(page.role) && !isNow && (
            <Button
              leftSection={<IconArrowBackUp size={17} stroke={1.8} />}
              loading={restore.isPending}
              onClick={() => restore.mutate({ version })}
            >
              {t('versions.restore')}
            </Button>
          )}
        </div>
      </header>
      <VersionIntegrity noteId={noteId} version={version.id} />
      <SegmentedControl
        className={styles.mode}
        aria-label={t('versions.mode.label')}
        size="sm"
        radius="sm"
        value={mode}
        onChange={(next) => onMode(next as ShownMode)}
        data={[
          { value: 'view', label: t('versions.mode.view') },
          { value: 'previous', label: t('versions.mode.previous') },
          { value: 'now', label: t('versions.mode.now') },
        ]}
      />
      {mode === 'view' || (mode === 'previous' && previous === null) ? (
        <>
          {mode === 'previous' && <p className={styles.hint}>{t('versions.noEarlier')}</p>}
          <VersionContentView noteId={noteId} kind={page.note.kind} version={version.id} />
        </>
      ) : (
        <ComparisonView
          noteId={noteId}
          from={mode === 'previous' && previous !== null ? previous.id : version.id}
          to={mode === 'previous' ? version.id : 'now'}
          currentSeq={currentSeq}
          canPutBack={page.note.trashedAt === null && canRestoreNote(page.role)}
          language={page.note.language}
          same={t(mode === 'now' ? 'versions.sameNow' : 'versions.same')}
        />
      )}
    </article>
  );
}

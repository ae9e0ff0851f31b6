import { Button, SegmentedControl } from '@mantine/core';
import { IconArrowBackUp, IconArrowLeft, IconBookmark, IconHistory, IconTag } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { momentOfSeq, type VersionSummary } from '#shared/api/versions.ts';
import type { NoteId, VersionId } from '#shared/domain/ids.ts';
import { canRestoreNote, canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { queries, useFailure, usePerson } from '../../api/index.ts';
import { EditorServicesProvider } from '../../editor/reading.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { DetailsColumn, IconButton, PageHead, RowSkeletons, StatePage } from '../../ui/index.ts';
import { ActsPage } from './ActsPage.tsx';
import { ComparisonView } from './ComparisonView.tsx';
import type { HistoryFind, NewsKind } from './historyFind.ts';
import { LockActs } from './LockActs.tsx';
import { NameVersionModal } from './NameVersionModal.tsx';
import { useReaderServices } from './useReaderServices.ts';
import { useRestoreVersion } from './useRestoreVersion.ts';
import { useVersionName } from './useVersionName.ts';
import { VersionContentView } from './VersionContentView.tsx';
import { VersionList } from './VersionList.tsx';
import { versionQueries } from './versionsApi.ts';
import styles from './HistoryPage.module.css';

type Mode = 'view' | 'previous' | 'now';

interface Props {
  readonly noteId: NoteId;
  /** What is asked for. */
  readonly find: HistoryFind;
  readonly onFind: (find: HistoryFind) => void;
}

/** The history of a note: its versions beside, one of them on the page, by itself or compared. */
export function HistoryPage({ noteId, find, onFind }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const services = useReaderServices();
  const note = useQuery(queries.note(noteId));
  const page = note.data;
  const isOpen = page !== undefined && canSeeNoteHistory(page.role);
  // Each letter moves « now », and the relay tells of versions only: what the note's page asked a moment ago is old.
  const list = useQuery({ ...versionQueries.list(noteId), enabled: isOpen, refetchOnMount: 'always' });
  const title = page?.note.title || t('app.untitled');
  useEffect(() => {
    document.title = `${t('versions.title')} – ${title} – ${t('app.name')}`;
  }, [title, t]);

  const back = (
    <Link to="/notes/$noteId" params={{ noteId }} className={styles.crumb}>
      <IconArrowLeft size={16} stroke={1.8} aria-hidden="true" />
      <span className="visually-hidden">{t('versions.back')} </span>
      <span className={styles.crumbTitle}>{page === undefined ? t('versions.back') : title}</span>
    </Link>
  );
  const error = note.error ?? list.error;
  if (error !== null) {
    const again = (): void => void (note.isError ? note.refetch() : list.refetch());
    return (
      <>
        <PageHead>{back}</PageHead>
        <StatePage
          icon={<IconHistory size={36} stroke={1.3} />}
          title={t('versions.failed.title')}
          acts={<Button onClick={again}>{t('app.retry')}</Button>}
        >
          {failure(error)}
        </StatePage>
      </>
    );
  }
  if (page !== undefined && !isOpen) {
    return <ActsPage noteId={noteId} title={title} back={back} />;
  }
  if (page === undefined || list.data === undefined) {
    return (
      <>
        <PageHead>{back}</PageHead>
        <DetailsColumn>
          <RowSkeletons count={6} height={64} label={t('app.loading')} />
        </DetailsColumn>
      </>
    );
  }
  return (
    <EditorServicesProvider value={services}>
      <LoadedHistory page={page} back={back} list={list.data} find={find} onFind={onFind} />
    </EditorServicesProvider>
  );
}

interface LoadedProps extends Omit<Props, 'noteId'> {
  readonly page: NotePage;
  readonly back: React.ReactNode;
  readonly list: {
    readonly versions: readonly VersionSummary[];
    readonly currentSeq: number;
    readonly unsaved: boolean;
  };
}

function LoadedHistory({ page, back, list, find, onFind }: LoadedProps) {
  const { t } = useTranslation();
  const { versions, currentSeq, unsaved } = list;
  const [chosen, setChosen] = useState<VersionId | null>(null);
  const [mode, setMode] = useState<Mode>('now');
  const [naming, setNaming] = useState<'now' | VersionSummary | null>(null);
  const noteId = page.note.id;
  // Without a choice: the newest version from which something changed.
  const selected =
    versions.find((one) => one.id === chosen) ??
    versions.find((one) => one.seq < currentSeq) ??
    versions[0] ??
    null;
  const nameAct = page.note.trashedAt === null && canRestoreNote(page.role) && (
    <Button
      size="compact-md"
      variant="default"
      leftSection={<IconBookmark size={16} stroke={1.7} />}
      onClick={() => setNaming('now')}
    >
      {t('versions.name.act')}
    </Button>
  );
  return (
    <>
      <PageHead acts={nameAct}>{back}</PageHead>
      {find.since !== undefined && find.since <= currentSeq ? (
        <ShownNews page={page} since={find.since} why={find.why ?? 'visit'} currentSeq={currentSeq} />
      ) : selected === null ? (
        <StatePage
          icon={<IconHistory size={36} stroke={1.3} />}
          title={t('versions.empty.title')}
          acts={
            <Button component={Link} to={`/notes/${noteId}`}>
              {t('versions.empty.write')}
            </Button>
          }
        >
          {t('versions.empty.text')}
        </StatePage>
      ) : (
        <ShownVersion
          page={page}
          version={selected}
          previous={versions[versions.indexOf(selected) + 1] ?? null}
          currentSeq={currentSeq}
          mode={mode}
          onMode={setMode}
          onName={() => setNaming(selected)}
        />
      )}
      <DetailsColumn>
        <div className={styles.listHead}>
          <h2 className={styles.listTitle}>{t('versions.title')}</h2>
          {versions.length > 0 && (
            <p className={styles.hint}>{t(unsaved ? 'versions.unsaved' : 'versions.upToDate')}</p>
          )}
        </div>
        <LockActs noteId={noteId} />
        <VersionList
          versions={versions}
          selected={find.since === undefined ? (selected?.id ?? null) : null}
          onSelect={(version) => {
            setChosen(version.id);
            onFind({});
          }}
        />
      </DetailsColumn>
      <NameVersionModal
        noteId={noteId}
        opened={naming !== null}
        version={naming === 'now' ? null : naming}
        onClose={() => setNaming(null)}
      />
    </>
  );
}

/** What changed since this person last read the note, or while they worked without its home. */
function ShownNews({
  page,
  since,
  why,
  currentSeq,
}: {
  readonly page: NotePage;
  readonly since: number;
  readonly why: NewsKind;
  readonly currentSeq: number;
}) {
  const { t } = useTranslation();
  const person = usePerson();
  const heading = t(`versions.news.heading.${why}`);
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
        language={page.note.language}
        same={t('versions.same')}
        reader={why === 'absence' ? (person?.id ?? null) : null}
      />
    </article>
  );
}

interface ShownProps {
  readonly page: NotePage;
  readonly version: VersionSummary;
  readonly previous: VersionSummary | null;
  readonly currentSeq: number;
  readonly mode: Mode;
  readonly onMode: (mode: Mode) => void;
  readonly onName: () => void;
}

function ShownVersion({ page, version, previous, currentSeq, mode, onMode, onName }: ShownProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = useVersionName();
  const noteId = page.note.id;
  const restore = useRestoreVersion(noteId);
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
        </div>
        {page.note.trashedAt === null && canRestoreNote(page.role) && !isNow && (
          <Button
            leftSection={<IconArrowBackUp size={17} stroke={1.8} />}
            loading={restore.isPending}
            onClick={() => restore.mutate(version)}
          >
            {t('versions.restore')}
          </Button>
        )}
      </header>
      <SegmentedControl
        className={styles.mode}
        aria-label={t('versions.mode.label')}
        size="sm"
        radius="sm"
        value={mode}
        onChange={(next) => onMode(next as Mode)}
        data={[
          { value: 'view', label: t('versions.mode.view') },
          { value: 'previous', label: t('versions.mode.previous') },
          { value: 'now', label: t('versions.mode.now') },
        ]}
      />
      {mode === 'view' || (mode === 'previous' && previous === null) ? (
        <>
          {mode === 'previous' && <p className={styles.hint}>{t('versions.noEarlier')}</p>}
          <VersionContentView noteId={noteId} version={version.id} />
        </>
      ) : (
        <ComparisonView
          noteId={noteId}
          from={mode === 'previous' && previous !== null ? previous.id : version.id}
          to={mode === 'previous' ? version.id : 'now'}
          currentSeq={currentSeq}
          language={page.note.language}
          same={t(mode === 'now' ? 'versions.sameNow' : 'versions.same')}
        />
      )}
    </article>
  );
}

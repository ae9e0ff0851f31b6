import { Button } from '@mantine/core';
import { IconArrowLeft, IconBookmark, IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import type { VersionSummary } from '#shared/api/versions.ts';
import type { NoteId, VersionId } from '#shared/domain/ids.ts';
import { canRestoreNote, canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { queries, useFailure } from '../../api/index.ts';
import { EditorServicesProvider } from '../../editor/reading.ts';
import { DetailsColumn, PageHead, pageStyles, RowSkeletons, StatePage } from '../../ui/index.ts';
import { ActsPage } from './ActsPage.tsx';
import { AuthorsView } from './authors/AuthorsView.tsx';
import type { HistoryFind } from './historyFind.ts';
import { HistoryViews } from './HistoryViews.tsx';
import { LockActs } from './LockActs.tsx';
import { NameVersionModal } from './NameVersionModal.tsx';
import { ShownNews } from './ShownNews.tsx';
import { type ShownMode, ShownVersion } from './ShownVersion.tsx';
import { TimelineView } from './timeline/TimelineView.tsx';
import { useReaderServices } from './useReaderServices.ts';
import { type MoreVersions, VersionList } from './VersionList.tsx';
import { versionQueries } from './versionsApi.ts';
import styles from './HistoryPage.module.css';

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
  const list = useInfiniteQuery({
    ...versionQueries.list(noteId),
    enabled: isOpen,
    refetchOnMount: 'always',
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const versions = useMemo(() => list.data?.pages.flatMap((one) => one.versions), [list.data]);
  const newest = list.data?.pages[0];
  const title = page?.note.title || t('app.untitled');
  useEffect(() => {
    document.title = `${t('versions.title')} – ${title} – ${t('app.name')}`;
  }, [title, t]);

  const back = (
    <Link to="/notes/$noteId" params={{ noteId }} className={pageStyles.crumb}>
      <IconArrowLeft size={16} stroke={1.8} aria-hidden="true" />
      <span className="visually-hidden">{t('versions.back')} </span>
      <span className={pageStyles.crumbTitle}>{page === undefined ? t('versions.back') : title}</span>
    </Link>
  );
  // What is there already stays, where only more of it did not come.
  const error = note.error ?? (versions === undefined ? list.error : null);
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
  if (page === undefined || versions === undefined || newest === undefined) {
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
      <LoadedHistory
        page={page}
        back={back}
        list={{
          versions,
          currentSeq: newest.currentSeq,
          unsaved: newest.unsaved,
          more: hasNextPage ? { isLoading: isFetchingNextPage, load: () => void fetchNextPage() } : null,
        }}
        find={find}
        onFind={onFind}
      />
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
    readonly more: MoreVersions | null;
  };
}

function LoadedHistory({ page, back, list, find, onFind }: LoadedProps) {
  const { t } = useTranslation();
  const { versions, currentSeq, unsaved, more } = list;
  const [chosen, setChosen] = useState<VersionId | null>(null);
  const [mode, setMode] = useState<ShownMode>('now');
  const [naming, setNaming] = useState<'now' | VersionSummary | null>(null);
  const noteId = page.note.id;
  const view = find.view ?? 'versions';
  // Without a choice: the newest version from which something changed.
  const selected =
    versions.find((one) => one.id === chosen) ??
    versions.find((one) => one.seq < currentSeq) ??
    versions[0] ??
    null;
  // It is compared with the one before, which may be on the next page.
  const needsMore = more !== null && !more.isLoading && selected !== null && selected === versions.at(-1);
  const loadMore = useEffectEvent(() => more?.load());
  useEffect(() => {
    if (needsMore) loadMore();
  }, [needsMore]);
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
  const listHead = (
    <div className={styles.listHead}>
      <h2 className={styles.listTitle}>{t('versions.title')}</h2>
      <HistoryViews view={view} onView={(next) => onFind(next === 'versions' ? {} : { view: next })} />
      {view === 'versions' && versions.length > 0 && (
        <p className={styles.hint}>{t(unsaved ? 'versions.unsaved' : 'versions.upToDate')}</p>
      )}
    </div>
  );
  return (
    <>
      <PageHead acts={nameAct}>{back}</PageHead>
      {find.since !== undefined && find.since <= currentSeq ? (
        <ShownNews page={page} since={find.since} why={find.why ?? null} currentSeq={currentSeq} />
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
      ) : view === 'time' ? (
        <TimelineView page={page} find={find} onFind={onFind} listHead={listHead} />
      ) : view === 'authors' ? (
        <AuthorsView page={page} listHead={listHead} />
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
      {view === 'versions' && (
        <DetailsColumn>
          {listHead}
          <LockActs noteId={noteId} />
          <VersionList
            versions={versions}
            more={more}
            selected={find.since === undefined ? (selected?.id ?? null) : null}
            onSelect={(version) => {
              setChosen(version.id);
              onFind({});
            }}
          />
        </DetailsColumn>
      )}
      <NameVersionModal
        noteId={noteId}
        opened={naming !== null}
        version={naming === 'now' ? null : naming}
        onClose={() => setNaming(null)}
      />
    </>
  );
}

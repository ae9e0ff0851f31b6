import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconFeather, IconListCheck, IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type NoteKind, noteKinds } from '#shared/domain/Note.ts';
import { regionName } from '#shared/domain/regions.ts';
import type { NoteSort } from '../../api/index.ts';
import { RecoveredCopyNotice } from '../../collaboration/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { PageHead, RowSkeletons, StatePage, pageStyles } from '../../ui/index.ts';
import { UnsentWords } from '../outbox/index.ts';
import { ChosenBar } from './choosing/ChosenBar.tsx';
import { useChosenNotes } from './choosing/useChosenNotes.ts';
import { kindIcons } from './KindMark.tsx';
import { RegionChooser } from './map/RegionChooser.tsx';
import { NoteList } from './NoteList.tsx';
import { noteLineHeight } from './NoteLine.tsx';
import { useCreateNote } from './useCreateNote.ts';
import { useNotePages } from './useNotePages.ts';
import styles from './LibraryPage.module.css';

const sorts: readonly NoteSort[] = ['modified', 'title', 'created'];

type Shown = NoteKind | 'all';
const shownKinds: readonly Shown[] = ['all', ...noteKinds];

/** The notes that the person may read, all of them or those of a kind. */
export function LibraryPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { kind, region } = useSearch({ from: '/shell/' });
  const navigate = useNavigate();
  const [sort, setSort] = useState<NoteSort>('modified');
  const {
    head: list,
    notes,
    onDrawn,
  } = useNotePages({
    sort,
    ...(kind !== undefined && { kind }),
    ...(region !== undefined && { region }),
  });
  const createNote = useCreateNote();
  const choosing = useChosenNotes();
  const isEmpty = list.data?.total === 0 && !list.isPlaceholderData;
  /** Nothing in this region is not yet nothing at all. */
  const isBare = isEmpty && region === undefined;
  const newNote = (
    <Button
      {...(isBare ? { size: 'md' } : { size: 'xs', variant: 'light', leftSection: <IconPlus size={15} /> })}
      onClick={() => createNote.mutate(kind === undefined ? {} : { kind })}
      loading={createNote.isPending}
    >
      {t(`notes.newOfKind.${kind ?? 'note'}`)}
    </Button>
  );
  const title = kind === undefined ? t('notes.all') : t(`notes.kinds.ofKind.${kind}`);
  return (
    <>
      <PageHead />
      {/* Also of documents that can no longer be opened: their page cannot show it. */}
      <RecoveredCopyNotice />
      <UnsentWords />
      {isBare && kind === undefined ? (
        <StatePage
          icon={<IconFeather size={40} stroke={1.3} />}
          title={t('notes.empty.title')}
          acts={newNote}
        >
          {t('notes.empty.text')}
        </StatePage>
      ) : (
        <div className={styles.page}>
          <div className={styles.top}>
            <div>
              <h1 className={pageStyles.title}>{title}</h1>
              <p className={styles.count}>
                {list.data === undefined
                  ? ''
                  : t(kind === undefined ? 'notes.count' : `notes.kinds.count.${kind}`, {
                      count: list.data.total,
                    }) + (region === undefined ? '' : ` · ${regionName(region, language)}`)}
              </p>
            </div>
            {kind !== undefined && !isBare && newNote}
          </div>
          <div className={styles.tools}>
            <SegmentedControl
              size="xs"
              aria-label={t('notes.kinds.filter')}
              value={kind ?? 'all'}
              data={shownKinds.map((value) => ({
                value,
                label: value === 'all' ? t('notes.kinds.all') : t(`notes.kinds.ofKind.${value}`),
              }))}
              onChange={(value) =>
                void navigate({
                  to: '/',
                  search: value === 'all' ? {} : { kind: value as NoteKind },
                  replace: true,
                })
              }
            />
            <div className={styles.listTools}>
              <NativeSelect
                size="xs"
                aria-label={t('notes.sort.label')}
                value={sort}
                onChange={(event) => setSort(event.currentTarget.value as NoteSort)}
                data={sorts.map((value) => ({ value, label: t(`notes.sort.${value}`) }))}
              />
              <Button
                size="xs"
                variant={choosing.isOn ? 'light' : 'subtle'}
                leftSection={<IconListCheck size={16} stroke={1.7} />}
                title={t(choosing.isOn ? 'notes.choosing.hint' : 'notes.choosing.startHint')}
                onClick={choosing.isOn ? choosing.stop : choosing.start}
              >
                {t(choosing.isOn ? 'notes.choosing.stop' : 'notes.choosing.start')}
              </Button>
            </div>
          </div>
          {kind === 'organisation' && !isBare && (
            <RegionChooser
              region={region ?? null}
              onChange={(next) =>
                void navigate({
                  to: '/',
                  search: { kind, ...(next !== null && { region: next }) },
                  replace: true,
                  resetScroll: false,
                })
              }
            />
          )}
          {list.data === undefined ? (
            <RowSkeletons count={6} height={noteLineHeight} label={t('app.loading')} />
          ) : isBare && kind !== undefined ? (
            <EmptyKind kind={kind} act={newNote} />
          ) : isEmpty ? (
            <p className={styles.nothing}>{t('notes.regions.none')}</p>
          ) : (
            <>
              <NoteList notes={notes} label={title} choosing={choosing} onDrawn={onDrawn} />
              {choosing.isOn && <ChosenBar choosing={choosing} notes={notes} />}
            </>
          )}
        </div>
      )}
    </>
  );
}

function EmptyKind({ kind, act }: { readonly kind: NoteKind; readonly act: ReactNode }) {
  const { t } = useTranslation();
  const Icon = kindIcons[kind];
  return (
    <StatePage inline icon={<Icon size={36} stroke={1.3} />} title={t(`notes.kinds.none.${kind}`)} acts={act}>
      {t(`notes.kinds.noneHint.${kind}`)}
    </StatePage>
  );
}

import { Button, NativeSelect } from '@mantine/core';
import { IconFeather } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type NoteSort, queries } from '../../api/index.ts';
import { RecoveredCopyNotice } from '../../collaboration/index.ts';
import { PageHead, RowSkeletons, StatePage } from '../../ui/index.ts';
import { NoteList } from './NoteList.tsx';
import { noteLineHeight } from './NoteLine.tsx';
import { useCreateNote } from './useCreateNote.ts';
import styles from './LibraryPage.module.css';

const sorts: readonly NoteSort[] = ['modified', 'title', 'created'];

/** All the notes that the person may read. */
export function LibraryPage() {
  const { t } = useTranslation();
  const [sort, setSort] = useState<NoteSort>('modified');
  const list = useQuery({
    ...queries.noteList(sort),
    placeholderData: (before) => before,
    throwOnError: (_error, query) => query.state.data === undefined,
  });
  const createNote = useCreateNote();
  const isEmpty = list.data?.total === 0;
  return (
    <>
      <PageHead />
      {/* Also of documents that can no longer be opened: their page cannot show it. */}
      <RecoveredCopyNotice />
      {isEmpty ? (
        <StatePage
          icon={<IconFeather size={40} stroke={1.3} />}
          title={t('notes.empty.title')}
          acts={
            <Button size="md" onClick={() => createNote.mutate({})} loading={createNote.isPending}>
              {t('notes.new')}
            </Button>
          }
        >
          {t('notes.empty.text')}
        </StatePage>
      ) : (
        <div className={styles.page}>
          <div className={styles.top}>
            <div>
              <h1 className={styles.title}>{t('notes.all')}</h1>
              <p className={styles.count}>
                {list.data === undefined ? '' : t('notes.count', { count: list.data.total })}
              </p>
            </div>
            <NativeSelect
              size="xs"
              aria-label={t('notes.sort.label')}
              value={sort}
              onChange={(event) => setSort(event.currentTarget.value as NoteSort)}
              data={sorts.map((value) => ({ value, label: t(`notes.sort.${value}`) }))}
            />
          </div>
          {list.data === undefined ? (
            <RowSkeletons count={6} height={noteLineHeight} label={t('app.loading')} />
          ) : (
            <NoteList notes={list.data.notes} label={t('notes.all')} />
          )}
        </div>
      )}
    </>
  );
}

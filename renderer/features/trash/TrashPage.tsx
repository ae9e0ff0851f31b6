import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { destroyedAt } from '#shared/domain/trash.ts';
import { api, keys, queries, useFailure } from '../../api/index.ts';
import { formatDate, formatDateTime, useLanguage } from '../../i18n/index.ts';
import { notify, notifyProblem, PageHead, RowSkeletons, StatePage } from '../../ui/index.ts';
import styles from './TrashPage.module.css';

/** Notes and carnets that were put aside; each can come back. */
export function TrashPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const failure = useFailure();
  const notes = useQuery(queries.noteList({ sort: 'modified', trash: '1' }));
  const carnets = useQuery(queries.carnetList('1'));
  const onError = (error: unknown): void => notifyProblem(failure(error));
  const refresh = (message: string): void => {
    void client.invalidateQueries({ queryKey: keys.notes });
    void client.invalidateQueries({ queryKey: keys.carnets });
    void client.invalidateQueries({ queryKey: ['note'] });
    void client.invalidateQueries({ queryKey: ['carnet'] });
    notify(message);
  };
  const restoreNote = useMutation({
    mutationFn: (id: NoteId) => api.untrashNote(id),
    onSuccess: () => refresh(t('notes.restored')),
    onError,
  });
  const restoreCarnet = useMutation({
    mutationFn: (id: CarnetId) => api.untrashCarnet(id),
    onSuccess: () => refresh(t('carnets.restored')),
    onError,
  });
  const noteLines = notes.data?.notes ?? [];
  const carnetLines = carnets.data?.carnets ?? [];
  const isLoading = notes.isPending || carnets.isPending;
  if (!isLoading && noteLines.length === 0 && carnetLines.length === 0) {
    return (
      <>
        <PageHead />
        <StatePage
          icon={<IconTrash size={38} stroke={1.3} />}
          title={t('share.trash.empty')}
          acts={
            <Button component={Link} to="/" variant="default">
              {t('app.backHome')}
            </Button>
          }
        >
          {t('share.trash.emptyText')}
        </StatePage>
      </>
    );
  }
  const when = (time: number | null): string =>
    time === null
      ? ''
      : t('share.trash.on', {
          date: formatDateTime(time, language),
          until: formatDate(destroyedAt(time), language),
        });
  return (
    <>
      <PageHead />
      <div className={styles.page}>
        <h1 className={styles.title}>{t('share.trash.title')}</h1>
        {isLoading && <RowSkeletons count={4} height={56} label={t('app.loading')} />}
        {carnetLines.length > 0 && (
          <section>
            <h2 className={styles.heading}>{t('share.trash.carnets')}</h2>
            <ul role="list">
              {carnetLines.map((carnet) => (
                <li key={carnet.id} className={styles.line}>
                  <div className={styles.text}>
                    <Link to="/carnets/$carnetId" params={{ carnetId: carnet.id }} className={styles.name}>
                      {carnet.title || t('app.untitled')}
                    </Link>
                    <span className={styles.on}>{when(carnet.trashedAt)}</span>
                  </div>
                  <Button
                    variant="default"
                    size="compact-md"
                    aria-label={t('share.trash.restoreLabel', { title: carnet.title || t('app.untitled') })}
                    onClick={() => restoreCarnet.mutate(carnet.id)}
                  >
                    {t('share.trash.restore')}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        )}
        {noteLines.length > 0 && (
          <section>
            <h2 className={styles.heading}>{t('share.trash.notes')}</h2>
            <ul role="list">
              {noteLines.map((note) => (
                <li key={note.id} className={styles.line}>
                  <div className={styles.text}>
                    <Link to="/notes/$noteId" params={{ noteId: note.id }} className={styles.name}>
                      {note.title || t('app.untitled')}
                    </Link>
                    <span className={styles.on}>{when(note.trashedAt)}</span>
                  </div>
                  <Button
                    variant="default"
                    size="compact-md"
                    aria-label={t('share.trash.restoreLabel', { title: note.title || t('app.untitled') })}
                    onClick={() => restoreNote.mutate(note.id)}
                  >
                    {t('share.trash.restore')}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}

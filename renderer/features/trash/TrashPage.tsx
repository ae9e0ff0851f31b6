import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CollectionSummary } from '#shared/api/collections.ts';
import { collectionKinds, type CollectionRef } from '#shared/domain/Collection.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { destroyedAt } from '#shared/domain/trash.ts';
import { api, keys, queries, useFailure } from '../../api/index.ts';
import { formatDate, formatDateTime, useLanguage } from '../../i18n/index.ts';
import { notify, notifyProblem, PageHead, RowSkeletons, StatePage, pageStyles } from '../../ui/index.ts';
import { CollectionLink } from '../collections/index.ts';
import styles from './TrashPage.module.css';

/** Notes, carnets and bases that were put aside; each can come back. */
export function TrashPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const failure = useFailure();
  const notes = useQuery(queries.noteList({ sort: 'modified', trash: '1' }));
  const carnets = useQuery(queries.collectionList('carnet', '1'));
  const bases = useQuery(queries.collectionList('base', '1'));
  const onError = (error: unknown): void => notifyProblem(failure(error));
  const refresh = (message: string): void => {
    void client.invalidateQueries({ queryKey: keys.notes });
    for (const kind of collectionKinds) {
      void client.invalidateQueries({ queryKey: keys.collections(kind) });
      void client.invalidateQueries({ queryKey: keys.collectionPages(kind) });
    }
    void client.invalidateQueries({ queryKey: ['note'] });
    notify(message);
  };
  const restoreNote = useMutation({
    mutationFn: (id: NoteId) => api.untrashNote(id),
    onSuccess: () => refresh(t('notes.restored')),
    onError,
  });
  const restoreCollection = useMutation({
    mutationFn: ({ kind, id }: CollectionSummary) => api.untrashCollection({ kind, id } as CollectionRef),
    onSuccess: (_page, { kind }) => refresh(t(`${kind}s.restored`)),
    onError,
  });
  const noteLines = notes.data?.notes ?? [];
  const collections = { base: bases.data ?? [], carnet: carnets.data ?? [] };
  const isLoading = notes.isPending || carnets.isPending || bases.isPending;
  const isEmpty = noteLines.length + collections.base.length + collections.carnet.length === 0;
  if (!isLoading && isEmpty) {
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
      <div className={`${pageStyles.page} ${styles.page}`}>
        <h1 className={`${pageStyles.title} ${styles.title}`}>{t('share.trash.title')}</h1>
        {isLoading && <RowSkeletons count={4} height={56} label={t('app.loading')} />}
        {(['base', 'carnet'] as const)
          .filter((kind) => collections[kind].length > 0)
          .map((kind) => (
            <section key={kind}>
              <h2 className={styles.heading}>{t(`share.trash.${kind}s`)}</h2>
              <ul role="list">
                {collections[kind].map((collection) => (
                  <li key={collection.id} className={styles.line}>
                    <div className={styles.text}>
                      <CollectionLink kind={kind} id={collection.id} className={styles.name}>
                        {collection.title || t('app.untitled')}
                      </CollectionLink>
                      <span className={styles.on}>{when(collection.trashedAt)}</span>
                    </div>
                    <Button
                      variant="default"
                      size="compact-md"
                      aria-label={t('share.trash.restoreLabel', {
                        title: collection.title || t('app.untitled'),
                      })}
                      onClick={() => restoreCollection.mutate(collection)}
                    >
                      {t('share.trash.restore')}
                    </Button>
                  </li>
                ))}
              </ul>
            </section>
          ))}
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

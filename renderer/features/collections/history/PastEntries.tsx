import { IconEyeOff, IconPin } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CollectionMoment } from '#shared/api/collectionHistory.ts';
import { momentContentSchema } from '#shared/api/history.ts';
import { request } from '../../../api/index.ts';
import { PageLink } from '../../../ui/index.ts';
import { useCollectionKind } from '../kindContext.ts';
import styles from './CollectionHistory.module.css';

type PastEntry = CollectionMoment['entries'][number];

/** What a carnet, or a base, held at a moment, in its order of then. Who may leads on to each note as it was. */
export function PastEntries({ moment }: { readonly moment: CollectionMoment }) {
  const { t } = useTranslation();
  const kind = useCollectionKind();
  const navigate = useNavigate();
  const names = new Map(moment.categories.map(({ id, name }) => [id, name]));
  const isNow = moment.seq === moment.lastSeq;
  /** The note's history at that moment; where its row cannot be found out, its history. */
  const openThen = (noteId: string): void => {
    const asked = request(`/api/notes/${noteId}/history/content`, momentContentSchema, {
      query: { at: moment.at },
    });
    void asked.then(
      ({ seq }) =>
        navigate({ to: '/notes/$noteId/history', params: { noteId }, search: { view: 'time', at: seq } }),
      () => navigate({ to: '/notes/$noteId/history', params: { noteId } }),
    );
  };
  const titleOf = ({ memberId, title, opens }: PastEntry) => {
    if (title === null)
      return (
        <span className={styles.closed}>
          <IconEyeOff size={16} stroke={1.6} aria-hidden="true" />
          {t(`${kind}s.history.closedEntry`)}
        </span>
      );
    const words = title || t('app.untitled');
    if (isNow || !opens)
      return <PageLink to={`/${kind === 'carnet' ? 'notes' : 'carnets'}/${memberId}`}>{words}</PageLink>;
    return (
      <button type="button" className={styles.open} onClick={() => openThen(memberId)}>
        {words}
        <span className="visually-hidden"> {t('carnets.history.asThen')}</span>
      </button>
    );
  };
  if (moment.entries.length === 0) return <p className={styles.hint}>{t(`${kind}s.history.empty`)}</p>;
  return (
    <ol role="list" className={styles.entries} aria-label={t(`${kind}s.history.held`)}>
      {moment.entries.map((entry) => {
        const filed = [entry.category, ...entry.also].flatMap((id) => {
          const name = id === null ? undefined : names.get(id);
          return name === undefined ? [] : [name];
        });
        return (
          <li key={entry.memberId} className={styles.entry}>
            {titleOf(entry)}
            {(entry.pinned || filed.length > 0) && (
              <span className={styles.facts}>
                {entry.pinned && (
                  <span className={styles.pinned}>
                    <IconPin size={14} stroke={1.7} aria-hidden="true" />
                    {t('carnets.history.pinned')}
                  </span>
                )}
                {filed.map((name) => (
                  <span key={name}>{name}</span>
                ))}
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

import { useTranslation } from 'react-i18next';
import type { CollectionSummary } from '#shared/api/collections.ts';
import type { NoteSummary } from '#shared/api/notes.ts';
import type { CollectionKind } from '#shared/domain/Collection.ts';
import { formatDateTime, formatRelative, useLanguage } from '../../i18n/index.ts';
import { DateText } from '../../ui/index.ts';
import { type OpenedHere, useOpenHere } from './useOpenHere.ts';
import styles from './Homes.module.css';

interface Place {
  readonly homeId: string;
  /** They can be kept here. */
  readonly canOpen: boolean;
}

/** Notes of a followed Calepin: opened, each is kept on this computer. */
export function NoteItems({ homeId, canOpen, notes }: Place & { readonly notes: readonly NoteSummary[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const open = useOpenHere(homeId);
  return (
    <ul role="list">
      {notes.map(({ id, title, excerpt, authors, modifiedAt }) => (
        <li key={id}>
          <button
            type="button"
            className={styles.item}
            disabled={open.isPending || !canOpen}
            onClick={() => open.mutate({ kind: 'note', id })}
          >
            <span className={styles.itemName}>{title || t('app.untitled')}</span>
            {excerpt !== '' && <span className={styles.itemExcerpt}>{excerpt}</span>}
            <span className={styles.itemMore}>
              <DateText
                time={modifiedAt}
                language={language}
                formats={{ dateTime: formatDateTime, relative: formatRelative }}
              />
              {' · '}
              {authors.map(({ name }) => name).join(', ')}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Its carnets, or its bases. */
export function CollectionItems({
  homeId,
  canOpen,
  kind,
  collections,
}: Place & { readonly kind: CollectionKind; readonly collections: readonly CollectionSummary[] }) {
  const { t } = useTranslation();
  const open = useOpenHere(homeId);
  return (
    <ul role="list">
      {collections.map(({ id, title, memberCount }) => (
        <li key={id}>
          <button
            type="button"
            className={styles.item}
            disabled={open.isPending || !canOpen}
            onClick={() => open.mutate({ kind, id } as OpenedHere)}
          >
            <span className={styles.itemName}>{title || t('app.untitled')}</span>
            <span className={styles.itemMore}>
              {t(kind === 'carnet' ? 'homes.noteCount' : 'homes.carnetCount', { count: memberCount })}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

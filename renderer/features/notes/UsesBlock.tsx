import { IconBookmarks } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { DetailsBlock } from '../../ui/index.ts';
import styles from './NoteDetails.module.css';

/** Where a term is used: the notes that are related to it. */
export function UsesBlock({ page }: { readonly page: NotePage }) {
  const { t } = useTranslation();
  return (
    <DetailsBlock title={t('notes.terms.uses')} icon={<IconBookmarks size={16} stroke={1.7} />}>
      {page.uses.length === 0 ? (
        <p className={styles.quiet}>{t('notes.terms.noUses')}</p>
      ) : (
        <ul role="list">
          {page.uses.map((use) => (
            <li key={use.id}>
              <Link to="/notes/$noteId" params={{ noteId: use.id }} className={styles.link}>
                {use.title || t('app.untitled')}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </DetailsBlock>
  );
}

import { IconLinkOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CarnetId } from '#shared/domain/ids.ts';
import { queries } from '../../api/index.ts';
import { DetailsBlock } from '../../ui/index.ts';
import styles from './CollectionPage.module.css';

/** The notes of a carnet that lead nowhere somewhere, for its managers; nothing where all is well. */
export function BrokenLinks({ carnet }: { readonly carnet: CarnetId }) {
  const { t } = useTranslation();
  const { data } = useQuery(queries.brokenLinks(carnet));
  if (data === undefined || data.notes.length === 0) return null;
  return (
    <DetailsBlock title={t('notes.links.title')} icon={<IconLinkOff size={16} stroke={1.7} />}>
      <ul role="list">
        {data.notes.map(({ id, title, links }) => (
          <li key={id} className={styles.broken}>
            <Link to="/notes/$noteId" params={{ noteId: id }}>
              {title || t('app.untitled')}
            </Link>{' '}
            <span>{t('notes.links.count', { count: links.length })}</span>
          </li>
        ))}
      </ul>
    </DetailsBlock>
  );
}

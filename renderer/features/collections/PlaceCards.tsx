import { IconBook2, IconFiles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RelatedCollection } from '#shared/api/notes.ts';
import type { CollectionKind } from '#shared/domain/Collection.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { CollectionLink } from './CollectionLink.tsx';
import styles from './PlaceCards.module.css';

interface Props {
  /** Of what holds it. */
  readonly kind: CollectionKind;
  readonly places: readonly RelatedCollection[];
}

/** The cards of the carnets that hold a note, or of the bases that hold a carnet: how much each holds, who integrated it and when. */
export function PlaceCards({ kind, places }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const Icon = kind === 'carnet' ? IconFiles : IconBook2;
  return (
    <ul role="list" className={styles.list}>
      {places.map(({ id, title, memberCount, integratedBy, integratedAt }) => {
        const date = formatDateTime(integratedAt, language);
        return (
          <li key={id}>
            <CollectionLink kind={kind} id={id} className={styles.card}>
              <span className={styles.count}>
                <Icon size={14} stroke={1.7} aria-hidden="true" />
                {t(`${kind}s.memberCount`, { count: memberCount })}
              </span>
              <span className={styles.cardTitle}>{title || t('app.untitled')}</span>
              <span className={styles.by}>
                {integratedBy === null
                  ? t('carnets.entry.integrated', { date })
                  : t('carnets.entry.integratedBy', { name: integratedBy.name, date })}
              </span>
            </CollectionLink>
          </li>
        );
      })}
    </ul>
  );
}

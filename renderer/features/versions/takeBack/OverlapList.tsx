import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TakeBackPreview } from '#shared/api/history.ts';
import { formatDateTime, useLanguage } from '../../../i18n/index.ts';
import styles from './TakeBack.module.css';

type Overlap = TakeBackPreview['overlaps'][number];

/** Later work of others that taking back touches, each a sentence: it is read before, not found afterwards. */
export function OverlapList({ overlaps, people }: Pick<TakeBackPreview, 'overlaps' | 'people'>) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (overlaps.length === 0) return null;
  const sentence = ({ kind, text, person, time }: Overlap): string =>
    t(`versions.takeBack.${kind}`, {
      text: text.trim() === '' ? t('versions.takeBack.blank') : text.trim(),
      name: people.find(({ id }) => id === person)?.name ?? t('versions.summary.someone'),
      date: formatDateTime(time, language),
    });
  return (
    <section className={styles.overlaps} aria-labelledby="take-back-overlaps">
      <p id="take-back-overlaps" className={styles.overlapsTitle}>
        <IconInfoCircle size={18} stroke={1.7} aria-hidden="true" />
        {t('versions.takeBack.overlaps', { count: overlaps.length })}
      </p>
      <ul>
        {overlaps.map((overlap) => (
          <li key={`${overlap.kind} ${overlap.seq}`}>{sentence(overlap)}</li>
        ))}
      </ul>
    </section>
  );
}

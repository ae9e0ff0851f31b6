import { IconCloudOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useShownFrom } from '../api/index.ts';
import { formatDateTime, useLanguage } from '../i18n/index.ts';
import styles from './Sidebar.module.css';

/** Says that the pages are those that this browser kept, while the relay does not answer. */
export function KeptLine() {
  const { t } = useTranslation();
  const language = useLanguage();
  const from = useShownFrom();
  if (from === null) return null;
  return (
    <output className={styles.kept}>
      <IconCloudOff size={16} stroke={1.7} aria-hidden="true" />
      <span>{t('app.shownFrom', { moment: formatDateTime(from, language) })}</span>
    </output>
  );
}

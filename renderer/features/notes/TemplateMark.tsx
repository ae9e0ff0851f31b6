import { IconTemplate } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './VisibilityMark.module.css';

/** That other notes are made from it: an icon and a word. */
export function TemplateMark() {
  const { t } = useTranslation();
  return (
    <span className={styles.mark}>
      <IconTemplate size={15} stroke={1.7} aria-hidden="true" />
      {t('notes.templates.word')}
    </span>
  );
}

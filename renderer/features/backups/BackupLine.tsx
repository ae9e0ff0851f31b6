import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/index.ts';
import styles from './Backups.module.css';

/** How often it is asked whether they are made, in milliseconds. */
const everyMs = 5 * 60 * 1000;

/** In the sidebar of a computer's person: backups were asked for, and the last one failed. Otherwise nothing. */
export function BackupLine() {
  const { t } = useTranslation();
  const { data } = useQuery(queries.backups(everyMs));
  if (data === undefined || data.plan.rhythm === 'off' || (data.last?.fault ?? null) === null) return null;
  return (
    <Link to="/settings" hash="backups" className={styles.line}>
      <IconAlertTriangle size={16} stroke={1.7} aria-hidden="true" />
      <span>{t('backups.sidebar')}</span>
    </Link>
  );
}

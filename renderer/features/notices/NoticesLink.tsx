import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/index.ts';
import { useTellLanguage } from './useTellLanguage.ts';
import styles from './Notices.module.css';

/** The way to the inbox, with how many notices are new. */
export function NoticesLink({ className }: { readonly className: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(queries.notices());
  const unread = data?.unread ?? 0;
  useTellLanguage(data?.language);
  return (
    <Link to="/notices" className={className}>
      <IconBell size={18} stroke={1.6} aria-hidden="true" />
      {t('notices.title')}
      {unread > 0 && (
        <>
          <span className={styles.badge} aria-hidden="true">
            {unread > 99 ? '99+' : unread}
          </span>
          <span className="visually-hidden"> – {t('notices.unread', { count: unread })}</span>
        </>
      )}
    </Link>
  );
}

import { IconBell } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queries } from '../../api/index.ts';
import { PageHead, RowSkeletons, StatePage } from '../../ui/index.ts';
import { NoticeLine } from './NoticeLine.tsx';
import styles from './Notices.module.css';

/** What the person was told: requests, answers, messages. Looking at them is reading them. */
export function NoticesPage() {
  const { t } = useTranslation();
  const list = useQuery({
    ...queries.notices(),
    throwOnError: (_error, query) => query.state.data === undefined,
  });
  const notices = list.data?.notices;
  const { mutate: read } = useMutation({ mutationFn: (until: number) => api.readNotices(until) });
  // Those that were new when the page opened stay marked while it is looked at.
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const [more, setMore] = useState(0);
  useEffect(() => {
    const unread = (notices ?? []).filter((notice) => !notice.isRead);
    if (unread.length === 0) return;
    setMore(list.data?.more ?? 0);
    setFresh((before) => new Set([...before, ...unread.map((notice) => notice.id)]));
    read(Math.max(...unread.map((notice) => notice.at)));
  }, [notices, list.data?.more, read]);
  return (
    <>
      <PageHead />
      {notices?.length === 0 ? (
        <StatePage icon={<IconBell size={40} stroke={1.3} />} title={t('notices.empty.title')}>
          {t('notices.empty.text')}
        </StatePage>
      ) : (
        <div className={styles.page}>
          <div className={styles.head}>
            <h1 className={styles.title}>{t('notices.title')}</h1>
            <Link to="/settings" hash="notices" className={styles.choose}>
              {t('notices.choose')}
            </Link>
          </div>
          {notices === undefined ? (
            <RowSkeletons count={5} height={64} label={t('app.loading')} />
          ) : (
            <ul role="list">
              {notices.map((notice) => (
                <NoticeLine key={notice.id} notice={notice} isNew={fresh.has(notice.id)} />
              ))}
            </ul>
          )}
          {more > 0 && <p className={styles.more}>{t('notices.more', { count: more })}</p>}
        </div>
      )}
    </>
  );
}

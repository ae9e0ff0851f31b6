import { IconBell } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeLine as Notice } from '#shared/api/notices.ts';
import { api, queries } from '../../api/index.ts';
import { PageHead, PersonMark, RowSkeletons, StatePage } from '../../ui/index.ts';
import { Moment } from '../notes/index.ts';
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
  useEffect(() => {
    const unread = (notices ?? []).filter((notice) => !notice.isRead);
    if (unread.length === 0) return;
    setFresh((before) => new Set([...before, ...unread.map((notice) => notice.id)]));
    read(Math.max(...unread.map((notice) => notice.at)));
  }, [notices, read]);
  return (
    <>
      <PageHead />
      {notices?.length === 0 ? (
        <StatePage icon={<IconBell size={40} stroke={1.3} />} title={t('communities.notices.empty.title')}>
          {t('communities.notices.empty.text')}
        </StatePage>
      ) : (
        <div className={styles.page}>
          <h1 className={styles.title}>{t('communities.notices.title')}</h1>
          {notices === undefined ? (
            <RowSkeletons count={5} height={64} label={t('app.loading')} />
          ) : (
            <ul role="list">
              {notices.map((notice) => (
                <NoticeLine key={notice.id} notice={notice} isNew={fresh.has(notice.id)} />
              ))}
            </ul>
          )}
        </div>
      )}
    </>
  );
}

function NoticeLine({ notice, isNew }: { readonly notice: Notice; readonly isNew: boolean }) {
  const { t } = useTranslation();
  const isClosed = notice.title === null;
  const isDiscussion = notice.kind === 'discussed' || notice.kind === 'mentioned';
  const sentence = t(`communities.notices.kind.${notice.kind}`, {
    name: notice.from?.name ?? t('communities.notices.someone'),
    title: isClosed ? t('communities.notices.closed') : notice.title || t('app.untitled'),
  });
  const content = (
    <>
      {notice.from === null ? (
        <span className={styles.mark} aria-hidden="true">
          <IconBell size={15} stroke={1.8} />
        </span>
      ) : (
        <PersonMark person={notice.from} size={28} />
      )}
      <span className={styles.text}>
        <span className={styles.sentence}>{sentence}</span>
        {notice.text !== null && notice.kind !== 'community_role' && (
          <span className={styles.words}>{notice.text}</span>
        )}
        <span className={styles.date}>
          <Moment time={notice.at} />
          {isNew && <span className={styles.new}>{t('communities.notices.new')}</span>}
        </span>
      </span>
    </>
  );
  return (
    <li className={styles.item}>
      {isClosed ? (
        <div className={styles.line}>{content}</div>
      ) : notice.subject === 'community' ? (
        <Link
          to="/communities/$communityId"
          params={{ communityId: notice.subjectId }}
          className={styles.line}
        >
          {content}
        </Link>
      ) : notice.subject === 'note' ? (
        <Link
          to="/notes/$noteId"
          params={{ noteId: notice.subjectId }}
          hash={isDiscussion ? 'discussion' : ''}
          className={styles.line}
        >
          {content}
        </Link>
      ) : (
        <Link to="/carnets/$carnetId" params={{ carnetId: notice.subjectId }} className={styles.line}>
          {content}
        </Link>
      )}
    </li>
  );
}

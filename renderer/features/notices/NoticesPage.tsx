import { Button } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries, useFailure } from '../../api/index.ts';
import { idOf, LineList, PageHead, RowSkeletons, StatePage, pageStyles } from '../../ui/index.ts';
import { NoticeLine } from './NoticeLine.tsx';
import { useReadNotices } from './useReadNotices.ts';
import styles from './Notices.module.css';

/** About how high a notice is, in pixels. */
const noticeHeight = 71;
/** So many lines before the last one, the next page is asked for. */
const askAhead = 20;

/** What the person was told: requests, answers, messages. Looking at them is reading them. */
export function NoticesPage() {
  const { t } = useTranslation();
  const failure = useFailure();
  const list = useInfiniteQuery({
    ...queries.noticePages(),
    throwOnError: (_error, query) => query.state.data === undefined,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = list;
  const notices = useMemo(() => list.data?.pages.flatMap((page) => page.notices), [list.data]);
  const isNew = useReadNotices(notices);
  const [focused, setFocused] = useState<string | null>(null);
  const onDrawn = (_first: number, last: number): void => {
    if (hasNextPage && !isFetching && !isError && last >= (notices?.length ?? 0) - askAhead)
      void fetchNextPage();
  };
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
            <h1 className={pageStyles.title}>{t('notices.title')}</h1>
            <Link to="/settings" hash="notices" className={styles.choose}>
              {t('notices.choose')}
            </Link>
          </div>
          {notices === undefined ? (
            <RowSkeletons count={5} height={64} label={t('app.loading')} />
          ) : (
            <div
              onFocus={({ target }) =>
                setFocused(target.closest<HTMLElement>('[data-notice]')?.dataset['notice'] ?? null)
              }
            >
              <LineList
                items={notices}
                keyOf={idOf}
                lineHeight={noticeHeight}
                label={t('notices.list')}
                // One of several pages is long from its first one on.
                total={notices.length + (hasNextPage ? 1 : 0)}
                kept={focused}
                onDrawn={onDrawn}
                line={(notice, place) => <NoticeLine notice={notice} isNew={isNew(notice)} place={place} />}
              />
            </div>
          )}
          {isError && (
            <p className={styles.more} role="alert">
              {failure(list.error)}
            </p>
          )}
          {notices !== undefined && (hasNextPage || isError) && (
            <div className={styles.more}>
              <Button
                variant="default"
                loading={list.isFetchingNextPage}
                // What was asked after may be gone: then everything is asked for again.
                onClick={() => void (isError ? list.refetch() : fetchNextPage())}
              >
                {t(isError ? 'app.retry' : 'notices.older')}
              </Button>
            </div>
          )}
        </div>
      )}
    </>
  );
}

import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownCollectionAct } from '#shared/api/collectionHistory.ts';
import type { CollectionRef } from '#shared/domain/Collection.ts';
import { useFailure } from '../../../api/index.ts';
import { LineList, RowSkeletons, useShell } from '../../../ui/index.ts';
import { CollectionActLine } from './CollectionActLine.tsx';
import { collectionHistoryQueries } from './collectionHistoryApi.ts';
import styles from './CollectionHistory.module.css';

/** From so many lines before the end on, the next are asked for. */
const askAhead = 15;
const keyOf = ({ key }: ShownCollectionAct): string => key;

interface Props {
  readonly collection: CollectionRef;
  /** The last row of what is shown. */
  readonly shown: number | null;
  readonly onShow: (seq: number) => void;
}

/** Everything that was done, newest first; more is asked for as one goes down. */
export function CollectionActs({ collection, shown, onShow }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const { detailsHost } = useShell();
  const list = useInfiniteQuery(collectionHistoryQueries.acts(collection));
  const { hasNextPage, isFetching, isError, fetchNextPage } = list;
  const acts = useMemo(() => list.data?.pages.flatMap((page) => page.acts), [list.data]);
  const onDrawn = useCallback(
    (_first: number, last: number) => {
      if (hasNextPage && !isFetching && !isError && last >= (acts?.length ?? 0) - askAhead)
        void fetchNextPage();
    },
    [acts, fetchNextPage, hasNextPage, isError, isFetching],
  );
  // The act after which it was as it is shown; one row may have done several things.
  const current = acts?.find(({ seq }) => seq !== null && shown !== null && seq <= shown);
  if (acts === undefined)
    return isError ? (
      <div className={styles.more}>
        <p className={styles.hint}>{failure(list.error)}</p>
        <Button size="compact-sm" variant="default" onClick={() => void list.refetch()}>
          {t('app.retry')}
        </Button>
      </div>
    ) : (
      <RowSkeletons count={6} height={64} label={t('app.loading')} />
    );
  return (
    <>
      <LineList
        items={acts}
        keyOf={keyOf}
        lineHeight={78}
        total={acts.length}
        kept={current?.key ?? null}
        scroller={detailsHost}
        onDrawn={onDrawn}
        label={t('carnets.history.acts')}
        line={(act, place) => (
          <li {...place}>
            <CollectionActLine
              act={act}
              isShown={act.seq !== null && act.seq === current?.seq}
              onShow={onShow}
            />
          </li>
        )}
      />
      {(hasNextPage || isError) && (
        <div className={styles.more}>
          <Button
            size="compact-sm"
            variant="default"
            loading={isFetching}
            onClick={() => void (isError ? list.refetch() : fetchNextPage())}
          >
            {t(isError ? 'app.retry' : 'carnets.history.older')}
          </Button>
        </div>
      )}
    </>
  );
}

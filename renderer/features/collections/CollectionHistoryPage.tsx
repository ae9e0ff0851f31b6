import { Button, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconArrowLeft, IconHistory } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectionMoment } from '#shared/api/collectionHistory.ts';
import type { CollectionRef } from '#shared/domain/Collection.ts';
import { canManageCollection } from '#shared/permissions/permissions.ts';
import { keys, queries, useFailure } from '../../api/index.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import {
  DetailsColumn,
  fieldOfTime,
  notify,
  notifyProblem,
  PageHead,
  PageLink,
  pageStyles,
  RowSkeletons,
  StatePage,
  timeOfField,
  useShell,
} from '../../ui/index.ts';
import { CollectionKindProvider } from './kindContext.ts';
import { CollectionActs } from './history/CollectionActs.tsx';
import { collectionHistoryApi, collectionHistoryQueries } from './history/collectionHistoryApi.ts';
import type { CollectionMomentFind } from './history/collectionMomentFind.ts';
import { PastEntries } from './history/PastEntries.tsx';
import { RestorePlacesDialog } from './history/RestorePlacesDialog.tsx';
import styles from './history/CollectionHistory.module.css';

interface Props {
  readonly collection: CollectionRef;
  readonly find: CollectionMomentFind;
  readonly onFind: (find: CollectionMomentFind) => void;
}

/** The history of a carnet, or of a base: what was done to it beside, and what it held at one of these moments. */
export function CollectionHistoryPage({ collection, find, onFind }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const { closeDrawers } = useShell();
  const { kind, id } = collection;
  const page = useQuery(queries.collection(collection));
  const isNow = find.seq === undefined && find.at === undefined;
  const moment = useQuery(
    collectionHistoryQueries.moment(collection, isNow ? { at: Number.MAX_SAFE_INTEGER } : find),
  );
  const title = page.data?.collection.title || t('app.untitled');
  useEffect(() => {
    document.title = `${t('carnets.history.title')} – ${title} – ${t('app.name')}`;
  }, [title, t]);
  const error = page.error ?? moment.error;
  return (
    <CollectionKindProvider value={kind}>
      <PageHead>
        <PageLink to={`/${kind}s/${id}`} className={pageStyles.crumb}>
          <IconArrowLeft size={16} stroke={1.8} aria-hidden="true" />
          <span className="visually-hidden">{t(`${kind}s.history.back`)} </span>
          <span className={pageStyles.crumbTitle}>{title}</span>
        </PageLink>
      </PageHead>
      {error !== null ? (
        <StatePage
          icon={<IconHistory size={36} stroke={1.3} />}
          title={t('carnets.history.failed')}
          acts={
            <Button onClick={() => void (page.isError ? page.refetch() : moment.refetch())}>
              {t('app.retry')}
            </Button>
          }
        >
          {failure(error)}
        </StatePage>
      ) : page.data === undefined || moment.data === undefined ? (
        <div className={styles.page}>
          <RowSkeletons count={5} height={56} label={t('app.loading')} />
        </div>
      ) : (
        <ShownMoment
          collection={collection}
          moment={moment.data}
          canRestore={
            canManageCollection(page.data.collection.role) &&
            page.data.collection.trashedAt === null &&
            page.data.problem === null
          }
          onFind={onFind}
        />
      )}
      <DetailsColumn>
        <div className={styles.listHead}>
          <h2 className={styles.listTitle}>{t('carnets.history.title')}</h2>
          <p className={styles.hint}>{t(`${kind}s.history.explained`)}</p>
        </div>
        <CollectionActs
          collection={collection}
          shown={moment.data?.seq ?? null}
          onShow={(seq) => {
            closeDrawers();
            onFind({ seq });
          }}
        />
      </DetailsColumn>
    </CollectionKindProvider>
  );
}

interface ShownProps {
  readonly collection: CollectionRef;
  readonly moment: CollectionMoment;
  readonly canRestore: boolean;
  readonly onFind: (find: CollectionMomentFind) => void;
}

function ShownMoment({ collection, moment, canRestore, onFind }: ShownProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const failure = useFailure();
  const client = useQueryClient();
  const { kind } = collection;
  const [restoring, setRestoring] = useState<CollectionMoment | null>(null);
  const isNow = moment.seq === moment.lastSeq;
  const date = formatDateTime(moment.at, language);
  const refresh = (): void => {
    void client.invalidateQueries({ queryKey: keys.collection(collection) });
    void client.invalidateQueries({ queryKey: keys.collections(kind) });
    void client.invalidateQueries({ queryKey: ['note'] });
  };
  const undo = useMutation({
    mutationFn: (seq: number) => collectionHistoryApi.undo(collection, seq),
    onSuccess: () => {
      refresh();
      notify(t(`${kind}s.history.restore.undone`));
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  const onDone = (seq: number | null): void => {
    refresh();
    onFind({});
    if (seq === null) notify(t(`${kind}s.history.restore.nothing`));
    else
      notify(t(`${kind}s.history.restore.done`, { date }), {
        label: t('app.undo'),
        act: () => undo.mutate(seq),
      });
  };
  const heading = isNow ? t(`${kind}s.history.now`) : t(`${kind}s.history.then`, { date });
  return (
    <article className={styles.page} aria-label={heading}>
      <header className={styles.top}>
        <div>
          <p className={styles.heading}>{heading}</p>
          <h1 className={styles.title}>{moment.title || t('app.untitled')}</h1>
        </div>
        {canRestore && !isNow && (
          <Button
            leftSection={<IconArrowBackUp size={17} stroke={1.8} />}
            onClick={() => setRestoring(moment)}
          >
            {t('carnets.history.restore.open')}
          </Button>
        )}
      </header>
      <div className={styles.pick}>
        <TextInput
          key={moment.at}
          type="datetime-local"
          step={1}
          size="sm"
          label={t(`${kind}s.history.pick`)}
          defaultValue={fieldOfTime(moment.at)}
          onKeyDown={(event) => {
            const at = timeOfField(event.currentTarget.value);
            if (event.key === 'Enter' && at !== null) onFind({ at: at + 999 });
          }}
          onBlur={(event) => {
            const at = timeOfField(event.currentTarget.value);
            if (at !== null && Math.floor(at / 1_000) !== Math.floor(moment.at / 1_000))
              onFind({ at: at + 999 });
          }}
        />
        {!isNow && (
          <Button variant="default" size="sm" onClick={() => onFind({})}>
            {t('carnets.history.toNow')}
          </Button>
        )}
      </div>
      <PastEntries moment={moment} />
      {!isNow && <p className={styles.hint}>{t(`${kind}s.history.titlesOfNow`)}</p>}
      <RestorePlacesDialog
        collection={collection}
        moment={restoring}
        onClose={() => setRestoring(null)}
        onDone={onDone}
      />
    </article>
  );
}

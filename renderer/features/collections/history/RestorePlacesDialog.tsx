import { Modal, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CollectionMoment, CollectionRestorePreview } from '#shared/api/collectionHistory.ts';
import type { CollectionRef } from '#shared/domain/Collection.ts';
import { failureCode, useFailure } from '../../../api/index.ts';
import { formatDateTime, formatList, useLanguage } from '../../../i18n/index.ts';
import { DialogActs, notifyProblem, RowSkeletons } from '../../../ui/index.ts';
import { useCollectionKind } from '../kindContext.ts';
import { collectionHistoryApi, collectionHistoryQueries } from './collectionHistoryApi.ts';
import { useMemberWords } from './useMemberWords.ts';
import styles from './CollectionHistory.module.css';

interface Props {
  readonly collection: CollectionRef;
  /** What is gone back to; null: closed. */
  readonly moment: CollectionMoment | null;
  readonly onClose: () => void;
  /** @param seq - the row that it wrote; null: it was so already. */
  readonly onDone: (seq: number | null) => void;
}

/** Makes a carnet hold again what it held; shows before what that would do. */
export function RestorePlacesDialog({ moment, onClose, ...more }: Props) {
  const { t } = useTranslation();
  const kind = useCollectionKind();
  return (
    <Modal
      opened={moment !== null}
      onClose={onClose}
      title={t(`${kind}s.history.restore.title`)}
      size="lg"
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {moment !== null && <RestoreForm {...more} moment={moment} onClose={onClose} />}
    </Modal>
  );
}

function RestoreForm({ collection, moment, onClose, onDone }: Props & { readonly moment: CollectionMoment }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const kind = useCollectionKind();
  const failure = useFailure();
  const preview = useQuery(collectionHistoryQueries.preview(collection, moment.seq));
  const act = useMutation({
    mutationFn: (agreed: string) => collectionHistoryApi.restore(collection, moment.seq, agreed),
    onSuccess: ({ seq }) => {
      onClose();
      onDone(seq);
    },
    onError: (error) => {
      // It was arranged meanwhile: what would be done is shown anew.
      if (failureCode(error) === 'conflict') void preview.refetch();
      else notifyProblem(failure(error));
    },
  });
  const { data } = preview;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (data !== undefined && !data.isNothing) act.mutate(data.agreed);
      }}
    >
      <Text size="sm" mb="sm">
        {t(`${kind}s.history.restore.intro`, { date: formatDateTime(moment.at, language) })}
      </Text>
      {preview.isError ? (
        <p role="alert">{failure(preview.error)}</p>
      ) : data === undefined ? (
        <RowSkeletons count={3} height={28} label={t('app.loading')} />
      ) : data.isNothing ? (
        <p role="status">{t(`${kind}s.history.restore.nothing`)}</p>
      ) : (
        <PlanLines plan={data} />
      )}
      <Text size="sm" c="dimmed" mt="md">
        {t(`${kind}s.history.restore.stays`)}
      </Text>
      <DialogActs
        act={t(`${kind}s.history.restore.act`)}
        onClose={onClose}
        isBusy={act.isPending || preview.isFetching}
        disabled={data === undefined || data.isNothing}
      />
    </form>
  );
}

function PlanLines({ plan }: { readonly plan: CollectionRestorePreview }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const kind = useCollectionKind();
  const wordsOf = useMemberWords();
  const members = (['returned', 'removed', 'moved', 'filed', 'barred'] as const).flatMap((name) => {
    const of = plan[name];
    return of.members.length + of.closed === 0 ? [] : [{ name, what: wordsOf(of) }];
  });
  const categories = (['returned', 'removed', 'changed'] as const).flatMap((name) =>
    plan.categories[name].length === 0
      ? []
      : [
          {
            name,
            what: formatList(
              plan.categories[name].map((words) => t('carnets.history.quoted', { words })),
              language,
            ),
          },
        ],
  );
  return (
    <dl className={styles.plan}>
      {members.map(({ name, what }) => (
        <div key={name} data-barred={name === 'barred' || undefined}>
          <dt>{t(`${kind}s.history.restore.${name}`)}</dt>
          <dd>{what}</dd>
        </div>
      ))}
      {categories.map(({ name, what }) => (
        <div key={`category-${name}`}>
          <dt>{t(`carnets.history.restore.categories.${name}`)}</dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CollectionPage } from '#shared/api/collections.ts';
import type { CollectionRef } from '#shared/domain/Collection.ts';
import type { MemberId } from '#shared/domain/ids.ts';
import { api, keys, useFailure } from '../../api/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';
import { useUnplaced } from '../homes/index.ts';

/** What the relay does with a carnet or a base as a whole; its page shows what came of it. */
export function useCollectionActs(ref: CollectionRef) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const failure = useFailure();
  const { kind } = ref;
  const unplacedAt = useUnplaced(ref.id);
  const onError = (error: unknown): void => notifyProblem(failure(error));
  const show = (next: CollectionPage): void => {
    client.setQueryData(keys.collection(ref), next);
    void client.invalidateQueries({ queryKey: keys.collections(kind) });
  };
  const restore = useMutation({
    mutationFn: () => api.untrashCollection(ref),
    onSuccess: (next) => {
      show(next);
      notify(t(`${kind}s.restored`));
    },
    onError,
  });
  const back = useMutation({
    mutationFn: () => api.restoreCollectionGoodState(ref),
    onSuccess: show,
    onError,
  });
  const trash = useMutation({
    mutationFn: () => api.trashCollection(ref),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.collections(kind) });
      void client.invalidateQueries({ queryKey: keys.collection(ref), refetchType: 'none' });
      void navigate({ to: '/' });
      const words =
        unplacedAt === null
          ? t(`${kind}s.trashed`)
          : t(`homes.unplaced.trashed.${kind}`, { name: unplacedAt });
      notify(words, { label: t('app.undo'), act: () => restore.mutate() });
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: (member: MemberId) => api.removeEntry(ref, member),
    onSuccess: show,
    onError,
  });
  const integrate = useMutation({
    mutationFn: (members: readonly MemberId[]) => api.integrate(ref, members),
    onSuccess: (next) => {
      show(next);
      // What was integrated shows where it is.
      void client.invalidateQueries({ queryKey: ['note'] });
      void client.invalidateQueries({ queryKey: keys.collectionPages('carnet') });
    },
    onError,
  });
  return { restore, back, trash, remove, integrate, show, onError };
}

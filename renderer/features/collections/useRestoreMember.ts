import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CarnetId, MemberId, NoteId } from '#shared/domain/ids.ts';
import { api, keys, useFailure } from '../../api/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';

/** Brings a note of a carnet, or a carnet of a base, back from the trash: it shows again at its place. */
export function useRestoreMember(kind: 'note' | 'carnet') {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  return useMutation({
    mutationFn: async (id: MemberId): Promise<void> => {
      await (kind === 'note'
        ? api.untrashNote(id as NoteId)
        : api.untrashCollection({ kind, id: id as CarnetId }));
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.notes });
      for (const one of ['carnet', 'base'] as const) {
        void client.invalidateQueries({ queryKey: keys.collections(one) });
        void client.invalidateQueries({ queryKey: keys.collectionPages(one) });
      }
      notify(t(kind === 'note' ? 'notes.restored' : 'carnets.restored'));
    },
    onError: (error) => notifyProblem(failure(error)),
  });
}

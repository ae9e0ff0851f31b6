import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { BaseId, CarnetId, NoteId } from '#shared/domain/ids.ts';
import { api, keys, useFailure } from '../../api/index.ts';
import { notifyProblem } from '../../ui/index.ts';

/** Something of a followed Calepin that can be opened here. */
export type OpenedHere =
  | { readonly kind: 'note'; readonly id: NoteId }
  | { readonly kind: 'carnet'; readonly id: CarnetId }
  | { readonly kind: 'base'; readonly id: BaseId };

/** Keeps something of a followed Calepin on this computer, then shows it. @param homeId - the Calepin's. */
export function useOpenHere(homeId: string) {
  const navigate = useNavigate();
  const failure = useFailure();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (one: OpenedHere) => api.keepDocument(homeId, one.id, one.kind),
    onSuccess: (_, one) => {
      void client.invalidateQueries({ queryKey: keys.homes });
      if (one.kind === 'note') return navigate({ to: '/notes/$noteId', params: { noteId: one.id } });
      return one.kind === 'carnet'
        ? navigate({ to: '/carnets/$carnetId', params: { carnetId: one.id } })
        : navigate({ to: '/bases/$baseId', params: { baseId: one.id } });
    },
    onError: (error) => notifyProblem(failure(error)),
  });
}

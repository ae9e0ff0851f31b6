import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { NotePage } from '#shared/api/notes.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { ApiError, api, keys, useFailure } from '../../api/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';

/**
 * Changes what the catalogue says of a note; its page, the lists and its community's page show it.
 * @param said - what is told once it is done.
 * @param conflict - what is told where it cannot be, as things are; by default the sentence of the code.
 */
export function useNoteChange(id: NoteId, said: (next: NotePage) => string, conflict?: string) {
  const client = useQueryClient();
  const failure = useFailure();
  return useMutation({
    mutationFn: (change: Parameters<typeof api.changeNote>[1]) => api.changeNote(id, change),
    onSuccess: (next, change) => {
      client.setQueryData(keys.note(id), next);
      void client.invalidateQueries({ queryKey: keys.notes });
      if (change.community !== undefined) void client.invalidateQueries({ queryKey: ['community'] });
      notify(said(next));
    },
    onError: (error) =>
      notifyProblem(
        conflict !== undefined && error instanceof ApiError && error.code === 'conflict'
          ? conflict
          : failure(error),
      ),
  });
}

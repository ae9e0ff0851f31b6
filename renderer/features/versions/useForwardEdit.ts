import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Restored } from '#shared/api/versions.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { keys, useFailure } from '../../api/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';
import { historyKeys } from './historyApi.ts';
import { takeBackApi } from './takeBack/takeBackApi.ts';

/** The row of an act that made a version; null where there was nothing to do. */
export function rowOf({ version, undo }: Restored): number | null {
  return version.id === undo.id ? null : version.seq;
}

/**
 * For acts of the relay that write in a note (putting back, taking back): asks anew what is known of the note, and offers the inverse, since an
 * editor's own undo does not know of them. The inverse takes back that one act: what others wrote meanwhile stays.
 */
export function useForwardEdit(noteId: NoteId): {
  /** @param seq - the row of the act; null: the note was so already. @param said - `done`: what was done; `nothing`: said of null. */
  readonly wrote: (seq: number | null, said: { readonly done: string; readonly nothing: string }) => void;
} {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const refresh = (): void => {
    for (const queryKey of [
      keys.versions(noteId),
      keys.note(noteId),
      keys.noteContent(noteId),
      historyKeys.content(noteId),
    ])
      void client.invalidateQueries({ queryKey });
  };
  const undo = useMutation({
    mutationFn: (seq: number) => takeBackApi.undo(noteId, seq),
    onSuccess: ({ touchesOthers }) => {
      refresh();
      notify(t(touchesOthers ? 'versions.undoneBeside' : 'versions.undone'));
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  return {
    wrote: (seq, { done, nothing }) => {
      refresh();
      if (seq === null) notify(nothing);
      else notify(done, { label: t('app.undo'), act: () => undo.mutate(seq) });
    },
  };
}

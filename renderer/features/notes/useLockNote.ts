import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import type { NoteLock } from '#shared/domain/lock.ts';
import { api, keys, useFailure } from '../../api/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';

/** Locks a note as it was adopted, and opens it again: each offers the other back. */
export function useLockNote(noteId: NoteId) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const onError = (error: unknown): void => notifyProblem(failure(error));
  const refresh = (next: NotePage): void => {
    client.setQueryData(keys.note(noteId), next);
    void client.invalidateQueries({ queryKey: keys.notes });
    void client.invalidateQueries({ queryKey: keys.versions(noteId) });
  };
  const lock = useMutation({
    mutationFn: (one: Pick<NoteLock, 'day' | 'sentence'>) => api.lockNote(noteId, one),
    onSuccess: (next) => {
      refresh(next);
      notify(t('notes.lock.locked'));
    },
    onError,
  });
  const unlock = useMutation({
    mutationFn: (_before: Pick<NoteLock, 'day' | 'sentence'>) => api.unlockNote(noteId),
    onSuccess: (next, { day, sentence }) => {
      refresh(next);
      notify(t('notes.lock.unlocked'), {
        label: t('app.undo'),
        act: () => lock.mutate({ day, sentence }),
      });
    },
    onError,
  });
  return { lock, unlock };
}

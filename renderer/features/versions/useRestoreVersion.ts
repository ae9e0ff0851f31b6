import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { VersionSummary } from '#shared/api/versions.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { keys, useFailure } from '../../api/index.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';
import { versionsApi } from './versionsApi.ts';

/** Puts a version back and offers to take that back: an editor's own undo does not know of it. */
export function useRestoreVersion(noteId: NoteId) {
  const { t } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const failure = useFailure();
  const refresh = (): void => {
    void client.invalidateQueries({ queryKey: keys.versions(noteId) });
    void client.invalidateQueries({ queryKey: keys.note(noteId) });
    void client.invalidateQueries({ queryKey: keys.noteContent(noteId) });
  };
  const onError = (error: unknown): void => notifyProblem(failure(error));
  const undo = useMutation({
    mutationFn: (version: VersionSummary) => versionsApi.restore(noteId, version.id),
    onSuccess: () => {
      refresh();
      notify(t('versions.undone'));
    },
    onError,
  });
  return useMutation({
    mutationFn: (version: VersionSummary) => versionsApi.restore(noteId, version.id),
    onSuccess: (restored, version) => {
      refresh();
      if (restored.version.id === restored.undo.id) {
        notify(t('versions.restoredNothing'));
        return;
      }
      notify(t('versions.restored', { date: formatDateTime(version.createdAt, language) }), {
        label: t('app.undo'),
        act: () => undo.mutate(restored.undo),
      });
    },
    onError,
  });
}

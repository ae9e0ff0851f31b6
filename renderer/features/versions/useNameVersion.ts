import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { NoteId, VersionId } from '#shared/domain/ids.ts';
import { keys, useFailure } from '../../api/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';
import { versionsApi } from './versionsApi.ts';

/**
 * Takes a version of now or of an earlier moment under a name, or names one that is there.
 * @returns a mutation; its variable is the name, and the version's id when there is one, or the row of the moment (null: now).
 */
export function useNameVersion(noteId: NoteId) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  return useMutation({
    mutationFn: ({ name, id, seq = null }: { name: string; id: VersionId | null; seq?: number | null }) =>
      id === null ? versionsApi.name(noteId, name, seq) : versionsApi.rename(noteId, id, name),
    onSuccess: (version, { name, id }) => {
      void client.invalidateQueries({ queryKey: keys.versions(noteId) });
      void client.invalidateQueries({ queryKey: keys.note(noteId) });
      notify(
        t(id === null ? 'versions.name.saved' : 'versions.name.renamed', { name: version.name ?? name }),
      );
    },
    onError: (error) => notifyProblem(failure(error)),
  });
}

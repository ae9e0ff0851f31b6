import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { NoteId, VersionId } from '#shared/domain/ids.ts';
import { keys, useFailure } from '../../api/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';
import { versionsApi } from './versionsApi.ts';

/** What is asked for. */
export interface NamedVersion {
  readonly name: string;
  /** Empty: none. */
  readonly remark: string;
  /** Of the version that is there; null: one is made. */
  readonly id: VersionId | null;
  /** The row of the moment that it is made of; null: now. */
  readonly seq?: number | null;
}

/**
 * Takes a version of now or of an earlier moment under a name, or names one that is there.
 * @returns a mutation.
 */
export function useNameVersion(noteId: NoteId) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  return useMutation({
    mutationFn: ({ name, remark, id, seq = null }: NamedVersion) =>
      id === null
        ? versionsApi.name(noteId, name, remark, seq)
        : versionsApi.rename(noteId, id, name, remark),
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

import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { VersionSummary } from '#shared/api/versions.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { useFailure } from '../../api/index.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { notifyProblem } from '../../ui/index.ts';
import { formatMoment } from './formatMoment.ts';
import { rowOf, useForwardEdit } from './useForwardEdit.ts';
import { versionsApi } from './versionsApi.ts';

/** What is put back: a version, or the note as it was after a row; and its time. */
export type WantedMoment =
  | { readonly version: VersionSummary }
  | { readonly seq: number; readonly time: number };

/** Puts a version or a moment back and offers to take that back. */
export function useRestore(noteId: NoteId) {
  const { t } = useTranslation();
  const language = useLanguage();
  const failure = useFailure();
  const { wrote } = useForwardEdit(noteId);
  return useMutation({
    mutationFn: (wanted: WantedMoment) =>
      'version' in wanted
        ? versionsApi.restore(noteId, wanted.version.id)
        : versionsApi.restoreMoment(noteId, wanted.seq),
    onSuccess: (restored, wanted) =>
      wrote(
        rowOf(restored),
        'version' in wanted
          ? {
              done: t('versions.restored', { date: formatDateTime(wanted.version.createdAt, language) }),
              nothing: t('versions.restoredNothing'),
            }
          : {
              done: t('versions.moment.restored', { date: formatMoment(wanted.time, language) }),
              nothing: t('versions.moment.restoredNothing'),
            },
      ),
    onError: (error) => notifyProblem(failure(error)),
  });
}

import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { VersionSummary } from '#shared/api/versions.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { useFailure } from '../../api/index.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { notifyProblem } from '../../ui/index.ts';
import { useForwardEdit } from './useForwardEdit.ts';
import { versionsApi } from './versionsApi.ts';

/** Puts a version back and offers to take that back. */
export function useRestoreVersion(noteId: NoteId) {
  const { t } = useTranslation();
  const language = useLanguage();
  const failure = useFailure();
  const { wrote } = useForwardEdit(noteId);
  return useMutation({
    mutationFn: (version: VersionSummary) => versionsApi.restore(noteId, version.id),
    onSuccess: (restored, version) =>
      wrote(restored, {
        done: t('versions.restored', { date: formatDateTime(version.createdAt, language) }),
        nothing: t('versions.restoredNothing'),
      }),
    onError: (error) => notifyProblem(failure(error)),
  });
}

import { useMutation } from '@tanstack/react-query';
import type { NoteId } from '#shared/domain/ids.ts';
import { useFailure } from '../../api/index.ts';
import { notifyProblem } from '../../ui/index.ts';
import { useOpenCopy } from '../notes/index.ts';
import { versionsApi } from './versionsApi.ts';

/** Copies what a note said after a row as a new note of one's own, and opens that. @returns a mutation; its variable is the row. */
export function useCopyMoment(noteId: NoteId) {
  const failure = useFailure();
  const openCopy = useOpenCopy();
  return useMutation({
    mutationFn: (seq: number) => versionsApi.copyMoment(noteId, seq),
    onSuccess: openCopy,
    onError: (error) => notifyProblem(failure(error)),
  });
}

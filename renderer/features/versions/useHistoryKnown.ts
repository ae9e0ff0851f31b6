import { useQuery } from '@tanstack/react-query';
import type { NoteId } from '#shared/domain/ids.ts';
import { versionQueries } from './versionsApi.ts';

/**
 * Whether what the block of a note's history says has come, or will not: what stands below it waits for this.
 * @param canSee - whether the person may see the history (`canSeeNoteHistory`); nothing is asked when not.
 */
export function useHistoryKnown(noteId: NoteId, canSee: boolean): boolean {
  return !useQuery({ ...versionQueries.list(noteId), enabled: canSee }).isLoading;
}

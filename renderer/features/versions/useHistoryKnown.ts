import { useQuery } from '@tanstack/react-query';
import type { NoteId } from '#shared/domain/ids.ts';
import { versionQueries } from './versionsApi.ts';

/**
 * Whether what the block of a note's history says has come, or will not: what stands below it waits for this.
 * @param canSee - whether the person may see the history (`canSeeNoteHistory`), or only who did what when.
 */
export function useHistoryKnown(noteId: NoteId, canSee: boolean): boolean {
  const versions = useQuery({ ...versionQueries.newest(noteId), enabled: canSee });
  const acts = useQuery({ ...versionQueries.newestActs(noteId), enabled: !canSee });
  return !versions.isLoading && !acts.isLoading;
}

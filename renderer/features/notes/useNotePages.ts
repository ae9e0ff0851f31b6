import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { NoteSummary } from '#shared/api/notes.ts';
import { type ListedNotes, notesPerPage, queries } from '../../api/index.ts';

/** Lines beyond those drawn that are asked for too: who scrolls finds them there. */
const ahead = 50;

/** The pages after the first that hold these lines. */
function pagesOf(first: number, last: number): { from: number; to: number } {
  return {
    from: Math.max(1, Math.floor((first - ahead) / notesPerPage)),
    to: Math.floor((last + ahead) / notesPerPage),
  };
}

/**
 * A list of notes that may be of thousands, of which only the pages near the window are asked for, and asked again when something changes.
 * @returns `notes`: as many as there are, null for one that is not here yet; `head`: the question for the first page, which says how many.
 */
export function useNotePages(query: ListedNotes) {
  const [{ from, to }, setPages] = useState({ from: 1, to: 0 });
  const head = useQuery({
    ...queries.notePage(query, 0),
    placeholderData: keepPreviousData,
    throwOnError: (_error, { state }) => state.data === undefined,
  });
  const total = head.data?.total ?? 0;
  const wanted = useMemo(
    () =>
      Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at).filter(
        (page) => page * notesPerPage < total,
      ),
    [from, to, total],
  );
  const pages = useQueries({
    queries: wanted.map((page) => ({ ...queries.notePage(query, page), enabled: !head.isPlaceholderData })),
    combine: (results) => results.map((result) => result.data?.notes),
  });
  const notes = useMemo(() => {
    const all = Array.from<NoteSummary | null>({ length: total }).fill(null);
    const put = (page: number, list: readonly NoteSummary[] = []): void => {
      for (const [at, note] of list.entries()) {
        const place = page * notesPerPage + at;
        if (place < total) all[place] = note;
      }
    };
    put(0, head.data?.notes);
    for (const [at, page] of wanted.entries()) put(page, pages[at]);
    return all;
  }, [total, head.data, wanted, pages]);
  const onDrawn = useCallback((first: number, last: number) => {
    const next = pagesOf(first, last);
    // The same pages hold what is drawn for many steps of a scroll.
    setPages((before) => (before.from === next.from && before.to === next.to ? before : next));
  }, []);
  return { head, notes, onDrawn };
}

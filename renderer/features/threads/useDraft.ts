import { useCallback, useState } from 'react';
import type { Person } from '#shared/domain/Person.ts';

/** Words that were begun and not sent, and whom they name. */
export interface Draft {
  readonly text: string;
  readonly people: readonly Person[];
}

const nothing: Draft = { text: '', people: [] };
/** Kept while the application is open: closing the panel, or looking at another note, loses nothing. */
const drafts = new Map<string, Draft>();

/** The words begun in one place. @param place - the note or the thread. @param first - what stands there before anything was typed. */
export function useDraft(
  place: string,
  first: Draft = nothing,
): readonly [Draft, (draft: Draft | null) => void] {
  const [draft, setDraft] = useState<Draft>(() => drafts.get(place) ?? first);
  const keep = useCallback(
    (next: Draft | null) => {
      if (next === null || next.text === '') drafts.delete(place);
      else drafts.set(place, next);
      setDraft(next ?? nothing);
    },
    [place],
  );
  return [draft, keep];
}

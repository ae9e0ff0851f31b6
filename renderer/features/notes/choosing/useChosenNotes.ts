import { useMemo, useState } from 'react';
import { maxChosenNotes } from '#shared/api/exports.ts';
import type { NoteId } from '#shared/domain/ids.ts';

/** Notes that a person chooses in a list, to do something with all of them. */
export interface ChosenNotes {
  readonly isOn: boolean;
  readonly chosen: ReadonlySet<NoteId>;
  readonly start: () => void;
  /** Ends choosing; nothing is chosen any more. */
  readonly stop: () => void;
  readonly clear: () => void;
  /** Chooses all of these, or takes them out; no more than one export takes. */
  readonly set: (notes: readonly NoteId[], isChosen: boolean) => void;
}

const nothing: ReadonlySet<NoteId> = new Set();

/** What is chosen in a list. It outlives what the list shows: another order, another kind. */
export function useChosenNotes(): ChosenNotes {
  const [chosen, setChosen] = useState<ReadonlySet<NoteId> | null>(null);
  return useMemo(
    () => ({
      isOn: chosen !== null,
      chosen: chosen ?? nothing,
      start: () => setChosen(nothing),
      stop: () => setChosen(null),
      clear: () => setChosen(nothing),
      set: (notes, isChosen) =>
        setChosen((before) => {
          const next = new Set(before);
          for (const note of notes)
            if (!isChosen) next.delete(note);
            else if (next.size < maxChosenNotes) next.add(note);
          return next;
        }),
    }),
    [chosen],
  );
}

import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import type { WantedWords } from './foundRanges.ts';
import { leastLetters, type PastPassage } from './pastApi.ts';

const typingMs = 140;

/** What is looked for in the past of a note. */
export interface PastSearchState {
  /** As it is typed. */
  readonly text: string;
  readonly onText: (text: string) => void;
  /** As it is asked for, once the hand rests. */
  readonly searched: string;
  /** The passage that is shown. */
  readonly chosen: PastPassage | null;
  readonly onChosen: (passage: PastPassage) => void;
  /** What is marked in the moment that is shown; null: nothing. */
  readonly wanted: WantedWords | null;
}

/** @param first - what is looked for at the beginning. */
export function usePastSearch(first: string): PastSearchState {
  const [text, setText] = useState(first);
  const [chosen, setChosen] = useState<PastPassage | null>(null);
  const [searched] = useDebouncedValue(text.trim(), typingMs);
  const wanted = useMemo(
    () =>
      text.trim() === '' || searched.length < leastLetters
        ? null
        : { text: searched, before: chosen?.before ?? null },
    [text, searched, chosen],
  );
  return {
    text,
    onText: (next) => {
      setText(next);
      setChosen(null);
    },
    searched,
    chosen,
    onChosen: setChosen,
    wanted,
  };
}

import { useMemo } from 'react';
import { countWords, extractText } from '#shared/document/extractText.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';

/** How long a text is. */
export interface TextLength {
  readonly words: number;
  /** Signs, spaces included, line ends not. */
  readonly characters: number;
}

/** Counts a body as people of French count: « l’amitié » and « auteur·trice » are one word each. */
export function useWordCount(body: BodyNode): TextLength {
  return useMemo(() => {
    const text = extractText(body);
    return { words: countWords(text), characters: [...text.replaceAll('\n', '')].length };
  }, [body]);
}

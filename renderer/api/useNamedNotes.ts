import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { NoteKind } from '#shared/domain/Note.ts';
import { queries } from './queries.ts';

const typingMs = 140;

/**
 * The notes of a kind that have what is written in their name: the relay looks through them, of which there may be thousands. What was found before stands until the next is there.
 * @param enabled - whether they are looked for at all.
 * @returns the query; `isOf` says whether what it has is for these words.
 */
export function useNamedNotes(kind: NoteKind, text: string, enabled: boolean) {
  const [named] = useDebouncedValue(text.trim(), typingMs);
  const list = useQuery({ ...queries.named(kind, named), enabled, placeholderData: keepPreviousData });
  const isOf = (words: string): boolean =>
    named === words.trim() && list.data !== undefined && !list.isPlaceholderData;
  return { ...list, isOf };
}

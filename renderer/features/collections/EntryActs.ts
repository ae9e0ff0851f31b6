import type { PointerEvent } from 'react';
import type { CategoryContent, EntryContent } from '#shared/document/fields.ts';
import type { CategoryId } from '#shared/domain/ids.ts';

/** What a manager may do with an entry: the same object for every line, as long as the categories stay. */
export interface EntryActs {
  readonly categories: readonly CategoryContent[];
  readonly move: (entry: EntryContent, step: -1 | 1 | 'first') => void;
  readonly moveTo: (entry: EntryContent, category: CategoryId | null) => void;
  readonly pin: (entry: EntryContent, pinned: boolean) => void;
  /** Holds a note as it is now, or follows it again; null for what is not held. */
  readonly hold: ((entry: EntryContent, isHeld: boolean) => void) | null;
  readonly startDrag: (event: PointerEvent, entry: EntryContent) => void;
}

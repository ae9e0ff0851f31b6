import type { PersonId } from '../../domain/ids.ts';
import type { ItemId } from './TracedNode.ts';

/** Who wrote and who removed a piece of content, from the update log; null where nobody is known. */
export interface Attribution {
  writer(id: ItemId): PersonId | null;
  remover(id: ItemId): PersonId | null;
  /** When it was written, or removed, between the two moments that are compared, Unix milliseconds; null where it was not. */
  writtenAt(id: ItemId): number | null;
  removedAt(id: ItemId): number | null;
}

/** Knows nobody. */
export const nobody: Attribution = {
  writer: () => null,
  remover: () => null,
  writtenAt: () => null,
  removedAt: () => null,
};

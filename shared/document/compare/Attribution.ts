import type { PersonId } from '../../domain/ids.ts';
import type { ItemId } from './TracedNode.ts';

/** Who wrote and who removed a piece of content, from the update log; null where nobody is known. */
export interface Attribution {
  writer(id: ItemId): PersonId | null;
  remover(id: ItemId): PersonId | null;
}

/** Knows nobody. */
export const nobody: Attribution = { writer: () => null, remover: () => null };

import type { Node } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { blockNames } from './names.ts';

const blocks: ReadonlySet<string> = new Set(blockNames);

/**
 * Gives an id to the blocks that a person's own act made, and a new one to a block that the act copied. To be called on
 * a transaction of the local person only, never in answer to a remote one or on opening (threat model, A13).
 * @param transaction - changed in place, before it is dispatched.
 * @param newId - a fresh random id.
 * @returns how many blocks got an id.
 */
export function assignBlockIds(transaction: Transaction, newId: () => string): number {
  if (!transaction.docChanged) return 0;
  const { touched, untouched } = idsAround(transaction);
  const seen = new Set<string>(untouched);
  let assigned = 0;
  for (const { pos, node } of touched) {
    const id: unknown = node.attrs['id'];
    if (typeof id === 'string' && !seen.has(id)) {
      seen.add(id);
      continue;
    }
    transaction.setNodeAttribute(pos, 'id', newId());
    assigned += 1;
  }
  return assigned;
}

interface PlacedNode {
  readonly pos: number;
  readonly node: Node;
}

function changedRanges(transaction: Transaction): { from: number; to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  transaction.mapping.maps.forEach((map, at) => {
    const rest = transaction.mapping.slice(at + 1);
    map.forEach((_oldStart, _oldEnd, newStart, newEnd) => {
      ranges.push({ from: rest.map(newStart, -1), to: rest.map(newEnd, 1) });
    });
  });
  return ranges;
}

function idsAround(transaction: Transaction): { touched: PlacedNode[]; untouched: string[] } {
  const ranges = changedRanges(transaction);
  const touched: PlacedNode[] = [];
  const untouched: string[] = [];
  transaction.doc.descendants((node, pos) => {
    if (blocks.has(node.type.name)) {
      // A block is made by the act when its own start lies in a changed range; typing in it does not count.
      if (ranges.some(({ from, to }) => pos >= from && pos < to)) touched.push({ pos, node });
      else if (typeof node.attrs['id'] === 'string') untouched.push(node.attrs['id']);
    }
    return !node.isTextblock;
  });
  return { touched, untouched };
}

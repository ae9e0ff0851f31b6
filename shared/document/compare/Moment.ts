import type * as Y from 'yjs';

/** A part of an item, in units of its length; `to` is excluded. */
export interface ItemPart {
  readonly from: number;
  readonly to: number;
}

/** Which part of an uncollected document was there at a moment. */
export interface Moment {
  /** True once the item had been written, whether it was removed since or not. */
  isWritten(item: Y.Item): boolean;
  /** The parts of an item that were there. */
  parts(item: Y.Item): readonly ItemPart[];
}

const none: readonly ItemPart[] = [];

/** The document as it stands. */
export const now: Moment = {
  isWritten: () => true,
  parts: (item) => (item.deleted ? none : [{ from: 0, to: item.length }]),
};

/** True when the whole of an item of length one was there. */
export function isThere(moment: Moment, item: Y.Item): boolean {
  return moment.parts(item).length > 0;
}

/** The value of a key of a map, or of an attribute, at a moment: its item, or null where it had none. */
export function mapItemAt(last: Y.Item | null | undefined, moment: Moment): Y.Item | null {
  // The one furthest to the right is the value; those before it were overtaken, which no row says of those that were written at the same time.
  let item = last ?? null;
  while (item !== null && !moment.isWritten(item)) item = item.left;
  return item !== null && isThere(moment, item) ? item : null;
}

import * as Y from 'yjs';
import { markNameOf } from '../names.ts';
import { isThere, type Moment } from './Moment.ts';
import type { ItemId, TracedMark, TracedNode } from './TracedNode.ts';

/** The id of an item, or of a unit of it. */
export const idOf = ({ id: { client, clock } }: Y.Item, offset = 0): ItemId => ({
  client,
  clock: clock + offset,
});

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Walks the items of a text as `toDelta` does, and keeps the id of each piece and of each formatting. */
export function readText(text: Y.Text, moment: Moment): TracedNode[] {
  const nodes: TracedNode[] = [];
  const formats = new Map<string, { value: unknown; id: ItemId }>();
  for (let item = text._start; item !== null; item = item.right) {
    const content: unknown = item.content;
    if (content instanceof Y.ContentFormat) {
      if (!isThere(moment, item)) continue;
      if (content.value === null) formats.delete(content.key);
      else formats.set(content.key, { value: content.value, id: idOf(item) });
    } else if (content instanceof Y.ContentString) {
      for (const { from, to } of moment.parts(item)) {
        const marks = [...formats].map(([key, { value, id }]): TracedMark => {
          const type = markNameOf(key);
          return isRecord(value) && Object.keys(value).length > 0 ? { type, attrs: value, id } : { type, id };
        });
        nodes.push({
          type: 'text',
          attrs: {},
          attrIds: {},
          marks,
          text: content.str.slice(from, to),
          id: idOf(item, from),
          content: [],
        });
      }
    }
  }
  return nodes;
}

/** The value of an item of a map: what a client sets is the last of what it holds. */
export const valueOf = (item: Y.Item): unknown => item.content.getContent()[item.length - 1];

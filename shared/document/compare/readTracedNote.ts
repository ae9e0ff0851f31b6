import * as Y from 'yjs';
import { bodyOf, titleOf } from '../fields.ts';
import { markNameOf } from '../names.ts';
import { maxDepth } from '../noteContent.ts';
import { isThere, mapItemAt, type Moment, now } from './Moment.ts';
import type { ItemId, TracedMark, TracedNode, TracedNote } from './TracedNode.ts';

const idOf = ({ id: { client, clock } }: Y.Item, offset = 0): ItemId => ({ client, clock: clock + offset });

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Walks the items of a text as `toDelta` does, and keeps the id of each piece and of each formatting. */
function readText(text: Y.Text, moment: Moment): TracedNode[] {
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
const valueOf = (item: Y.Item): unknown => item.content.getContent()[item.length - 1];

function readElement(element: Y.XmlElement, item: Y.Item, depth: number, moment: Moment): TracedNode {
  const attrs: Record<string, unknown> = {};
  const attrIds: Record<string, ItemId> = {};
  for (const [name, last] of element._map) {
    const found = mapItemAt(last, moment);
    const value = found === null ? null : valueOf(found);
    if (found === null || value === null || value === undefined) continue;
    attrs[name] = value;
    attrIds[name] = idOf(found);
  }
  return {
    type: element.nodeName,
    attrs,
    attrIds,
    marks: [],
    text: null,
    id: idOf(item),
    content: readChildren(element, depth + 1, moment),
  };
}

function readChildren(parent: Y.XmlFragment | Y.XmlElement, depth: number, moment: Moment): TracedNode[] {
  const nodes: TracedNode[] = [];
  if (depth > maxDepth) return nodes;
  for (let item = parent._start; item !== null; item = item.right) {
    const content: unknown = item.content;
    if (!(content instanceof Y.ContentType) || !isThere(moment, item)) continue;
    const child: unknown = content.type;
    if (child instanceof Y.XmlText) nodes.push(...readText(child, moment));
    else if (child instanceof Y.XmlElement && !(child instanceof Y.XmlHook))
      nodes.push(readElement(child, item, depth, moment));
  }
  return nodes;
}

/**
 * Reads a note with the Yjs ids of all it is made of. The document is not modified and may be thrown away afterwards.
 * @param moment - at which it is read; default: as it stands.
 */
export function readTracedNote(doc: Y.Doc, moment: Moment = now): TracedNote {
  return {
    title: readText(titleOf(doc), moment),
    body: {
      type: 'doc',
      attrs: {},
      attrIds: {},
      marks: [],
      text: null,
      id: null,
      content: readChildren(bodyOf(doc), 1, moment),
    },
  };
}

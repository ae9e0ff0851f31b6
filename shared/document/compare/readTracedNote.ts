import * as Y from 'yjs';
import { bodyOf, titleOf } from '../fields.ts';
import { markNameOf } from '../names.ts';
import { maxDepth } from '../noteContent.ts';
import type { ItemId, TracedMark, TracedNode, TracedNote } from './TracedNode.ts';

function idOf(item: Y.Item | null): ItemId | null {
  return item === null ? null : { client: item.id.client, clock: item.id.clock };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Walks the items of a text as `toDelta` does, and keeps the id of each piece and of each formatting. */
function readText(text: Y.Text): TracedNode[] {
  const nodes: TracedNode[] = [];
  const formats = new Map<string, { value: unknown; id: ItemId }>();
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const content: unknown = item.content;
    if (content instanceof Y.ContentFormat) {
      if (content.value === null) formats.delete(content.key);
      else
        formats.set(content.key, {
          value: content.value,
          id: { client: item.id.client, clock: item.id.clock },
        });
    } else if (content instanceof Y.ContentString && content.str.length > 0) {
      const marks = [...formats].map(([key, { value, id }]): TracedMark => {
        const type = markNameOf(key);
        return isRecord(value) && Object.keys(value).length > 0 ? { type, attrs: value, id } : { type, id };
      });
      nodes.push({
        type: 'text',
        attrs: {},
        attrIds: {},
        marks,
        text: content.str,
        id: idOf(item),
        content: [],
      });
    }
  }
  return nodes;
}

function readElement(element: Y.XmlElement, depth: number): TracedNode {
  const attrs: Record<string, unknown> = {};
  const attrIds: Record<string, ItemId> = {};
  for (const [name, value] of Object.entries(element.getAttributes() as Record<string, unknown>)) {
    if (value === null || value === undefined) continue;
    attrs[name] = value;
    const id = idOf(element._map.get(name) ?? null);
    if (id !== null) attrIds[name] = id;
  }
  return {
    type: element.nodeName,
    attrs,
    attrIds,
    marks: [],
    text: null,
    id: idOf(element._item),
    content: readChildren(element, depth + 1),
  };
}

function readChildren(parent: Y.XmlFragment | Y.XmlElement, depth: number): TracedNode[] {
  if (depth > maxDepth) return [];
  return parent.toArray().flatMap((child: unknown): TracedNode[] => {
    if (child instanceof Y.XmlText) return readText(child);
    if (child instanceof Y.XmlHook || !(child instanceof Y.XmlElement)) return [];
    return [readElement(child, depth)];
  });
}

/** Reads a note with the Yjs ids of all it is made of. The document is not modified and may be thrown away afterwards. */
export function readTracedNote(doc: Y.Doc): TracedNote {
  return {
    title: readText(titleOf(doc)),
    body: {
      type: 'doc',
      attrs: {},
      attrIds: {},
      marks: [],
      text: null,
      id: null,
      content: readChildren(bodyOf(doc), 1),
    },
  };
}

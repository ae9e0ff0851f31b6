import * as Y from 'yjs';
import { bodyOf, titleOf } from '../fields.ts';
import { maxDepth } from '../noteContent.ts';
import { isThere, mapItemAt, type Moment, now } from './Moment.ts';
import { readTracedSheet } from './readTracedSheet.ts';
import { idOf, readText, valueOf } from './readTracedText.ts';
import type { ItemId, TracedNode, TracedNote } from './TracedNode.ts';

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
    sheet: readTracedSheet(doc, moment),
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

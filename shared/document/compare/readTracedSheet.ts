import * as Y from 'yjs';
import {
  addressOf,
  contactOf,
  contactText,
  definitionOf,
  formsOf,
  maxFormLength,
  readForm,
  type SheetContactKey,
  sheetContactKeys,
  termForms,
} from '../sheet.ts';
import { mapItemAt, type Moment } from './Moment.ts';
import { idOf, readText, valueOf } from './readTracedText.ts';
import type { ItemId, TracedNode, TracedSheet } from './TracedNode.ts';

const valueNode = (text: string, id: ItemId): TracedNode => ({
  type: 'text',
  attrs: {},
  attrIds: {},
  marks: [],
  text,
  id,
  content: [],
});

/** The forms of one sort, each once, as `readSheet` takes them. */
function readForms(list: Y.Array<unknown>, moment: Moment): TracedNode[] {
  const nodes = new Map<string, TracedNode>();
  for (let item = list._start; item !== null; item = item.right) {
    const content: unknown = item.content;
    if (!(content instanceof Y.ContentAny)) continue;
    for (const { from, to } of moment.parts(item)) {
      for (let at = from; at < to; at += 1) {
        const value: unknown = content.arr[at];
        const form = typeof value === 'string' && value.length <= maxFormLength ? readForm(value) : '';
        if (form !== '' && !nodes.has(form)) nodes.set(form, valueNode(form, idOf(item, at)));
      }
    }
  }
  return [...nodes.values()];
}

/** One value, as text; nothing where there is none that has its form. */
function readContact(contact: Y.Map<unknown>, key: SheetContactKey, moment: Moment): TracedNode[] {
  const item = mapItemAt(contact._map.get(key), moment);
  const text = item === null ? '' : contactText(key, valueOf(item));
  return item === null || text === '' ? [] : [valueNode(text, idOf(item, item.length - 1))];
}

/** Reads the sheet of a note with the Yjs ids of all it is made of. */
export function readTracedSheet(doc: Y.Doc, moment: Moment): TracedSheet {
  const contact = contactOf(doc);
  return {
    definition: readText(definitionOf(doc), moment),
    address: readText(addressOf(doc), moment),
    ...(Object.fromEntries(
      termForms.map((form) => [form, readForms(formsOf(doc, form), moment)]),
    ) as unknown as Pick<TracedSheet, (typeof termForms)[number]>),
    ...(Object.fromEntries(
      sheetContactKeys.map((key) => [key, readContact(contact, key, moment)]),
    ) as unknown as Pick<TracedSheet, SheetContactKey>),
  };
}

import * as Y from 'yjs';
import { bodyOf, titleOf } from '#shared/document/fields.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { ParsedUpdate } from '../room/update/parseUpdate.ts';

/** What of a type of Yjs is read here. */
interface Content {
  readonly _start: Y.Item | null;
}

/**
 * What some rows wrote of a note and is still there: their words alone, a paragraph for each block that holds some.
 * @param doc - the note with these rows.
 */
export function unsentText(doc: Y.Doc, rows: readonly Pick<ParsedUpdate, 'sections'>[]): BodyNode {
  const written = new Map<number, { from: number; to: number }[]>();
  for (const { sections } of rows)
    for (const { client, from, to } of sections)
      written.set(client, [...(written.get(client) ?? []), { from, to }]);
  const blocks: string[] = [];
  const title = wordsOf(titleOf(doc), written);
  if (title !== '') blocks.push(title);
  for (const block of itemsOf(bodyOf(doc))) {
    const type = typeOf(block);
    const words = type === null ? '' : wordsOf(type, written);
    if (words !== '') blocks.push(words);
  }
  const paragraphs = blocks.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }));
  return { type: 'doc', content: paragraphs.length > 0 ? paragraphs : [{ type: 'paragraph' }] };
}

function* itemsOf(type: Content): Generator<Y.Item> {
  for (let item = type._start; item !== null; item = item.right) if (!item.deleted) yield item;
}

function typeOf(item: Y.Item): Content | null {
  return item.content instanceof Y.ContentType ? item.content.type : null;
}

function wordsOf(
  type: Content,
  written: ReadonlyMap<number, readonly { from: number; to: number }[]>,
): string {
  let words = '';
  for (const item of itemsOf(type)) {
    const inner = typeOf(item);
    if (inner !== null) {
      const within = wordsOf(inner, written);
      if (within !== '') words += (words === '' ? '' : ' ') + within;
    }
    if (!(item.content instanceof Y.ContentString)) continue;
    const { client, clock } = item.id;
    for (const { from, to } of written.get(client) ?? [])
      words += item.content.str.slice(Math.max(0, from - clock), Math.max(0, to - clock));
  }
  return words;
}

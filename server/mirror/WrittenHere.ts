import * as Y from 'yjs';
import type { ParsedUpdate } from '../room/update/parseUpdate.ts';

/** What of a type of Yjs is read here. */
interface Content {
  readonly _start: Y.Item | null;
  readonly _map: ReadonlyMap<string, Y.Item>;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** What some rows wrote of a document, to be told from the rest of it as long as it is there. */
export class WrittenHere {
  private readonly ranges = new Map<number, Range[]>();

  constructor(rows: readonly Pick<ParsedUpdate, 'sections'>[]) {
    for (const { sections } of rows)
      for (const { client, from, to } of sections)
        this.ranges.set(client, [...(this.ranges.get(client) ?? []), { from, to }]);
  }

  /** The words of a text, or of everything in it, that they wrote. */
  words(type: Content): string {
    let words = '';
    for (const item of itemsOf(type)) {
      const inner = typeOf(item);
      if (inner !== null) {
        const within = this.words(inner);
        if (within !== '') words += (words === '' ? '' : ' ') + within;
      }
      if (!(item.content instanceof Y.ContentString)) continue;
      for (const { from, to } of this.partsOf(item)) words += item.content.str.slice(from, to);
    }
    return words;
  }

  /** The words that they wrote, of each block that holds some. */
  blocks(fragment: Content): string[] {
    return [...itemsOf(fragment)].flatMap((block) => {
      const type = typeOf(block);
      const words = type === null ? '' : this.words(type);
      return words === '' ? [] : [words];
    });
  }

  /** The elements of these names that they put in, of a block and what is in it. An element within another of them is left to that one. */
  elements(block: Y.XmlElement, names: ReadonlySet<string>): Y.XmlElement[] {
    if (names.has(block.nodeName))
      return block._item !== null && this.partsOf(block._item).length > 0 ? [block] : [];
    return block
      .toArray()
      .flatMap((inner) => (inner instanceof Y.XmlElement ? this.elements(inner, names) : []));
  }

  /** The strings of a list that they put in. */
  strings(list: Content): string[] {
    return [...itemsOf(list)].flatMap((item) => {
      if (!(item.content instanceof Y.ContentAny)) return [];
      const { arr } = item.content;
      return this.partsOf(item)
        .flatMap(({ from, to }) => arr.slice(from, to) as unknown[])
        .filter((one) => typeof one === 'string');
    });
  }

  /** The keys of a map whose present value they wrote. @param isDeep - or anything within it. */
  keys(map: Content, isDeep = false): Set<string> {
    const keys = new Set<string>();
    for (const [key, item] of map._map) {
      if (item.deleted) continue;
      const inner = isDeep ? typeOf(item) : null;
      if (this.partsOf(item).length > 0 || (inner !== null && this.keys(inner).size > 0)) keys.add(key);
    }
    return keys;
  }

  /** Which parts of an item they wrote, from its beginning. */
  private partsOf({ id: { client, clock }, length }: Y.Item): Range[] {
    return (this.ranges.get(client) ?? [])
      .map(({ from, to }) => ({ from: Math.max(0, from - clock), to: Math.min(length, to - clock) }))
      .filter(({ from, to }) => from < to);
  }
}

function* itemsOf(type: Content): Generator<Y.Item> {
  for (let item = type._start; item !== null; item = item.right) if (!item.deleted) yield item;
}

function typeOf(item: Y.Item): Content | null {
  return item.content instanceof Y.ContentType ? item.content.type : null;
}

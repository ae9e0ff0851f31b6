import * as Y from 'yjs';
import type { ItemId } from '#shared/document/compare/TracedNode.ts';

/** Text that was removed at `from` and is there again at `to`. */
export interface Carried {
  readonly from: ItemId;
  readonly to: ItemId;
  readonly length: number;
}

interface Source {
  readonly id: ItemId;
  readonly text: string;
}

const gram = 4;
/** A shorter piece is carried only when it is the whole of what was inserted. */
const leastCarried = 6;
const maxSourceUnits = 400_000;
const maxPlaces = 40;

/** Finds removed text among inserted text, in one document. */
export class CarriedText {
  private readonly doc: Y.Doc;

  /** @param doc - uncollected, so that removed text is still in it. */
  constructor(doc: Y.Doc) {
    this.doc = doc;
  }

  /** Everything that is removed in the document, but for what `except` wrote. */
  everRemoved(except: ReadonlySet<number>): { id: ItemId; length: number }[] {
    const out: { id: ItemId; length: number }[] = [];
    for (const [client, structs] of this.doc.store.clients) {
      if (except.has(client)) continue;
      for (const struct of structs) {
        if (struct instanceof Y.Item && struct.deleted && struct.content instanceof Y.ContentString) {
          out.push({ id: { client, clock: struct.id.clock }, length: struct.length });
        }
      }
    }
    return out;
  }

  /** Pairs inserted text with the removed text that it repeats, longest pieces first at each place. */
  find(inserted: readonly Source[], removed: readonly { id: ItemId; length: number }[]): Carried[] {
    const sources = removed.flatMap(({ id, length }) => this.textsOf(id, length));
    if (sources.length === 0) return [];
    const places = indexGrams(sources);
    return inserted.flatMap((one) => pair(one, sources, places));
  }

  private textsOf(id: ItemId, length: number): Source[] {
    const structs = this.doc.store.clients.get(id.client);
    if (!structs || id.clock >= Y.getState(this.doc.store, id.client)) return [];
    const out: Source[] = [];
    const end = id.clock + length;
    for (let at = Y.findIndexSS(structs, id.clock); at < structs.length; at += 1) {
      const struct = structs[at];
      if (!struct || struct.id.clock >= end) break;
      if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
      const start = Math.max(id.clock, struct.id.clock);
      const text = struct.content.str.slice(start - struct.id.clock, end - struct.id.clock);
      const last = out.at(-1);
      // One item each, as the store keeps them; neighbours by clock read as one text.
      if (last && last.id.clock + last.text.length === start)
        out[out.length - 1] = { id: last.id, text: last.text + text };
      else out.push({ id: { client: id.client, clock: start }, text });
    }
    return out;
  }
}

function indexGrams(sources: readonly Source[]): Map<string, [source: number, at: number][]> {
  const places = new Map<string, [number, number][]>();
  let units = 0;
  sources.forEach(({ text }, source) => {
    units += text.length;
    if (units > maxSourceUnits) return;
    for (let at = 0; at + gram <= text.length; at += 1) {
      const key = text.slice(at, at + gram);
      const known = places.get(key);
      if (!known) places.set(key, [[source, at]]);
      else if (known.length < maxPlaces) known.push([source, at]);
    }
  });
  return places;
}

function pair(
  { id, text }: Source,
  sources: readonly Source[],
  places: ReadonlyMap<string, readonly (readonly [number, number])[]>,
): Carried[] {
  if (text.length < gram) {
    const whole = text.length < 2 ? undefined : sources.find((source) => source.text === text);
    return whole ? [{ from: whole.id, to: id, length: text.length }] : [];
  }
  const out: Carried[] = [];
  for (let at = 0; at + gram <= text.length;) {
    let best: Carried | null = null;
    for (const [source, place] of places.get(text.slice(at, at + gram)) ?? []) {
      const from = sources[source];
      if (!from) continue;
      let length = gram;
      while (at + length < text.length && text[at + length] === from.text[place + length]) length += 1;
      if (length > (best?.length ?? 0)) {
        best = {
          from: { client: from.id.client, clock: from.id.clock + place },
          to: { client: id.client, clock: id.clock + at },
          length,
        };
      }
    }
    const carried = best && wholeWords(best, at, text);
    if (carried) {
      out.push(carried);
      at = carried.to.clock - id.clock + carried.length;
    } else at += 1;
  }
  return out;
}

const inWord = /[\p{L}\p{N}\p{M}]/u;

/**
 * The words that a match holds whole. A match may begin with the end of another word (« trentaine » in « quarantaine »): that word is new.
 * @param at - where the match begins in `text`.
 * @returns null when too little is left.
 */
function wholeWords(match: Carried, at: number, text: string): Carried | null {
  let start = at;
  let end = at + match.length;
  const cut = (place: number): boolean =>
    place > 0 && place < text.length && inWord.test(text[place - 1] ?? '') && inWord.test(text[place] ?? '');
  while (start < end && cut(start)) start += 1;
  while (end > start && cut(end)) end -= 1;
  const length = end - start;
  if (length < leastCarried && length < text.length) return null;
  return {
    from: { client: match.from.client, clock: match.from.clock + start - at },
    to: { client: match.to.client, clock: match.to.clock + start - at },
    length,
  };
}

import * as Y from 'yjs';
import type { ItemId, TracedNode, TracedNote } from '#shared/document/compare/TracedNode.ts';
import { idOf, readText } from '#shared/document/compare/readTracedText.ts';
import { bodyOf } from '#shared/document/fields.ts';
import type { Chronicle } from './Chronicle.ts';
import type { ViewWithout } from './ViewWithout.ts';

/** Text that comes back where its block is no more, and the unit beside which it stood. */
interface Lost {
  readonly node: TracedNode;
  readonly anchor: ItemId;
  readonly side: 'after' | 'before';
}

/**
 * Text that comes back stood in a block that others cut, joined, moved or turned into another one since: what stood beside it stands elsewhere now. It comes back beside that. Where nothing of that stands any more, others
 * removed the whole, and it does not come back.
 */
export function putLostBeside(chronicle: Chronicle, view: ViewWithout, note: TracedNote): TracedNote {
  const body = bodyOf(chronicle.doc) as unknown as Y.AbstractType<unknown>;
  const lost = lostIn(body, chronicle, view, true);
  if (lost.length === 0) return note;
  const byClient = new Map<number, Lost[]>();
  for (const one of lost) {
    const known = byClient.get(one.anchor.client);
    if (known === undefined) byClient.set(one.anchor.client, [one]);
    else known.push(one);
  }
  return { ...note, body: { ...note.body, content: withLost(note.body, byClient) } };
}

function lostIn(
  parent: Y.AbstractType<unknown>,
  chronicle: Chronicle,
  view: ViewWithout,
  isThere: boolean,
): Lost[] {
  const lost: Lost[] = [];
  for (let item = parent._start; item !== null; item = item.right) {
    if (!(item.content instanceof Y.ContentType)) continue;
    const type = item.content.type as Y.AbstractType<unknown>;
    const stands = isThere && view.parts(item).length > 0;
    if (!(type instanceof Y.XmlText)) lost.push(...lostIn(type, chronicle, view, stands));
    else if (!stands)
      for (const node of comingBackIn(type, chronicle, view)) {
        const anchor = anchorOf(type, node.id, view);
        if (anchor !== null) lost.push({ ...anchor, node });
      }
  }
  return lost;
}

/** The text of a block that is gone which rows that are taken back had removed before, in the formatting that it had then. */
function* comingBackIn(
  text: Y.XmlText,
  chronicle: Chronicle,
  view: ViewWithout,
): Generator<TracedNode & { readonly id: ItemId }> {
  const removedAt = ({ client, clock }: ItemId): number | undefined => chronicle.removed.at(client, clock);
  for (let item = text._start; item !== null; item = item.right) {
    if (!(item.content instanceof Y.ContentString)) continue;
    for (const { from, to } of view.parts(item))
      for (let start = from, end = from + 1; start < to; start = end, end += 1) {
        const id = idOf(item, start);
        const seq = removedAt(id);
        while (end < to && removedAt(idOf(item, end)) === seq) end += 1;
        if (seq === undefined) continue;
        const then = readText(text, chronicle.momentAt(seq - 1)).find(
          (node) =>
            node.id?.client === id.client &&
            node.id.clock <= id.clock &&
            id.clock < node.id.clock + (node.text ?? '').length,
        );
        const said = {
          type: 'text',
          attrs: {},
          attrIds: {},
          content: [],
          text: item.content.str.slice(start, end),
        };
        yield { ...said, id, marks: then?.marks ?? [] };
      }
  }
}

/** The nearest unit before a place, or behind it, that stands elsewhere now. */
function anchorOf(text: Y.XmlText, at: ItemId, view: ViewWithout): Omit<Lost, 'node'> | null {
  let before: ItemId | null = null;
  let isBehind = false;
  for (let item = text._start; item !== null; item = item.right) {
    if (!(item.content instanceof Y.ContentString)) continue;
    for (let unit = 0; unit < item.length; unit += 1) {
      const id = idOf(item, unit);
      if (id.client === at.client && id.clock === at.clock) {
        if (before !== null) return { anchor: before, side: 'after' };
        isBehind = true;
        continue;
      }
      const stands = view.standsAt(id);
      if (stands === null) continue;
      if (isBehind) return { anchor: stands, side: 'before' };
      before = stands;
    }
  }
  return null;
}

/** The content of a block, with what comes back in it. */
function withLost(
  { type, content }: TracedNode,
  byClient: ReadonlyMap<number, readonly Lost[]>,
): TracedNode[] {
  return content.flatMap((node) => {
    const { id, text } = node;
    if (text === null) return [{ ...node, content: withLost(node, byClient) }];
    if (id === null) return [node];
    const here = (byClient.get(id.client) ?? [])
      .map((one) => ({ ...one, unit: one.anchor.clock - id.clock }))
      .filter(({ unit }) => unit >= 0 && unit < text.length)
      .map(({ node: lost, unit, side }) => ({ lost, at: side === 'after' ? unit + 1 : unit }))
      .toSorted((a, b) => a.at - b.at);
    const out: TracedNode[] = [];
    let done = 0;
    const upTo = (end: number): void => {
      if (end > done)
        out.push({ ...node, text: text.slice(done, end), id: { ...id, clock: id.clock + done } });
      done = end;
    };
    for (const { lost, at } of here) {
      upTo(at);
      // A block of code knows no formatting.
      out.push(type === 'codeBlock' ? { ...lost, marks: [] } : lost);
    }
    upTo(text.length);
    return out;
  });
}

import type { BodyMark, BodyNode } from '../noteContent.ts';
import type { Attribution } from './Attribution.ts';
import { alignTokens, type Stretch } from './alignTokens.ts';
import { idsOf, peopleOf, type PersonOf, someoneOf } from './tokenPeople.ts';
import { slideChanges } from './slideChanges.ts';
import { signature, toBody, type TracedMark, type TracedNode, visibleMarks } from './TracedNode.ts';
import { cutWords, isSpace, isWord } from './words.ts';

/** Stands where one block ends and the next begins. Shown as a pilcrow when it was added or removed. */
const blockEnd = '\u0002';
const pilcrow = '¶';

/** One character run of one formatting, or something in the line that is not text. */
interface Piece {
  readonly text: string;
  readonly node: TracedNode;
  /** First unit of `text` within the node's own text. */
  readonly offset: number;
}

interface Token {
  readonly key: string;
  readonly pieces: readonly Piece[];
}

/** What became of several text blocks that are the same text at two moments. */
export interface InlineComparison {
  /** What each block of the later moment holds now, with the marks `added`, `removed` and `formatted`. */
  readonly blocks: readonly (readonly BodyNode[])[];
  readonly changed: boolean;
}

function tokensOf(block: TracedNode): Token[] {
  const tokens: Token[] = [];
  let run: TracedNode[] = [];
  const flush = (): void => {
    const text = run.map((node) => node.text).join('');
    let node = 0;
    let offset = 0;
    for (const word of cutWords(text)) {
      const pieces: Piece[] = [];
      let rest = word.length;
      while (rest > 0) {
        const current = run[node];
        if (!current) break;
        const length = Math.min(rest, (current.text?.length ?? 0) - offset);
        if (length > 0)
          pieces.push({ text: current.text?.slice(offset, offset + length) ?? '', node: current, offset });
        rest -= length;
        offset += length;
        if (offset >= (current.text?.length ?? 0)) {
          node += 1;
          offset = 0;
        }
      }
      tokens.push({ key: word, pieces });
    }
    run = [];
  };
  for (const child of block.content) {
    if (child.text !== null) run.push(child);
    else {
      flush();
      tokens.push({ key: `\u0001${signature(child)}`, pieces: [{ text: '', node: child, offset: 0 }] });
    }
  }
  flush();
  return tokens;
}

function joined(blocks: readonly TracedNode[]): Token[] {
  return blocks.flatMap((block, at) =>
    at === 0 ? tokensOf(block) : [{ key: blockEnd, pieces: [] }, ...tokensOf(block)],
  );
}

function weigh(token: string): number {
  if (token === blockEnd) return 1;
  if (token.startsWith('\u0001')) return 6;
  if (isSpace(token)) return 0.1;
  return isWord(token) ? 1 + Math.min(token.length, 10) : 0.4;
}

const length = (tokens: readonly Token[], from: number, to: number): number => {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += tokens[at]?.key.length ?? 0;
  return sum;
};

/** The space after a rewritten phrase was there before and is there now. */
function freeLastSpace(stretches: readonly Stretch[], a: readonly Token[], b: readonly Token[]): Stretch[] {
  const out: Stretch[] = [];
  for (const here of stretches) {
    const last = a[here.toA - 1]?.key ?? '';
    const both = here.toA > here.fromA + 1 && here.toB > here.fromB + 1;
    if (here.equal || !both || !isSpace(last) || b[here.toB - 1]?.key !== last) out.push(here);
    else {
      out.push({ ...here, toA: here.toA - 1, toB: here.toB - 1 });
      out.push({ equal: true, fromA: here.toA - 1, toA: here.toA, fromB: here.toB - 1, toB: here.toB });
    }
  }
  return out;
}

/** Takes into a change the few equal signs between two changes, so that a rewritten phrase reads in one piece. */
function absorbShort(stretches: readonly Stretch[], a: readonly Token[], b: readonly Token[]): Stretch[] {
  const out: Stretch[] = [];
  for (let at = 0; at < stretches.length; at += 1) {
    const here = stretches[at] as Stretch;
    const last = out.at(-1);
    const next = stretches[at + 1];
    const words = a.slice(here.fromA, here.toA);
    const small =
      here.equal &&
      last?.equal === false &&
      next?.equal === false &&
      words.every((token) => token.key !== blockEnd && !token.key.startsWith('\u0001')) &&
      (words.every((token) => !isWord(token.key)) ||
        (length(a, here.fromA, here.toA) <= 12 &&
          length(a, here.fromA, here.toA) <=
            Math.min(
              Math.max(length(a, last.fromA, last.toA), length(b, last.fromB, last.toB)),
              Math.max(length(a, next.fromA, next.toA), length(b, next.fromB, next.toB)),
            )));
    // Two words added one after the other (or two removed) stay two additions: the space between them was there before.
    const rewritten =
      last !== undefined &&
      next !== undefined &&
      (last.toA > last.fromA || next.toA > next.fromA) &&
      (last.toB > last.fromB || next.toB > next.fromB);
    if (last && !last.equal && ((small && rewritten) || !here.equal)) {
      out[out.length - 1] = { ...last, toA: here.toA, toB: here.toB };
    } else out.push(here);
  }
  return out;
}

class InlineWriter {
  readonly blocks: BodyNode[][] = [[]];
  changed = false;
  readonly #who: Attribution;

  constructor(who: Attribution) {
    this.#who = who;
  }

  #push(node: BodyNode): void {
    const block = this.blocks[this.blocks.length - 1] as BodyNode[];
    const last = block[block.length - 1];
    if (
      node.type === 'text' &&
      last?.type === 'text' &&
      JSON.stringify(last.marks ?? []) === JSON.stringify(node.marks ?? [])
    ) {
      block[block.length - 1] = { ...last, text: `${last.text ?? ''}${node.text ?? ''}` };
    } else block.push(node);
  }

  #pieceOf(piece: Piece, mark: BodyMark | null): void {
    const own = toBody(piece.node);
    const marks = [...(own.marks ?? []), ...(mark ? [mark] : [])];
    this.#push({
      ...own,
      ...(own.type === 'text' ? { text: piece.text } : {}),
      ...(marks.length > 0 ? { marks } : {}),
    });
  }

  marked(token: Token, kind: 'added' | 'removed', person: string | null): void {
    this.changed = true;
    for (const piece of token.pieces) this.#pieceOf(piece, { type: kind, attrs: { person } });
  }

  /** The same token at both moments: its formatting may have changed. */
  kept(before: Token, after: Token): void {
    for (const { old, now } of zip(before.pieces, after.pieces)) {
      const marksOld = visibleMarks(old.node);
      const marksNow = visibleMarks(now.node);
      const added = missing(marksNow, marksOld);
      const removed = missing(marksOld, marksNow);
      if (added.length === 0 && removed.length === 0) {
        this.#pieceOf(now, null);
        continue;
      }
      this.changed = true;
      const id = added.find((mark) => mark.id)?.id;
      const gone = removed.find((mark) => mark.id)?.id;
      const person = id ? this.#who.writer(id) : gone ? this.#who.remover(gone) : null;
      const names = (marks: readonly TracedMark[]): string[] => marks.map((mark) => mark.type);
      this.#pieceOf(now, {
        type: 'formatted',
        attrs: { person, added: names(added), removed: names(removed) },
      });
    }
  }

  blockRemoved(person: string | null): void {
    this.changed = true;
    this.#push({ type: 'text', text: pilcrow, marks: [{ type: 'removed', attrs: { person } }] });
  }

  blockAdded(person: string | null): void {
    this.changed = true;
    this.#push({ type: 'text', text: pilcrow, marks: [{ type: 'added', attrs: { person } }] });
    this.nextBlock();
  }

  nextBlock(): void {
    this.blocks.push([]);
  }
}

function missing(from: readonly TracedMark[], other: readonly TracedMark[]): TracedMark[] {
  const keyOf = (mark: TracedMark): string => JSON.stringify([mark.type, mark.attrs ?? null]);
  const known = new Set(other.map(keyOf));
  return from.filter((mark) => !known.has(keyOf(mark)));
}

/** The same characters, cut where either side's formatting changes. */
function zip(before: readonly Piece[], after: readonly Piece[]): { old: Piece; now: Piece }[] {
  const out: { old: Piece; now: Piece }[] = [];
  let x = 0;
  let y = 0;
  let usedX = 0;
  let usedY = 0;
  while (x < before.length && y < after.length) {
    const old = before[x] as Piece;
    const now = after[y] as Piece;
    if (old.node.text === null || now.node.text === null) {
      out.push({ old, now });
      x += 1;
      y += 1;
      continue;
    }
    const size = Math.min(old.text.length - usedX, now.text.length - usedY);
    out.push({
      old: { ...old, text: old.text.slice(usedX, usedX + size), offset: old.offset + usedX },
      now: { ...now, text: now.text.slice(usedY, usedY + size), offset: now.offset + usedY },
    });
    usedX += size;
    usedY += size;
    if (usedX >= old.text.length) {
      x += 1;
      usedX = 0;
    }
    if (usedY >= now.text.length) {
      y += 1;
      usedY = 0;
    }
  }
  return out;
}

/**
 * Compares text blocks that are the same text at two moments, word by word: one with one, one with the several it was
 * split into, or several with the one they were joined in.
 */
export function compareInline(
  before: readonly TracedNode[],
  after: readonly TracedNode[],
  who: Attribution,
): InlineComparison {
  const a = joined(before);
  const b = joined(after);
  const keysA = a.map((token) => token.key);
  const keysB = b.map((token) => token.key);
  const aligned = slideChanges(alignTokens(keysA, keysB, weigh), keysA, keysB);
  const stretches = freeLastSpace(absorbShort(aligned, a, b), a, b);
  const writer = new InlineWriter(who);
  const writerOf = (node: TracedNode | undefined): string | null => (node?.id ? who.writer(node.id) : null);
  const removerOf = (node: TracedNode | undefined): string | null => (node?.id ? who.remover(node.id) : null);
  const removerOfId: PersonOf = (id) => who.remover(id);
  const writerOfId: PersonOf = (id) => who.writer(id);
  const here = idsOf(a);
  const there = idsOf(b);
  let blockA = 0;
  let blockB = 0;
  for (const { equal, fromA, toA, fromB, toB } of stretches) {
    if (equal) {
      for (let at = 0; at < toA - fromA; at += 1) {
        const token = b[fromB + at] as Token;
        if (token.key === blockEnd) {
          blockA += 1;
          blockB += 1;
          writer.nextBlock();
        } else writer.kept(a[fromA + at] as Token, token);
      }
      continue;
    }
    const gone = a.slice(fromA, toA);
    const come = b.slice(fromB, toB);
    const removers = peopleOf(gone, there, removerOfId, someoneOf(come, here, writerOfId));
    gone.forEach((token, at) => {
      if (token.key !== blockEnd) writer.marked(token, 'removed', removers[at] ?? null);
      else {
        blockA += 1;
        writer.blockRemoved(removerOf(before[blockA]) ?? removers[at] ?? null);
      }
    });
    const writers = peopleOf(come, here, writerOfId, someoneOf(gone, there, removerOfId));
    come.forEach((token, at) => {
      if (token.key !== blockEnd) writer.marked(token, 'added', writers[at] ?? null);
      else {
        blockB += 1;
        writer.blockAdded(writerOf(after[blockB]) ?? writerOf(after[blockB - 1]));
      }
    });
  }
  return { blocks: writer.blocks, changed: writer.changed };
}

/** All of a block's text as added, or as removed. */
export function markInline(
  block: TracedNode,
  kind: 'added' | 'removed',
  who: Attribution,
): readonly BodyNode[] {
  const empty: TracedNode = { ...block, content: [] };
  const { blocks } =
    kind === 'added' ? compareInline([empty], [block], who) : compareInline([block], [empty], who);
  return blocks.flat();
}

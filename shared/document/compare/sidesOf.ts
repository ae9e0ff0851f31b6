import { isInline } from '../bodyAccess.ts';
import type { BodyMark, BodyNode } from '../noteContent.ts';

/** What stands beside each other in a comparison: blocks of the earlier moment, and what became of them. */
export interface SideRow {
  readonly before: readonly BodyNode[];
  readonly after: readonly BodyNode[];
}

type Side = keyof SideRow;

/** The end of a block, as `compareInline` writes it where one was added or removed. */
const pilcrow = '¶';
/** What the other moment has, and this one does not. */
const foreign = { before: 'added', after: 'removed' } as const;
const cells = new Set(['tableCell', 'tableHeader']);
/** Marks that are whole by their name alone: the others came with attributes that a comparison does not tell. */
const plainMarks = new Set(['bold', 'italic', 'underline', 'strike', 'code', 'subscript', 'superscript']);

/**
 * The two moments of a merged body (`compareNotes`) beside each other, block by block, each in its own order: what was removed is marked in the one, what
 * was added in the other. A block that moved stands in a row of its own on either side.
 */
export function sidesOf(body: BodyNode): SideRow[] {
  const rows: { before: BodyNode[]; after: BodyNode[]; place: number | null }[] = [];
  const moved: { before: BodyNode[]; place: number }[] = [];
  const earlier = new SideReader('before');
  const later = new SideReader('after');
  for (const node of body.content ?? []) {
    const place = typeof node.attrs?.['then'] === 'number' ? node.attrs['then'] : null;
    const before = earlier.read(node);
    const after = later.read(node);
    if (changeOf(node)?.kind === 'moved' && place !== null) {
      moved.push({ before, place });
      rows.push({ before: [], after, place: null });
    } else rows.push({ before, after, place });
  }
  for (const { before, place } of moved) {
    const at = rows.findIndex((row) => row.before.length > 0 && (row.place ?? -1) > place);
    rows.splice(at === -1 ? rows.length : at, 0, { before, after: [], place });
  }
  return rows
    .filter(({ before, after }) => before.length + after.length > 0)
    .map(({ before, after }) => ({ before, after }));
}

/** Reads one moment out of the blocks of a merged body, one after the other. */
class SideReader {
  readonly #side: Side;
  /** Where a block goes on that the other moment cut: what follows belongs to it. */
  #open: BodyNode[] | null = null;

  constructor(side: Side) {
    this.#side = side;
  }

  /** @returns what this moment has of a block: none, one, or several that became one. */
  read(node: BodyNode): BodyNode[] {
    const change = changeOf(node);
    if (change?.kind === foreign[this.#side]) return [];
    // A cell that neither moment has.
    if (cells.has(node.type) && node.content === undefined) return [];
    const own = this.#own(node);
    const content = node.content ?? [];
    if (!content.some(isInline)) {
      this.#open = null;
      const inside = new SideReader(this.#side);
      const children = content.flatMap((child) => inside.read(child));
      // What held only what the other moment has was not there.
      return content.length > 0 && children.length === 0 ? [] : [{ ...own, ...holding(children) }];
    }
    const lines: BodyNode[][] = [this.#open ?? []];
    let goesOn = false;
    for (const [at, piece] of content.entries()) {
      const end = piece.text === pilcrow ? markOf(piece)?.type : undefined;
      if (end === foreign[this.#side]) goesOn = at === content.length - 1;
      else if (end !== undefined && end !== 'formatted') {
        // The end of a block that the other moment does not have.
        lines.at(-1)?.push(piece);
        if (this.#side === 'before') lines.push([]);
      } else if (markOf(piece)?.type !== foreign[this.#side]) lines.at(-1)?.push(this.#inline(piece));
    }
    const continues = this.#open !== null;
    this.#open = goesOn ? (lines.at(-1) ?? null) : null;
    return lines.slice(continues ? 1 : 0).map((line) => ({ ...own, content: line }));
  }

  /** A block without what it holds: at the earlier moment, of the type and with the attributes that it had. */
  #own({ type, attrs }: BodyNode): BodyNode {
    const { then: _then, was, from, change, ...now } = attrs ?? {};
    const had = this.#side === 'before' ? (from as Pick<BodyNode, 'type' | 'attrs'> | undefined) : undefined;
    const kept = {
      ...(had === undefined ? now : had.attrs),
      ...(change === undefined ? {} : { change }),
      ...(this.#side === 'before' && was !== undefined ? { was } : {}),
    };
    return { type: had?.type ?? type, ...(Object.keys(kept).length > 0 ? { attrs: kept } : {}) };
  }

  #inline(piece: BodyNode): BodyNode {
    const mark = markOf(piece);
    if (this.#side === 'after' || mark?.type !== 'formatted') return piece;
    const [added, removed] = [namesIn(mark, 'added'), namesIn(mark, 'removed')];
    const kept = (piece.marks ?? []).filter(({ type }) => !added.includes(type));
    const back = removed.filter((type) => plainMarks.has(type)).map((type): BodyMark => ({ type }));
    return { ...piece, marks: [...back, ...kept] };
  }
}

const holding = (content: readonly BodyNode[]): Pick<BodyNode, 'content'> =>
  content.length > 0 ? { content } : {};

const changeOf = (node: BodyNode): { readonly kind: string } | undefined =>
  node.attrs?.['change'] as { readonly kind: string } | undefined;

const markOf = (node: BodyNode): BodyMark | undefined =>
  node.marks?.find(({ type }) => type === 'added' || type === 'removed' || type === 'formatted');

function namesIn(mark: BodyMark, which: 'added' | 'removed'): readonly string[] {
  const names: unknown = mark.attrs?.[which];
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}

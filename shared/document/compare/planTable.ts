import { alignBlocks } from './alignBlocks.ts';
import type { Plan } from './Plan.ts';
import { signature, type TracedNode } from './TracedNode.ts';

/** A column at both moments; null on the side where it is not. */
type Column = readonly [before: number | null, after: number | null];

type PlanPair = (before: TracedNode, after: TracedNode) => Plan;

/**
 * Compares two tables: rows by what they say, columns by what they say, then each cell with itself.
 * @param planPair - compares two cells.
 */
export function planTable(before: TracedNode, after: TracedNode, planPair: PlanPair): Plan[] {
  const columns = alignColumns(before, after);
  let gap = {};
  return pairRows(before.content, after.content).map(([a, b]): Plan => {
    if (a && b) {
      gap = {};
      if (signature(a) === signature(b) && columns.every(([x, y]) => x !== null && y !== null))
        return { kind: 'same', before: a, after: b };
      return { kind: 'container', before: a, after: b, children: planCells(a, b, columns, planPair) };
    }
    if (a) return { kind: 'removed', node: padded(a, columns, 0), gap };
    if (b) return { kind: 'added', node: padded(b, columns, 1), gap };
    throw new Error('a pair of no rows');
  });
}

/** Rows that look alike; between two such, as many rows on both sides are the same rows with other cells. */
function pairRows(
  before: readonly TracedNode[],
  after: readonly TracedNode[],
): (readonly [TracedNode | null, TracedNode | null])[] {
  const out: (readonly [TracedNode | null, TracedNode | null])[] = [];
  let removed: TracedNode[] = [];
  let added: TracedNode[] = [];
  const flush = (): void => {
    if (removed.length === added.length) removed.forEach((row, at) => out.push([row, added[at] ?? null]));
    else out.push(...removed.map((row) => [row, null] as const), ...added.map((row) => [null, row] as const));
    removed = [];
    added = [];
  };
  for (const group of alignBlocks(before, after)) {
    const [a = null] = group.before;
    const [b = null] = group.after;
    if (a && b) {
      flush();
      out.push([a, b]);
    } else if (a) removed.push(a);
    else if (b) added.push(b);
  }
  flush();
  return out;
}

function columnCount(table: TracedNode): number {
  return Math.max(0, ...table.content.map((row) => row.content.length));
}

function hasSpans(table: TracedNode): boolean {
  return table.content.some((row) =>
    row.content.some(
      (cell) => Number(cell.attrs['colspan'] ?? 1) > 1 || Number(cell.attrs['rowspan'] ?? 1) > 1,
    ),
  );
}

/** A column taken as one block, so that columns are paired like blocks are. */
function columnBlock(table: TracedNode, at: number): TracedNode {
  return {
    type: 'column',
    attrs: {},
    attrIds: {},
    marks: [],
    text: null,
    id: table.content[0]?.content[at]?.id ?? null,
    content: table.content.flatMap((row) => row.content[at]?.content ?? []),
  };
}

function alignColumns(before: TracedNode, after: TracedNode): Column[] {
  const countA = columnCount(before);
  const countB = columnCount(after);
  // Cells that span several columns have no column of their own: place by place.
  if (countA === countB || hasSpans(before) || hasSpans(after)) {
    return Array.from({ length: Math.max(countA, countB) }, (_, at): Column => [
      at < countA ? at : null,
      at < countB ? at : null,
    ]);
  }
  const a = Array.from({ length: countA }, (_, at) => columnBlock(before, at));
  const b = Array.from({ length: countB }, (_, at) => columnBlock(after, at));
  const columns: Column[] = [];
  for (const group of alignBlocks(a, b)) {
    const [one] = group.before;
    const [other] = group.after;
    columns.push([one ? a.indexOf(one) : null, other ? b.indexOf(other) : null]);
  }
  return columns;
}

function planCells(
  before: TracedNode,
  after: TracedNode,
  columns: readonly Column[],
  planPair: PlanPair,
): Plan[] {
  return columns.flatMap(([x, y]): Plan[] => {
    const a = x === null ? undefined : before.content[x];
    const b = y === null ? undefined : after.content[y];
    if (a && b) return [planPair(a, b)];
    if (a) return [{ kind: 'removed', node: a, gap: {} }];
    if (b) return [{ kind: 'added', node: b, gap: {} }];
    const like = before.content[0] ?? after.content[0];
    return like ? [{ kind: 'blank', like }] : [];
  });
}

/** A row of one moment with an empty cell for each column that only the other moment has. */
function padded(row: TracedNode, columns: readonly Column[], side: 0 | 1): TracedNode {
  if (columns.every((column) => column[side] !== null)) return row;
  const [first] = row.content;
  if (!first) return row;
  const content = columns.flatMap((column) => {
    const at = column[side];
    const cell = at === null ? { ...first, attrs: {}, attrIds: {}, content: [], id: null } : row.content[at];
    return cell ? [cell] : [];
  });
  return { ...row, content };
}

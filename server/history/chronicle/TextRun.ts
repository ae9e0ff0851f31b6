import * as Y from 'yjs';
import type { ItemId } from '#shared/document/compare/TracedNode.ts';
import type { IdRuns } from './ClockRuns.ts';
import type { ClientRange } from './readRow.ts';

/** Ids that follow one another. */
export interface IdStretch {
  readonly id: ItemId;
  readonly length: number;
}

/** Text of one parent that one row wrote, or removed, in one piece as a reader sees it. */
export interface TextRun {
  readonly text: string;
  readonly stretches: readonly IdStretch[];
  readonly parent: Y.AbstractType<unknown>;
}

/** The items of a document that hold some ids. Nothing is split. */
export function* itemsIn(doc: Y.Doc, { client, start, end }: ClientRange): Generator<Y.Item> {
  const structs = doc.store.clients.get(client);
  if (structs === undefined || start >= Y.getState(doc.store, client)) return;
  for (let at = Y.findIndexSS(structs, start); at < structs.length; at += 1) {
    const struct = structs[at] as Y.Item | Y.GC;
    if (struct.id.clock >= end) return;
    if (struct instanceof Y.Item) yield struct;
  }
}

/** The item that holds an id; null where it was collected before it came here. */
export function itemAt(doc: Y.Doc, { client, clock }: ItemId): Y.Item | null {
  for (const item of itemsIn(doc, { client, start: clock, end: clock + 1 })) return item;
  return null;
}

/** How many characters some ids are. */
export function countText(doc: Y.Doc, ranges: readonly ClientRange[]): number {
  let count = 0;
  for (const range of ranges)
    for (const item of itemsIn(doc, range))
      if (item.content instanceof Y.ContentString)
        count += Math.min(range.end, item.id.clock + item.length) - Math.max(range.start, item.id.clock);
  return count;
}

/**
 * The text that a row wrote or removed, in the order in which it stands.
 * @param ranges - what it wrote, or removed.
 * @param table - which row wrote, or removed, what.
 * @param gone - what was no longer, or not yet, to be seen beside it: such text does not part a run.
 */
export function runsOf(
  doc: Y.Doc,
  ranges: readonly ClientRange[],
  table: IdRuns,
  seq: number,
  isUnseen: (id: ItemId) => boolean,
): TextRun[] {
  const parents = new Set<Y.AbstractType<unknown>>();
  for (const range of ranges)
    for (const item of itemsIn(doc, range))
      if (item.content instanceof Y.ContentString && item.parent instanceof Y.AbstractType)
        parents.add(item.parent);
  return [...parents].flatMap((parent) => runsIn(parent, table, seq, isUnseen));
}

function runsIn(
  parent: Y.AbstractType<unknown>,
  table: IdRuns,
  seq: number,
  isUnseen: (id: ItemId) => boolean,
): TextRun[] {
  const runs: TextRun[] = [];
  let text = '';
  let stretches: { id: ItemId; length: number }[] = [];
  const flush = (): void => {
    if (text !== '') runs.push({ text, stretches, parent });
    text = '';
    stretches = [];
  };
  for (let item = parent._start; item !== null; item = item.right) {
    const { content } = item;
    if (!(content instanceof Y.ContentString)) {
      if (content instanceof Y.ContentType) flush();
      continue;
    }
    const { client, clock } = item.id;
    const runsHere = table.clients.get(client);
    for (let at = 0; at < item.length;) {
      const place = runsHere?.firstEndingAfter(clock + at) ?? 0;
      const start = runsHere?.startOf(place) ?? Infinity;
      const isIn = start <= clock + at && runsHere?.valueOf(place) === seq;
      const until = start <= clock + at ? (runsHere?.endOf(place) ?? Infinity) : start;
      const to = Math.min(item.length, until - clock);
      if (isIn) {
        const id = { client, clock: clock + at };
        const last = stretches.at(-1);
        if (last?.id.client === client && last.id.clock + last.length === id.clock) last.length += to - at;
        else stretches.push({ id, length: to - at });
        text += content.str.slice(at, to);
      } else if (text !== '' && !allUnseen({ client, clock: clock + at }, to - at, isUnseen)) flush();
      at = to;
    }
  }
  flush();
  return runs;
}

function allUnseen({ client, clock }: ItemId, length: number, isUnseen: (id: ItemId) => boolean): boolean {
  for (let at = 0; at < length; at += 1) if (!isUnseen({ client, clock: clock + at })) return false;
  return true;
}

/** Pairs the units of a piece of one run with those of another. */
export function* pairUnits(
  from: TextRun,
  fromAt: number,
  to: TextRun,
  toAt: number,
  length: number,
): Generator<{ from: ItemId; to: ItemId; length: number }> {
  for (let done = 0; done < length;) {
    const source = unitAt(from, fromAt + done);
    const target = unitAt(to, toAt + done);
    const size = Math.min(source.left, target.left, length - done);
    yield { from: source.id, to: target.id, length: size };
    done += size;
  }
}

function unitAt({ stretches }: TextRun, at: number): { id: ItemId; left: number } {
  let before = 0;
  for (const { id, length } of stretches) {
    if (at < before + length)
      return { id: { client: id.client, clock: id.clock + at - before }, left: before + length - at };
    before += length;
  }
  throw new RangeError('beyond the end of a run');
}

/** The text of a block, and of what it holds, as it was to be seen after a row, one run for each text. */
export function runsSeenIn(
  { written, removed }: { readonly written: IdRuns; readonly removed: IdRuns },
  block: Y.Item,
  seq: number,
): TextRun[] {
  if (!(block.content instanceof Y.ContentType)) return [];
  const parent = block.content.type as Y.AbstractType<unknown>;
  const run = { text: '', stretches: [] as { id: ItemId; length: number }[], parent };
  const inner: TextRun[] = [];
  for (let item = parent._start; item !== null; item = item.right) {
    const { content, id } = item;
    if (content instanceof Y.ContentType) inner.push(...runsSeenIn({ written, removed }, item, seq));
    if (!(content instanceof Y.ContentString)) continue;
    for (let unit = 0; unit < item.length; unit += 1) {
      const clock = id.clock + unit;
      if (
        (written.at(id.client, clock) ?? Infinity) > seq ||
        (removed.at(id.client, clock) ?? Infinity) <= seq
      )
        continue;
      run.text += content.str[unit] ?? '';
      const end = run.stretches.at(-1);
      if (end?.id.client === id.client && end.id.clock + end.length === clock) end.length += 1;
      else run.stretches.push({ id: { client: id.client, clock }, length: 1 });
    }
  }
  return run.text === '' ? inner : [run, ...inner];
}

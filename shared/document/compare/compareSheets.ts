import { type SheetField, sheetFields } from '../sheet.ts';
import type { Attribution } from './Attribution.ts';
import { compareLines, type LinePart } from './compareLines.ts';
import type { ItemId, TracedNode, TracedSheet } from './TracedNode.ts';

/** What changed in one field of a note's sheet. */
export interface FieldChange {
  readonly field: SheetField;
  /** Of a text, word by word; of forms and single values, each by itself: what was removed, then what was added. */
  readonly parts: readonly LinePart[];
  /** When it was last changed between the two moments, Unix milliseconds; null where no row says. */
  readonly at: number | null;
}

const textFields: ReadonlySet<SheetField> = new Set(['definition', 'address']);

function* unitsOf(nodes: readonly TracedNode[], isText: boolean): Generator<ItemId> {
  for (const { id, text } of nodes) {
    if (id === null) continue;
    const length = isText ? (text ?? '').length : 1;
    for (let at = 0; at < length; at += 1) yield { client: id.client, clock: id.clock + at };
  }
}

/** The latest of the times at which something of it was written or removed. */
function lastChange(
  before: readonly TracedNode[],
  after: readonly TracedNode[],
  isText: boolean,
  who: Attribution,
): number | null {
  let latest: number | null = null;
  const see = (time: number | null): void => {
    if (time !== null && (latest === null || time > latest)) latest = time;
  };
  for (const id of unitsOf(after, isText)) see(who.writtenAt(id));
  for (const id of unitsOf(before, isText)) see(who.removedAt(id));
  return latest;
}

function compareValues(
  before: readonly TracedNode[],
  after: readonly TracedNode[],
  who: Attribution,
): LinePart[] {
  const texts = (nodes: readonly TracedNode[]): Set<string> => new Set(nodes.map(({ text }) => text ?? ''));
  const [were, are] = [texts(before), texts(after)];
  const added = after
    .filter(({ text }) => !were.has(text ?? ''))
    .map(({ text, id }): LinePart => ({
      text: text ?? '',
      change: 'added',
      person: id === null ? null : who.writer(id),
    }));
  const removed = before
    .filter(({ text }) => !are.has(text ?? ''))
    .map(({ text, id }): LinePart => ({
      text: text ?? '',
      change: 'removed',
      // What a new value took the place of at the same time, no row removed.
      person: (id === null ? null : who.remover(id)) ?? added[0]?.person ?? null,
    }));
  const same = after
    .filter(({ text }) => were.has(text ?? ''))
    .map(({ text }): LinePart => ({ text: text ?? '', change: 'same', person: null }));
  return [...same, ...removed, ...added];
}

/** The fields of a sheet that differ between two moments, in the order in which they are shown. */
export function compareSheets(before: TracedSheet, after: TracedSheet, who: Attribution): FieldChange[] {
  return sheetFields.flatMap((field): FieldChange[] => {
    const [was, is] = [before[field], after[field]];
    const isText = textFields.has(field);
    const parts = isText ? compareLines(was, is, who) : compareValues(was, is, who);
    if (parts.every(({ change }) => change === 'same')) return [];
    return [{ field, parts, at: lastChange(was, is, isText, who) }];
  });
}

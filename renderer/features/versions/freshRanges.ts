import { positionsOf } from '#shared/document/markRanges.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';

/** A stretch of a body, by positions as ProseMirror counts them; `to` is excluded. */
export interface FreshRange {
  readonly from: number;
  readonly to: number;
}

const same = (a: BodyNode, b: BodyNode): boolean => JSON.stringify(a) === JSON.stringify(b);

/** How many of the first, and of the others the last, are alike in both. */
function ends<T>(before: readonly T[], after: readonly T[], alike: (a: T, b: T) => boolean) {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && alike(before[head] as T, after[head] as T)) head += 1;
  let tail = 0;
  while (
    tail < most - head &&
    alike(before[before.length - 1 - tail] as T, after[after.length - 1 - tail] as T)
  )
    tail += 1;
  return { head, tail };
}

const isLine = (node: BodyNode): boolean => (node.content ?? []).some(({ text }) => text !== undefined);
const letters = (node: BodyNode): readonly string[] =>
  (node.content ?? []).flatMap((child) =>
    child.text === undefined
      ? Array.from({ length: positionsOf(child) }, () => child.type)
      : [...child.text].flatMap((letter) => letter.split('')),
  );

/**
 * What a body says that it did not say a moment before: of a few keystrokes, the letters. Between two moments further apart it marks more than what was written;
 * a comparison is the place to see that.
 * @returns in reading order, none over another.
 */
export function freshRanges(before: BodyNode, after: BodyNode): FreshRange[] {
  const found: FreshRange[] = [];
  const visit = (was: BodyNode, is: BodyNode, start: number): void => {
    const old = was.content ?? [];
    const now = is.content ?? [];
    if (isLine(is) || isLine(was)) {
      const [oldLetters, newLetters] = [letters(was), letters(is)];
      const { head, tail } = ends(oldLetters, newLetters, (a, b) => a === b);
      if (newLetters.length - tail > head)
        found.push({ from: start + head, to: start + newLetters.length - tail });
      return;
    }
    const { head, tail } = ends(old, now, same);
    let at = start + now.slice(0, head).reduce((sum, node) => sum + positionsOf(node), 0);
    const changed = now.slice(head, now.length - tail);
    const counterparts = old.slice(head, old.length - tail);
    for (const [index, node] of changed.entries()) {
      const size = positionsOf(node);
      const twin = counterparts[index];
      if (twin !== undefined && twin.type === node.type) visit(twin, node, at + 1);
      else if (size > 2) found.push({ from: at, to: at + size });
      at += size;
    }
  };
  visit(before, after, 0);
  return found;
}

import type { LinePlace, Passage } from '#shared/document/passages.ts';

/*
 * Between the lines of shared/document/passages.ts and what the reading page drew: `data-line` numbers a line, `data-atom` stands for one letter, `data-extra`
 * is no part of the line.
 */

interface Part {
  readonly node: Text | HTMLElement;
  readonly length: number;
}

function partsOf(line: Element): Part[] {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) => {
    const isIn = node.parentElement?.closest('[data-atom], [data-extra]');
    if (isIn && line.contains(isIn)) return NodeFilter.FILTER_REJECT;
    if (node instanceof Text) return NodeFilter.FILTER_ACCEPT;
    return node instanceof HTMLElement && node.dataset['atom'] !== undefined
      ? NodeFilter.FILTER_ACCEPT
      : NodeFilter.FILTER_SKIP;
  });
  const parts: Part[] = [];
  while (walker.nextNode()) {
    const node = walker.currentNode as Text | HTMLElement;
    parts.push({ node, length: node instanceof Text ? node.length : 1 });
  }
  return parts;
}

const lineOf = (root: Element, line: number): Element | null => root.querySelector(`[data-line="${line}"]`);

function pointAt(root: Element, { line, offset }: LinePlace, side: 'start' | 'end'): [Node, number] | null {
  const element = lineOf(root, line);
  let left = offset;
  for (const { node, length } of element === null ? [] : partsOf(element)) {
    if (left < length || (side === 'end' && left === length)) {
      if (node instanceof Text) return [node, left];
      const { parentNode } = node;
      return parentNode === null ? null : [parentNode, [...parentNode.childNodes].indexOf(node) + left];
    }
    left -= length;
  }
  return null;
}

/** A passage as the page shows it; null where it does not. */
export function rangeOf(root: Element, { start, end }: Passage): Range | null {
  const from = pointAt(root, start, 'start');
  const to = pointAt(root, end, 'end');
  if (from === null || to === null) return null;
  const range = document.createRange();
  range.setStart(...from);
  range.setEnd(...to);
  return range;
}

/** How many letters of a line stand before a point of the page. */
function lettersBefore(line: Element, node: Node, offset: number): number {
  const until = document.createRange();
  until.setStart(line, 0);
  until.setEnd(node, offset);
  let count = 0;
  for (const { node: part, length } of partsOf(line)) {
    if (part === node) return count + offset;
    const isBefore = until.comparePoint(part, 0) === 0;
    if (!isBefore) return count;
    count += length;
  }
  return count;
}

/** The passage that somebody chose on the page; null where they chose no text of the note. */
export function passageOf(root: Element, range: Range): Passage | null {
  const lines = [...root.querySelectorAll<HTMLElement>('[data-line]')].filter((line) =>
    range.intersectsNode(line),
  );
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return null;
  const numberOf = (line: HTMLElement): number => Number(line.dataset['line']);
  const lengthOf = (line: Element): number => partsOf(line).reduce((sum, { length }) => sum + length, 0);
  return {
    start: {
      line: numberOf(first),
      offset: first.contains(range.startContainer)
        ? lettersBefore(first, range.startContainer, range.startOffset)
        : 0,
    },
    end: {
      line: numberOf(last),
      offset: last.contains(range.endContainer)
        ? lettersBefore(last, range.endContainer, range.endOffset)
        : lengthOf(last),
    },
  };
}

import { positionsOf } from '#shared/document/markRanges.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { findInText } from '../../../editor/reading.ts';

/** Words that are looked for in a moment of a note. */
export interface WantedWords {
  /** As somebody typed them: capitals and accents make no difference. */
  readonly text: string;
  /** What stood before the passage that was chosen; null: none was. */
  readonly before: string | null;
}

/** A stretch of a text or a body that holds them. */
export interface FoundRange {
  readonly from: number;
  readonly to: number;
  /** The passage that was chosen, not another that says the same. */
  readonly isChosen: boolean;
}

/** Stands for what is not text. */
const atom = '\ufffc';
const loose = { matchCase: false, ignoreAccents: true } as const;
/** So much of what stood before is enough to know a passage by. */
const knownBy = 24;

/** Where a line of text holds the words. @param start - the position of its first letter. */
export function foundInLine(line: string, start: number, { text, before }: WantedWords): FoundRange[] {
  return findInText(line, text, loose).map(({ from, to }) => ({
    from: start + from,
    to: start + to,
    isChosen: before !== null && line.slice(0, from).endsWith(before.slice(-knownBy)),
  }));
}

/** Where a body holds the words, by positions as ProseMirror counts them, in reading order. */
export function foundRanges(body: BodyNode, wanted: WantedWords): FoundRange[] {
  const found: FoundRange[] = [];
  const visit = (node: BodyNode, start: number): void => {
    const children = node.content ?? [];
    if (children.some(({ text }) => text !== undefined)) {
      const line = children.map((child) => child.text ?? atom.repeat(positionsOf(child))).join('');
      found.push(...foundInLine(line, start, wanted));
      return;
    }
    let at = start;
    for (const child of children) {
      visit(child, at + 1);
      at += positionsOf(child);
    }
  };
  visit(body, 0);
  return found;
}

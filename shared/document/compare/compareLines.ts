import type { Attribution } from './Attribution.ts';
import { compareInline } from './compareInline.ts';
import type { TracedNode } from './TracedNode.ts';

/** A stretch of a text without formatting. */
export interface LinePart {
  readonly text: string;
  readonly change: 'same' | 'added' | 'removed';
  readonly person: string | null;
}

/** Compares two texts without formatting, word by word: a title, a definition. @param before - text nodes, as `after`. */
export function compareLines(
  before: readonly TracedNode[],
  after: readonly TracedNode[],
  who: Attribution,
): LinePart[] {
  const line = (content: readonly TracedNode[]): TracedNode => ({
    type: 'paragraph',
    attrs: {},
    attrIds: {},
    marks: [],
    text: null,
    id: null,
    content,
  });
  const { blocks } = compareInline([line(before)], [line(after)], who);
  return blocks.flat().map((node): LinePart => {
    const mark = node.marks?.find(({ type }) => type === 'added' || type === 'removed');
    return {
      text: node.text ?? '',
      change: mark?.type === 'added' ? 'added' : mark?.type === 'removed' ? 'removed' : 'same',
      person: (mark?.attrs?.['person'] ?? null) as string | null,
    };
  });
}

import type { BodyNode } from '../noteContent.ts';
import { type Attribution, nobody } from './Attribution.ts';
import { compareInline } from './compareInline.ts';
import { MergedBody } from './MergedBody.ts';
import { planChildren } from './planBlocks.ts';
import { relocate } from './relocate.ts';
import { ChangeCounter, type PersonSummary } from './summarise.ts';
import type { TracedNode, TracedNote } from './TracedNode.ts';

/** A stretch of a title. */
export interface TitlePart {
  readonly text: string;
  readonly change: 'same' | 'added' | 'removed';
  readonly person: string | null;
}

/** Two moments of a note in one document. */
export interface NoteComparison {
  readonly title: readonly TitlePart[];
  /**
   * The later note with what was removed put back, as ProseMirror JSON of the note's schema plus: the marks `added` and `removed`
   * ({ person, number }) and `formatted` ({ person, number, added, removed }: names of marks); and on blocks the attribute
   * `change` ({ kind, person, number, continued? }). Whatever belongs to one change has its number, from 1, in reading order.
   */
  readonly body: BodyNode;
  readonly summary: readonly PersonSummary[];
  readonly changeCount: number;
}

/**
 * Compares a note at two moments as a careful reader would: blocks are paired by what they say, recursing into lists and tables,
 * then the text of paired blocks word by word. Splits, joins, moves and changes of type are told as such.
 */
export function compareNotes(
  before: TracedNote,
  after: TracedNote,
  who: Attribution = nobody,
): NoteComparison {
  const plans = planChildren(before.body.content, after.body.content);
  const merged = new MergedBody(who, relocate(plans), before.body);
  const counter = new ChangeCounter();
  const title = compareTitles(before.title, after.title, who);
  let inTitle = false;
  for (const part of title) {
    if (part.change === 'same') {
      inTitle = false;
      continue;
    }
    if (!inTitle) counter.next();
    inTitle = true;
    counter.count(part.change, part.person, part.text);
  }
  const body = counter.number({ type: 'doc', content: merged.blocks(plans) });
  return { title, body, summary: counter.people(), changeCount: counter.changeCount };
}

function compareTitles(
  before: readonly TracedNode[],
  after: readonly TracedNode[],
  who: Attribution,
): TitlePart[] {
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
  return blocks.flat().map((node): TitlePart => {
    const mark = node.marks?.find(({ type }) => type === 'added' || type === 'removed');
    return {
      text: node.text ?? '',
      change: mark?.type === 'added' ? 'added' : mark?.type === 'removed' ? 'removed' : 'same',
      person: (mark?.attrs?.['person'] ?? null) as string | null,
    };
  });
}

import type { BodyNode } from '../noteContent.ts';
import type { NoteComparison } from './compareNotes.ts';

/** A paragraph, a heading, a cell, a picture… in which something changed; what was added or removed in one piece is one. */
export interface ChangedPassage {
  /** Who changed something in it; null stands for whoever is not known. */
  readonly people: ReadonlySet<string | null>;
  /** The first of the changes in it, as the comparison numbers them. */
  readonly number: number;
}

interface Passage {
  readonly people: Set<string | null>;
  readonly number: number;
}

interface BlockChange {
  readonly kind: string;
  readonly person: string | null;
  readonly number: number;
}

const inlineKinds = new Set(['added', 'removed', 'formatted']);

/** What was changed between two moments as a person would count it: not each word, but each place. In reading order. */
export function changedPassages({
  title,
  fields,
  body,
}: Pick<NoteComparison, 'title' | 'fields' | 'body'>): ChangedPassage[] {
  const passages: Passage[] = [];
  const pieces = new Map<number, Passage>();
  const open = (number: number): Passage => {
    const passage: Passage = { people: new Set(), number };
    passages.push(passage);
    return passage;
  };
  /** @param piece - the passage that everything in an added or removed block belongs to. */
  const visit = (node: BodyNode, piece: Passage | null): void => {
    const change = node.attrs?.['change'] as BlockChange | undefined;
    let around = piece;
    if (change && around === null && (change.kind === 'added' || change.kind === 'removed')) {
      // Blocks that somebody added one after the other have one number.
      around = pieces.get(change.number) ?? open(change.number);
      pieces.set(change.number, around);
    }
    let own = around ?? (change ? open(change.number) : null);
    if (change) own?.people.add(change.person);
    for (const child of node.content ?? []) {
      const mark = child.marks?.find(({ type }) => inlineKinds.has(type));
      if (!mark) {
        visit(child, around);
        continue;
      }
      own ??= open(mark.attrs?.['number'] as number);
      own.people.add((mark.attrs?.['person'] ?? null) as string | null);
    }
  };
  const inTitle = title.filter(({ change }) => change !== 'same');
  if (inTitle.length > 0) {
    // Its changes come before those of the body.
    const passage = open(1);
    for (const { person } of inTitle) passage.people.add(person);
  }
  for (const { parts, number } of fields) {
    const passage = open(number);
    for (const { change, person } of parts) if (change !== 'same') passage.people.add(person);
  }
  visit(body, null);
  return passages;
}

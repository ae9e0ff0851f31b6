import type { BodyNode } from '../noteContent.ts';
import { type Attribution, nobody } from './Attribution.ts';
import { compareLines, type LinePart } from './compareLines.ts';
import { compareSheets, type FieldChange } from './compareSheets.ts';
import { MergedBody } from './MergedBody.ts';
import { planChildren } from './planBlocks.ts';
import { relocate } from './relocate.ts';
import { ChangeCounter, type PersonSummary } from './summarise.ts';
import type { TracedNote } from './TracedNode.ts';

/** Two moments of a note in one document. */
export interface NoteComparison {
  readonly title: readonly LinePart[];
  /** What changed on its sheet, each field with the number of its change: they follow those of the title. */
  readonly fields: readonly (FieldChange & { readonly number: number })[];
  /**
   * The later note with what was removed put back, as ProseMirror JSON of the note's schema plus: the marks `added` and `removed`
   * ({ person, number }) and `formatted` ({ person, number, added, removed }: names of marks); and on blocks the attribute
   * `change` ({ kind, person, number, continued? }), `was` on blocks that say something else now, or are gone: the position before them at the earlier
   * moment, by which `putBack` knows them; `then` on the blocks of the body itself: the same, whatever became of them; `from` ({ type, attrs }) on those that were of
   * another type or had other attributes. Whatever belongs to one change has its number, from 1, in reading order.
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
  const title = compareLines(before.title, after.title, who);
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
  const fields = compareSheets(before.sheet, after.sheet, who).map((field) => {
    for (const { change, person, text } of field.parts)
      if (change !== 'same') counter.count(change, person, text);
    return { ...field, number: counter.next() };
  });
  const body = counter.number({ type: 'doc', content: merged.body(plans) });
  return { title, fields, body, summary: counter.people(), changeCount: counter.changeCount };
}

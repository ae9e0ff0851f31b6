import * as Y from 'yjs';
import type { Moment } from '#shared/document/compare/Moment.ts';
import { readTracedNote } from '#shared/document/compare/readTracedNote.ts';
import type { TracedNote } from '#shared/document/compare/TracedNode.ts';
import { bodyOf, titleOf } from '#shared/document/fields.ts';
import { addressOf, definitionOf } from '#shared/document/sheet.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Chronicle } from './Chronicle.ts';
import { putLostBeside } from './putLostBeside.ts';
import { ViewWithout } from './ViewWithout.ts';

/** Rows that are to be as if they had not been: of one person, or of everybody. */
export interface RowsTakenBack {
  readonly fromSeq: number;
  readonly toSeq: number;
  /** Null: whoever it was. */
  readonly person: PersonId | null;
}

/** Later work of others that touches what is taken back. */
export interface Overlap {
  /**
   * `beside`: it was written beside what goes, or where something comes back, and stays. `kept`: a block was made by what is taken back, and others wrote in it since: it stays, with
   * what was moved into it.
   */
  readonly kind: 'beside' | 'kept';
  /** What others wrote there. */
  readonly text: string;
  readonly person: PersonId | null;
  readonly seq: number;
}

/** What a note would say as if some rows had not been; and what of later work that touches. */
export interface WithoutRows {
  readonly note: TracedNote;
  readonly moment: Moment;
  readonly overlaps: readonly Overlap[];
}

/** Reads a note as it would stand without some rows. Whatever was written since stays. */
export function withoutRows(chronicle: Chronicle, taken: RowsTakenBack): WithoutRows {
  const isTaken = (seq: number | undefined): boolean =>
    seq !== undefined &&
    seq >= taken.fromSeq &&
    seq <= taken.toSeq &&
    (taken.person === null || chronicle.personOf(seq) === taken.person);
  const view = new ViewWithout(chronicle, isTaken);
  return {
    note: putLostBeside(chronicle, view, readTracedNote(chronicle.doc, view)),
    moment: view,
    overlaps: overlapsIn(chronicle, view, taken.fromSeq),
  };
}

/** Later work beside what goes or comes back, and in blocks that are kept for it. */
function overlapsIn(chronicle: Chronicle, view: ViewWithout, fromSeq: number): Overlap[] {
  const found = new Map<string, Overlap>();
  const add = (kind: Overlap['kind'], text: string, seq: number): void => {
    const known = found.get(`${kind}:${seq}`);
    found.set(`${kind}:${seq}`, {
      kind,
      text: (known?.text ?? '') + text,
      person: chronicle.personOf(seq),
      seq,
    });
  };
  const walk = (parent: Y.AbstractType<unknown>, isKept: boolean): void => {
    /** The unit before: what becomes of it, and of what others wrote just before, which is not told yet. */
    let changes = false;
    let waiting: { text: string; seq: number }[] = [];
    const flush = (): void => {
      for (const { text, seq } of waiting) add(isKept ? 'kept' : 'beside', text, seq);
      waiting = [];
    };
    for (let item = parent._start; item !== null; item = item.right) {
      const { content, id } = item;
      if (content instanceof Y.ContentType) {
        changes = false;
        waiting = [];
        if (!item.deleted || view.kept.has(item))
          walk(content.type as Y.AbstractType<unknown>, view.kept.has(item));
      }
      if (!(content instanceof Y.ContentString)) continue;
      for (let at = 0; at < item.length; at += 1) {
        const clock = id.clock + at;
        const isNow = chronicle.removed.at(id.client, clock) === undefined;
        const willBe = view.isSeen(id.client, clock, isKept);
        if (!isNow && !willBe) continue;
        const seq = view.writtenAt(id.client, clock) ?? 0;
        const isLater = seq > fromSeq && !view.isTaken(seq);
        if (isNow !== willBe) {
          flush();
          changes = true;
          // It comes back for this, and with it.
          if (isKept && isLater) add('kept', content.str[at] ?? '', seq);
          continue;
        }
        if (!isLater) {
          waiting = [];
          changes = false;
        } else {
          waiting.push({ text: content.str[at] ?? '', seq });
          if (changes || isKept) flush();
        }
      }
    }
  };
  for (const field of [titleOf, bodyOf, definitionOf, addressOf])
    walk(field(chronicle.doc) as unknown as Y.AbstractType<unknown>, false);
  return [...found.values()];
}

import * as Y from 'yjs';
import type { ChronicleRow } from '#server/history/chronicle/ChronicleTables.ts';
import { readRow } from '#server/history/chronicle/readRow.ts';
import { bodyOf, titleOf } from '#shared/document/fields.ts';
import { type BodyNode, fragmentToBody } from '#shared/document/noteContent.ts';
import type { PersonId } from '#shared/domain/ids.ts';

/** A sign of a recorded session as a reader sees it. */
export interface SeenSign {
  readonly sign: string;
  /** What it stands in, from the outside in: `bulletList>listItem>heading 2`. */
  readonly block: string;
  readonly marks: string;
  /** Which of the texts it is in, counted from the first. */
  readonly place: number;
}

/** A value that a sign had from a row on. */
interface Change<T> {
  readonly seq: number;
  readonly person: PersonId | null;
  readonly to: T;
}

/** What became of one sign, row by row, as readers saw it. */
export interface SignStory {
  /** The row that first brought it. */
  readonly written: number;
  readonly seen: Change<boolean>[];
  readonly block: Change<string>[];
  readonly marks: Change<string>[];
  /** Rows that wrote it, be it where it was moved to. */
  readonly rewritten: number[];
  /** What stood in the same text when it went last. */
  beside: string;
  /** It was there twice for a while: two people moved it at once. */
  wasTwice: boolean;
}

/** What rows did as readers saw it, with no knowledge of ids: what a row takes from one place and puts in another is neither written nor removed. */
export interface SessionStory {
  readonly signs: ReadonlyMap<string, SignStory>;
  /** Rows that changed the order of what was there before and after. */
  readonly reordering: ReadonlySet<number>;
  readonly now: readonly SeenSign[];
}

/** The signs of a title and a body, in order. */
export function signsOf(title: string, body: BodyNode): SeenSign[] {
  const out: SeenSign[] = [];
  let place = 0;
  const add = (text: string, block: string, marks: string): void => {
    for (const sign of text) if (sign !== ' ') out.push({ sign, block, marks, place });
  };
  add(title, 'title', '');
  const walk = (node: BodyNode, path: readonly string[]): void => {
    const marks = (node.marks ?? []).map(({ type }) => type).sort();
    if (node.text !== undefined) add(node.text, path.join('>'), marks.join('+'));
    else place += 1;
    const level = node.attrs?.['level'];
    const name = typeof level === 'number' ? `${node.type} ${level}` : node.type;
    for (const child of node.content ?? []) walk(child, node.type === 'doc' ? path : [...path, name]);
  };
  walk(body, []);
  return out;
}

/** Reads a session from outside: builds the note row by row, and looks at it. */
export function tellSession(rows: readonly ChronicleRow[]): SessionStory {
  const doc = new Y.Doc();
  const signs = new Map<string, SignStory>();
  const reordering = new Set<number>();
  let before: SeenSign[] = [];
  for (const row of rows) {
    const { seq, bytes } = row;
    for (const { text } of readRow(bytes).texts)
      for (const sign of text) {
        if (sign === ' ') continue;
        if (!signs.has(sign))
          signs.set(sign, {
            written: seq,
            seen: [],
            block: [],
            marks: [],
            rewritten: [],
            beside: '',
            wasTwice: false,
          });
        signs.get(sign)?.rewritten.push(seq);
      }
    Y.applyUpdate(doc, bytes);
    const after = signsOf(titleOf(doc).toJSON(), fragmentToBody(bodyOf(doc)));
    note(signs, row, before, after);
    if (!sameOrder(before, after)) reordering.add(seq);
    before = after;
  }
  doc.destroy();
  return { signs, reordering, now: before };
}

function note(
  signs: ReadonlyMap<string, SignStory>,
  { seq, person }: ChronicleRow,
  before: readonly SeenSign[],
  after: readonly SeenSign[],
): void {
  const there = new Map(before.map((one) => [one.sign, one]));
  const here = new Set<string>();
  for (const one of after) {
    const story = signs.get(one.sign);
    if (story === undefined) continue;
    if (here.has(one.sign)) story.wasTwice = true;
    here.add(one.sign);
    const was = there.get(one.sign);
    if (was === undefined) story.seen.push({ seq, person, to: true });
    for (const property of ['block', 'marks'] as const)
      if (was?.[property] !== one[property]) story[property].push({ seq, person, to: one[property] });
  }
  for (const [sign, { place }] of there) {
    const story = signs.get(sign);
    if (here.has(sign) || story === undefined) continue;
    story.seen.push({ seq, person, to: false });
    story.beside = before.flatMap((one) => (one.place === place ? [one.sign] : [])).join('');
  }
}

/** Whether what is in both stands in the same order. */
export function sameOrder(one: readonly SeenSign[], other: readonly SeenSign[]): boolean {
  const inOther = new Set(other.map(({ sign }) => sign));
  const inOne = new Set(one.map(({ sign }) => sign));
  const left = one.filter(({ sign }) => inOther.has(sign)).map(({ sign }) => sign);
  const right = other.filter(({ sign }) => inOne.has(sign)).map(({ sign }) => sign);
  return left.join('') === right.join('');
}

/** True: it must be there without some rows; false: it must not; null: no outsider can tell. */
export function mustStand(
  { written, seen, wasTwice }: SignStory,
  isTaken: (seq: number) => boolean,
): boolean | null {
  // What came into a block that was gone already was never seen.
  if (wasTwice || seen[0]?.seq !== written) return null;
  const left = withoutMoves(seen, isTaken).filter(({ seq }) => !isTaken(seq));
  return left.at(-1)?.to ?? false;
}

/** Who removes something and puts it back, be it elsewhere, moved it. */
function withoutMoves(seen: SignStory['seen'], isTaken: (seq: number) => boolean): SignStory['seen'] {
  const out: SignStory['seen'] = [];
  for (const change of seen) {
    const last = out.at(-1);
    if (
      change.to &&
      last?.to === false &&
      last.person === change.person &&
      isTaken(last.seq) === isTaken(change.seq)
    )
      out.pop();
    else out.push(change);
  }
  return out;
}

/** The value that it must have without some rows; null: no outsider can tell, since those and others changed it. */
export function mustBe(
  { rewritten, ...story }: SignStory,
  property: 'block' | 'marks',
  isTaken: (seq: number) => boolean,
): string | null {
  const changes = story[property];
  const [first, ...later] = changes;
  if (first === undefined) return null;
  // Who writes it anew, in the shape that it has by then, gives it that shape.
  const taken = changes.find(({ seq }) => isTaken(seq));
  if (taken !== undefined && rewritten.some((seq) => seq > taken.seq && !isTaken(seq))) return null;
  if (!changes.some(({ seq }) => isTaken(seq))) return changes.at(-1)?.to ?? null;
  if (isTaken(first.seq) || !later.every(({ seq }) => isTaken(seq))) return null;
  return first.to;
}

import * as Y from 'yjs';
import type { PackReader, PackWriter } from './pack.ts';
import { itemAt, type TextRun } from './TextRun.ts';

/** Shorter removed text is not looked for again elsewhere. */
const leastIndexed = 4;
/** Pieces of removed text, and letters of them, among which a part is looked for. */
const mostRemembered = 100;
const mostLettersRemembered = 20_000;

/** What rows removed in one piece, for who looks whether it comes again elsewhere. */
export class RemovedTexts {
  /** By what it says; the newest of each. */
  readonly byText = new Map<string, TextRun>();
  /** The newest first. */
  last: readonly TextRun[] = [];

  /** @param gone - what one row removed. */
  add(gone: readonly TextRun[]): void {
    // One letter by itself is removed by hand; several in a row of the log, with what they stood in.
    const pieces = gone.length > 1 ? gone : gone.filter(({ text }) => text.length > 1);
    if (pieces.length === 0) return;
    for (const run of pieces) if (run.text.length >= leastIndexed) this.byText.set(run.text, run);
    let letters = 0;
    this.last = [...pieces, ...this.last].filter(({ text }, at) => {
      letters += text.length;
      return at < pieces.length || (at < mostRemembered && letters < mostLettersRemembered);
    });
  }

  pack(out: PackWriter, doc: Y.Doc): void {
    packRuns(out, doc, [...this.byText.values()]);
    packRuns(out, doc, this.last);
  }

  /** @param doc - in which they stood. */
  static unpack(from: PackReader, doc: Y.Doc): RemovedTexts {
    const all = new RemovedTexts();
    for (const run of unpackRuns(from, doc)) all.byText.set(run.text, run);
    all.last = unpackRuns(from, doc);
    return all;
  }
}

function packRuns(out: PackWriter, doc: Y.Doc, runs: readonly TextRun[]): void {
  const names = new Map([...doc.share].map(([name, type]) => [type as Y.AbstractType<unknown>, name]));
  out.json(runs.map(({ text }) => text));
  // What they stood in: the name of a field, or the item that holds it.
  out.json(runs.map(({ parent }) => names.get(parent) ?? null));
  out.integers(runs.map(({ parent }) => parent._item?.id.client ?? 0));
  out.integers(runs.map(({ parent }) => parent._item?.id.clock ?? 0));
  out.integers(runs.map(({ stretches }) => stretches.length));
  const stretches = runs.flatMap((run) => run.stretches);
  out.integers(stretches.map(({ id }) => id.client));
  out.integers(stretches.map(({ id }) => id.clock));
  out.integers(stretches.map(({ length }) => length));
}

function unpackRuns(from: PackReader, doc: Y.Doc): TextRun[] {
  const texts = from.json() as string[];
  const { length } = texts;
  const names = from.json() as (string | null)[];
  const [parentClients, parentClocks, counts] = [0, 1, 2].map(() => from.integers(length)) as [
    number[],
    number[],
    number[],
  ];
  const clients = from.integers();
  const [clocks, lengths] = [from.integers(clients.length), from.integers(clients.length)];
  const stretches = clients.map((client, at) => ({
    id: { client, clock: clocks[at] as number },
    length: lengths[at] as number,
  }));
  let at = 0;
  return texts.map((text, place) => {
    const first = at;
    at += counts[place] as number;
    const name = names[place] ?? null;
    const id = { client: parentClients[place] as number, clock: parentClocks[place] as number };
    const parent = name === null ? typeAt(doc, id) : doc.share.get(name);
    if (parent === undefined) throw new RangeError('a text stood in a field that is not there');
    return { text, stretches: stretches.slice(first, at), parent: parent as Y.AbstractType<unknown> };
  });
}

function typeAt(
  doc: Y.Doc,
  id: { readonly client: number; readonly clock: number },
): Y.AbstractType<unknown> {
  const content = itemAt(doc, id)?.content;
  if (!(content instanceof Y.ContentType)) throw new RangeError('a text stood in what holds none');
  return content.type as Y.AbstractType<unknown>;
}

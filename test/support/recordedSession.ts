import * as Y from 'yjs';
import type { ChronicleRow } from '#server/history/chronicle/ChronicleTables.ts';
import { writeFragment } from '#shared/document/binding/writeElement.ts';
import { bodyOf, setLanguage, titleOf } from '#shared/document/fields.ts';
import { type BodyNode, fragmentToBody } from '#shared/document/noteContent.ts';
import { bodyToProseMirror } from '#shared/document/writeContent.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Random } from './random.ts';

/** One author at a computer, with a document and an undo of their own. */
interface Peer {
  readonly person: PersonId;
  readonly doc: Y.Doc;
  readonly undo: Y.UndoManager;
  /** What was written while there was no line; null: there is one. */
  waiting: Uint8Array[] | null;
  /** How many rows it has seen. */
  known: number;
}

/** A session of several authors as the relay's log has it, and who wrote each sign: no sign is ever written twice. Each is a word, with a space behind it. */
export interface RecordedSession {
  readonly rows: readonly ChronicleRow[];
  /** The person who first wrote a sign. */
  readonly authors: ReadonlyMap<string, PersonId>;
}

const ranges = [
  [0x3400, 0x9fff],
  [0xac00, 0xd7a3],
  [0xe000, 0xf8ff],
] as const;

/** Another sign each time. */
class Signs {
  #at = 0;

  next(): string {
    let at = this.#at;
    this.#at += 1;
    for (const [from, to] of ranges) {
      if (at <= to - from) return String.fromCharCode(from + at);
      at -= to - from + 1;
    }
    throw new RangeError('no more signs');
  }
}

export interface SessionOptions {
  /** Default 3. */
  readonly people?: number;
  /** How often what was written off the line comes in one row, as from a client that keeps no rows. Default 0.3. */
  readonly mergesShare?: number;
  /** False: they only write and remove. Default true. */
  readonly shapes?: boolean;
}

/**
 * Lets authors write, cut, join, move, format, undo and redo by turns, on and off the line, through the editor's own binding.
 * @param edits - how many, of all authors together.
 */
export function recordSession(
  random: Random,
  edits: number,
  { people = 3, mergesShare = 0.3, shapes = true }: SessionOptions = {},
): RecordedSession {
  return new Session(random, people, { mergesShare, shapes }).run(edits);
}

class Session {
  readonly #rows: ChronicleRow[] = [];
  readonly #authors = new Map<string, PersonId>();
  readonly #signs = new Signs();
  readonly #random: Random;
  readonly #peers: Peer[];
  readonly #mergesShare: number;
  readonly #shapes: boolean;
  #time = 1_700_000_000_000;

  constructor(
    random: Random,
    people: number,
    { mergesShare, shapes }: { mergesShare: number; shapes: boolean },
  ) {
    this.#mergesShare = mergesShare;
    this.#shapes = shapes;
    this.#random = random;
    this.#peers = Array.from({ length: people }, (_, index) =>
      this.#newPeer(`person-${index}` as PersonId, index + 1),
    );
  }

  run(edits: number): RecordedSession {
    const [first] = this.#peers as [Peer];
    this.#do(first, () => {
      setLanguage(first.doc, 'fr');
      titleOf(first.doc).insert(0, this.#write(first, 3));
      const body = { type: 'doc', content: [1, 2, 3].map(() => this.#paragraph(first)) };
      writeFragment(bodyOf(first.doc), bodyToProseMirror(body));
    });
    for (const peer of this.#peers) this.#receive(peer);
    for (let edit = 0; edit < edits; edit += 1) {
      this.#time += this.#random.int(50) === 0 ? 3_600_000 : 200;
      const peer = this.#random.pick(this.#peers);
      this.#changeLine(peer);
      if (peer.waiting === null) this.#receive(peer);
      this.#edit(peer);
      peer.undo.stopCapturing();
    }
    for (const peer of this.#peers) this.#comeBack(peer);
    return { rows: this.#rows, authors: this.#authors };
  }

  #newPeer(person: PersonId, client: number): Peer {
    const doc = new Y.Doc();
    doc.clientID = client;
    const undo = new Y.UndoManager([bodyOf(doc), titleOf(doc)], {
      captureTimeout: 0,
      trackedOrigins: new Set(['local']),
    });
    const peer: Peer = { person, doc, undo, waiting: null, known: 0 };
    doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin === 'relay') return;
      if (peer.waiting === null) this.#append(person, bytes);
      else peer.waiting.push(bytes);
    });
    return peer;
  }

  #append(person: PersonId, bytes: Uint8Array): void {
    this.#rows.push({ seq: this.#rows.length + 1, time: this.#time, person, operation: null, bytes });
  }

  #receive(peer: Peer): void {
    for (; peer.known < this.#rows.length; peer.known += 1)
      Y.applyUpdate(peer.doc, (this.#rows[peer.known] as ChronicleRow).bytes, 'relay');
  }

  #changeLine(peer: Peer): void {
    if (peer.waiting === null && this.#random.chance(0.02)) peer.waiting = [];
    else if (peer.waiting !== null && this.#random.chance(0.1)) this.#comeBack(peer);
  }

  /** What was written meanwhile comes row by row, or in one. */
  #comeBack(peer: Peer): void {
    const { waiting } = peer;
    if (waiting === null) return;
    peer.waiting = null;
    const rows =
      waiting.length > 0 && this.#random.chance(this.#mergesShare) ? [Y.mergeUpdates(waiting)] : waiting;
    for (const bytes of rows) this.#append(peer.person, bytes);
    this.#receive(peer);
  }

  #do(peer: Peer, change: () => void): void {
    peer.doc.transact(change, 'local');
  }

  #write(peer: Peer, most: number): string {
    return Array.from({ length: 1 + this.#random.int(most) }, () => {
      const sign = this.#signs.next();
      this.#authors.set(sign, peer.person);
      // Words: what a reader takes for one thing.
      return `${sign} `;
    }).join('');
  }

  #paragraph(peer: Peer): BodyNode {
    return { type: 'paragraph', content: [{ type: 'text', text: this.#write(peer, 8) }] };
  }

  #edit(peer: Peer): void {
    const { doc, undo } = peer;
    const random = this.#random;
    const kind = random.int(this.#shapes ? 20 : 10);
    if (kind < 7) return this.#do(peer, () => this.#type(peer));
    if (kind < 10) return this.#do(peer, () => this.#remove(doc));
    if (kind === 10) {
      if (undo.canUndo()) undo.undo();
      return;
    }
    if (kind === 11) {
      if (undo.canRedo()) undo.redo();
      return;
    }
    this.#do(peer, () => {
      const before = fragmentToBody(bodyOf(doc)).content ?? [];
      const after = this.#reshape(peer, before, kind);
      if (after === null) return;
      try {
        writeFragment(bodyOf(doc), bodyToProseMirror({ type: 'doc', content: after }));
      } catch (error) {
        // Two shapes at once may give one that the schema does not take: an editor does not write it either.
        if (!(error instanceof RangeError)) throw error;
      }
    });
  }

  #type(peer: Peer): void {
    const texts = textsOf(peer.doc);
    const text =
      this.#random.int(12) === 0 || texts.length === 0 ? titleOf(peer.doc) : this.#random.pick(texts);
    text.insert(this.#random.int(text.length + 1), this.#write(peer, 3));
  }

  #remove(doc: Y.Doc): void {
    const texts = textsOf(doc).filter((text) => text.length > 2);
    if (texts.length === 0) return;
    const text = this.#random.pick(texts);
    const from = this.#random.int(text.length - 1);
    text.delete(from, Math.min(text.length - from, 2 + this.#random.int(4)));
  }

  #reshape(peer: Peer, blocks: readonly BodyNode[], kind: number): BodyNode[] | null {
    const random = this.#random;
    const at = random.int(Math.max(1, blocks.length));
    const block = blocks[at];
    if (block === undefined) return [this.#paragraph(peer)];
    const isText = block.type === 'paragraph' || block.type === 'heading';
    const rest = (...instead: BodyNode[]): BodyNode[] => [
      ...blocks.slice(0, at),
      ...instead,
      ...blocks.slice(at + 1),
    ];
    switch (kind) {
      case 12: {
        if (!isText) return null;
        const [head, tail] = cutLine(block.content ?? [], random.int(lengthOf(block) + 1));
        return rest({ ...block, content: head }, { type: 'paragraph', content: tail });
      }
      case 13: {
        const next = blocks[at + 1];
        if (!isText || next?.type !== 'paragraph') return null;
        const content = [...(block.content ?? []), ...(next.content ?? [])];
        return [...blocks.slice(0, at), { ...block, content }, ...blocks.slice(at + 2)];
      }
      case 14: {
        const others = rest();
        const to = random.int(others.length + 1);
        return [...others.slice(0, to), block, ...others.slice(to)];
      }
      case 15:
        if (!isText) return null;
        return rest(
          block.type === 'paragraph'
            ? {
                type: 'heading',
                attrs: { level: 1 + random.int(3) },
                ...(block.content ? { content: block.content } : {}),
              }
            : { type: 'paragraph', ...(block.content ? { content: block.content } : {}) },
        );
      case 16: {
        if (!isText || lengthOf(block) < 2) return null;
        const from = random.int(lengthOf(block) - 1);
        const [head, tail] = cutLine(block.content ?? [], from);
        const [middle, end] = cutLine(tail, 1 + random.int(3));
        const mark = random.pick(['bold', 'italic', 'code']);
        return rest({
          ...block,
          content: [...head, ...middle.map((node) => toggled(node, mark)), ...end],
        });
      }
      case 17:
        if (block.type === 'bulletList') {
          return rest(...(block.content ?? []).flatMap((item) => item.content ?? []));
        }
        return isText
          ? rest({ type: 'bulletList', content: [{ type: 'listItem', content: [block] }] })
          : null;
      case 18: {
        if (block.type === 'table') return rest(this.#reshapeTable(peer, block));
        const cell = (): BodyNode => ({ type: 'tableCell', content: [this.#paragraph(peer)] });
        const row = (): BodyNode => ({ type: 'tableRow', content: [cell(), cell()] });
        return blocks.some(({ type }) => type === 'table') && random.int(4) > 0
          ? null
          : rest(block, { type: 'table', content: [row(), row()] });
      }
      default:
        return random.int(3) === 0 && blocks.length > 4 ? rest() : rest(block, this.#paragraph(peer));
    }
  }

  #reshapeTable(peer: Peer, table: BodyNode): BodyNode {
    const rows = table.content ?? [];
    const [first] = rows;
    const cell = (): BodyNode => ({ type: 'tableCell', content: [this.#paragraph(peer)] });
    switch (this.#random.int(4)) {
      case 0:
        return {
          ...table,
          content: [...rows, { type: 'tableRow', content: (first?.content ?? []).map(cell) }],
        };
      case 1:
        return {
          ...table,
          content: rows.map((row) => ({ ...row, content: [...(row.content ?? []), cell()] })),
        };
      case 2:
        return rows.length > 2 ? { ...table, content: rows.slice(1) } : table;
      default:
        return {
          ...table,
          content: rows.map((row, at) => {
            const [one, ...others] = row.content ?? [];
            if (at > 0 || one === undefined || others.length === 0) return row;
            const taken = others[0]?.content ?? [];
            const wide = {
              ...one,
              attrs: { ...one.attrs, colspan: 2 },
              content: [...(one.content ?? []), ...taken],
            };
            return { ...row, content: [wide, ...others.slice(1)] };
          }),
        };
    }
  }
}

function toggled(node: BodyNode, mark: string): BodyNode {
  const marks = node.marks ?? [];
  const has = marks.some(({ type }) => type === mark);
  // Code takes no other mark beside it.
  const others = marks.filter(({ type }) => type !== mark && type !== 'code' && mark !== 'code');
  return { ...node, marks: has ? others : [...others, { type: mark }] };
}

function lengthOf(block: BodyNode): number {
  return (block.content ?? []).reduce((sum, { text }) => sum + (text?.length ?? 1), 0);
}

function cutLine(nodes: readonly BodyNode[], at: number): [BodyNode[], BodyNode[]] {
  const head: BodyNode[] = [];
  const tail: BodyNode[] = [];
  let place = 0;
  for (const node of nodes) {
    const size = node.text?.length ?? 1;
    if (place + size <= at) head.push(node);
    else if (place >= at || node.text === undefined) tail.push(node);
    else {
      head.push({ ...node, text: node.text.slice(0, at - place) });
      tail.push({ ...node, text: node.text.slice(at - place) });
    }
    place += size;
  }
  return [head, tail];
}

function textsOf(doc: Y.Doc): Y.XmlText[] {
  const below = (parent: Y.XmlFragment): Y.XmlText[] =>
    parent
      .toArray()
      .flatMap((child) =>
        child instanceof Y.XmlText ? [child] : child instanceof Y.XmlElement ? below(child) : [],
      );
  return below(bodyOf(doc));
}

import type { Author, UpdateModel } from './UpdateModel.ts';

/** The kinds of fields that an update has. Each has a column of its own: alike stands beside alike, and compresses. */
export const updateColumns = [
  'sections',
  'structs',
  'clients',
  'newClients',
  'clocks',
  'infos',
  'leftClients',
  'leftClocks',
  'rightClients',
  'rightClocks',
  'parents',
  'parentClients',
  'parentClocks',
  'lengths',
  'text',
  'nameLengths',
  'names',
  'values',
  'deletingClients',
  'ranges',
  'deletedClocks',
  'deletedLengths',
] as const;
export type UpdateColumn = (typeof updateColumns)[number];

/** Passes the fields of an update one after the other, from its bytes to columns or back. Every method returns what it passed. */
export interface UpdateCoder {
  byte(column: UpdateColumn): number;
  /** @param expected - what it probably is: only the difference is kept. Without it, the number itself. */
  number(column: UpdateColumn, expected?: number): number;
  client(column: UpdateColumn, expected: number): number;
  /** A length and as many bytes. */
  text(lengths: UpdateColumn, column: UpdateColumn): Uint8Array;
  /** Bytes of fixed number. */
  raw(column: UpdateColumn, length: number): void;
  /** @throws Error what stands there is not an update that Yjs writes. */
  fail(): never;
}

const contentBits = 31;
const hasLeft = 128;
const hasRight = 64;
const hasKey = 32;
const skip = 10;
const maxDepth = 64;
/** Far above any clock that Yjs reaches. */
export const maxClock = 2 ** 51;

/**
 * Walks through one update, v1 encoding, in either direction: both meet the same fields and expect the same, so that what one writes the other reads. Expectations
 * follow somebody who types: the next character of a client comes after the last, what is deleted stands before the caret.
 */
export function walkUpdate(coder: UpdateCoder, model: UpdateModel, author: Author): void {
  for (let left = coder.number('sections'); left > 0; left--) walkSection(coder, model, author);
  for (let left = coder.number('deletingClients'); left > 0; left--) walkDeletions(coder, author);
}

function walkSection(coder: UpdateCoder, model: UpdateModel, author: Author): void {
  const structs = coder.number('structs');
  const client = coder.client('clients', author.client);
  author.client = client;
  let clock = coder.number('clocks', model.nextClock(client));
  for (let left = structs; left > 0; left--) {
    clock += walkStruct(coder, author, client, clock);
    author.caretClient = client;
    author.caretClock = clock - 1;
    if (clock > maxClock) coder.fail();
  }
  model.setNextClock(client, clock);
}

function walkStruct(coder: UpdateCoder, author: Author, client: number, clock: number): number {
  const info = coder.byte('infos');
  if (info === 0 || info === skip) return coder.number('lengths');
  if ((info & hasLeft) !== 0) {
    const left = coder.client('leftClients', author.caretClient);
    coder.number('leftClocks', left === author.caretClient ? author.caretClock : 0);
  }
  if ((info & hasRight) !== 0) {
    const right = coder.client('rightClients', author.rightClient);
    const expected = right === author.rightClient ? author.rightClock : 0;
    author.rightClock = coder.number('rightClocks', expected);
    author.rightClient = right;
  }
  if ((info & (hasLeft | hasRight)) === 0) {
    if (coder.number('parents') === 1) coder.text('nameLengths', 'names');
    else {
      coder.client('parentClients', client);
      coder.number('parentClocks', clock - 1);
    }
    if ((info & hasKey) !== 0) coder.text('nameLengths', 'names');
  }
  return walkContent(coder, info & contentBits);
}

/** @returns the item's length on its client's clock. */
function walkContent(coder: UpdateCoder, kind: number): number {
  switch (kind) {
    case 1: // deleted
      return coder.number('lengths');
    case 2: // JSON
      return repeat(coder, () => coder.text('nameLengths', 'names'));
    case 3: // binary
    case 5: // embed
      coder.text('nameLengths', 'names');
      return 1;
    case 4:
      return utf16Length(coder.text('lengths', 'text'));
    case 6: // format
      coder.text('nameLengths', 'names');
      coder.text('nameLengths', 'names');
      return 1;
    case 7: {
      const type = coder.number('values');
      // An XmlElement or an XmlHook has a name.
      if (type === 3 || type === 5) coder.text('nameLengths', 'names');
      return 1;
    }
    case 8:
      return repeat(coder, () => walkValue(coder, 0));
    default:
      return coder.fail();
  }
}

function repeat(coder: UpdateCoder, walk: () => void): number {
  const count = coder.number('lengths');
  for (let left = count; left > 0; left--) walk();
  return count;
}

/** A value in lib0's encoding. */
function walkValue(coder: UpdateCoder, depth: number): void {
  if (depth > maxDepth) coder.fail();
  switch (coder.byte('values')) {
    case 127: // undefined
    case 126: // null
    case 121: // false
    case 120: // true
      return;
    case 125: // a whole number
      while (coder.byte('values') > 127);
      return;
    case 124:
      coder.raw('values', 4);
      return;
    case 123:
    case 122:
      coder.raw('values', 8);
      return;
    case 119:
    case 116:
      coder.text('nameLengths', 'names');
      return;
    case 118:
      for (let left = coder.number('values'); left > 0; left--) {
        coder.text('nameLengths', 'names');
        walkValue(coder, depth + 1);
      }
      return;
    case 117:
      for (let left = coder.number('values'); left > 0; left--) walkValue(coder, depth + 1);
      return;
    default:
      coder.fail();
  }
}

function walkDeletions(coder: UpdateCoder, author: Author): void {
  const client = coder.client('clients', author.caretClient);
  for (let left = coder.number('ranges'); left > 0; left--) {
    const clock = coder.number('deletedClocks', client === author.caretClient ? author.caretClock : 0);
    coder.number('deletedLengths');
    author.caretClient = client;
    author.caretClock = clock - 1;
  }
}

/** How Yjs counts: a lead byte is one unit, that of a four-byte sequence two; the bytes that follow it are none. */
function utf16Length(bytes: Uint8Array): number {
  let units = 0;
  for (const byte of bytes) {
    if (byte < 0x80 || byte >= 0xc0) units += byte >= 0xf0 ? 2 : 1;
  }
  return units;
}

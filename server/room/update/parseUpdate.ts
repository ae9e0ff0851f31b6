import { MalformedError, StrictReader } from '#shared/protocol/StrictReader.ts';
import { InvalidContentError } from './InvalidContentError.ts';
import { type ContentLimits, readContent, readKey, type TreeRisk } from './readContent.ts';

/** One client's structs in an update: clocks `from` up to, not including, `to`. */
export interface Section {
  readonly client: number;
  readonly from: number;
  readonly to: number;
  /** Where the section's count of structs begins in the bytes, and where the section ends. */
  readonly start: number;
  readonly end: number;
}

/** What an update holds, read from its bytes without a Y.Doc. */
export interface ParsedUpdate {
  readonly sections: readonly Section[];
  /** For each client whose structs these refer to, the highest clock referred to. */
  readonly needs: ReadonlyMap<number, number>;
  /** Deleted clocks, flat: client, from, to, client, from, to… */
  readonly deletes: ArrayLike<number>;
  /** Where the delete set begins in the bytes. */
  readonly deleteSetAt: number;
  /** `none`: it holds only text and deletions, no element, attribute, mark, so that the tree cannot become worse by it. */
  readonly risk: TreeRisk;
}

/** What reading the structs finds. */
interface Found {
  /** Null while there are none: most updates go on where their own client stopped. */
  needs: Map<number, number> | null;
  risk: TreeRisk;
}

const skipInfo = 10;
const contentBits = 31;
const hasOrigin = 128;
const hasRightOrigin = 64;
const hasParentSub = 32;
const noNeeds: ReadonlyMap<number, number> = new Map();

/**
 * Reads a Yjs update (v1) strictly: what it claims must fit its bytes, and it must hold nothing that Yjs would not have written.
 * The cost is linear in the bytes; nothing is built.
 * @throws MalformedError (4400), InvalidContentError (4422)
 */
export function parseUpdate(bytes: Uint8Array, limits: ContentLimits): ParsedUpdate {
  const reader = new StrictReader(bytes);
  const clients = reader.varUint();
  // A client's section has at least five bytes.
  if (clients * 5 > reader.left) throw new InvalidContentError('more clients than bytes');
  if (clients > (limits.maxClients ?? Infinity)) throw new InvalidContentError('too many clients');
  const sections: Section[] = [];
  const seen = clients > 1 ? new Set<number>() : null;
  const found: Found = { needs: null, risk: 'none' };
  for (let index = 0; index < clients; index++) {
    const section = readSection(reader, found, limits);
    checkOnce(seen, section.client);
    sections.push(section);
  }
  const deleteSetAt = reader.position;
  const deletes = readDeleteSet(reader);
  reader.finish();
  return { sections, needs: found.needs ?? noNeeds, deletes, deleteSetAt, risk: found.risk };
}

function readSection(reader: StrictReader, found: Found, limits: ContentLimits): Section {
  const start = reader.position;
  const structs = reader.varUint();
  if (structs === 0) throw new MalformedError('a client without structs');
  // A struct has at least two bytes.
  if (structs * 2 > reader.left) throw new InvalidContentError('more structs than bytes');
  const client = reader.varUint();
  const from = reader.varUint();
  let clock = from;
  for (let index = 0; index < structs; index++) {
    clock += readStruct(reader, client, clock, found, limits);
    if (clock > Number.MAX_SAFE_INTEGER) throw new MalformedError('a clock is too large');
  }
  return { client, from, to: clock, start, end: reader.position };
}

function readStruct(
  reader: StrictReader,
  client: number,
  clock: number,
  found: Found,
  limits: ContentLimits,
): number {
  const info = reader.uint8();
  if (info === skipInfo) throw new MissingStructsError();
  if (info === 0) {
    const length = reader.varUint();
    if (length === 0) throw new MalformedError('a struct of no length');
    return length;
  }
  if ((info & contentBits) === 0) throw new MalformedError(`no struct ${info}`);
  if (found.risk === 'none' && (info & hasParentSub) !== 0) found.risk = 'some';
  const origin = (info & hasOrigin) !== 0;
  const rightOrigin = (info & hasRightOrigin) !== 0;
  if (origin) readNeed(reader, client, clock, found);
  if (rightOrigin) readNeed(reader, client, clock, found);
  if (!origin && !rightOrigin) {
    const byName = reader.varUint();
    if (byName > 1) throw new MalformedError('no such parent');
    if (byName === 1) readKey(reader, limits);
    else readNeed(reader, client, clock, found);
    if ((info & hasParentSub) !== 0) readKey(reader, limits);
  }
  return readContent(reader, info & contentBits, limits, found);
}

function readNeed(reader: StrictReader, client: number, clock: number, found: Found): void {
  const needed = reader.varUint();
  const neededClock = reader.varUint();
  if (needed === client) {
    // What comes before it on its own clock is here or known whenever the struct itself can be taken.
    if (neededClock >= clock) throw new InvalidContentError('a struct refers to one that follows it');
    return;
  }
  found.needs ??= new Map();
  const known = found.needs.get(needed);
  if (known === undefined || known < neededClock) found.needs.set(needed, neededClock);
}

/** @param seen - null where there is one client only. */
function checkOnce(seen: Set<number> | null, client: number): void {
  if (seen === null) return;
  if (seen.has(client)) throw new MalformedError('a client is named twice');
  seen.add(client);
}

/** Yjs writes each client once and its ranges in order, apart: the cost of taking them in is linear only then. Ranges that touch are one. */
function readDeleteSet(reader: StrictReader): number[] {
  const clients = reader.varUint();
  if (clients * 2 > reader.left) throw new InvalidContentError('more clients than bytes');
  const deletes: number[] = [];
  const seen = clients > 1 ? new Set<number>() : null;
  for (let index = 0; index < clients; index++) {
    const client = reader.varUint();
    checkOnce(seen, client);
    const ranges = reader.varUint();
    if (ranges * 2 > reader.left) throw new InvalidContentError('more deletions than bytes');
    let end = 0;
    for (let at = 0; at < ranges; at++) {
      const clock = reader.varUint();
      const length = reader.varUint();
      if (length === 0) throw new MalformedError('a deletion of no length');
      if (clock < end) throw new MalformedError('deletions are not in order');
      const touches = at > 0 && clock === end;
      end = clock + length;
      if (end > Number.MAX_SAFE_INTEGER) throw new MalformedError('a clock is too large');
      if (touches) deletes[deletes.length - 1] = end;
      else deletes.push(client, clock, end);
    }
  }
  return deletes;
}

/** The update has a hole in it: what comes before is missing, and it cannot be taken as it is. */
export class MissingStructsError extends Error {
  constructor() {
    super('the update has a hole');
    this.name = 'MissingStructsError';
  }
}

/** Reads only the delete set of an update whose place is known: flat client, from, to… */
export function readDeleteSetAt(bytes: Uint8Array, deleteSetAt: number): number[] {
  const reader = new StrictReader(bytes, deleteSetAt);
  const deletes = readDeleteSet(reader);
  reader.finish();
  return deletes;
}

import { isUtf8 } from 'node:buffer';
import { elementNames, markNameOf, markNames } from '#shared/document/names.ts';
import { MalformedError, type StrictReader } from '#shared/protocol/StrictReader.ts';
import { checkName, checkValue, maxValueDepth } from './checkValue.ts';
import { InvalidContentError } from './InvalidContentError.ts';

export interface ContentLimits {
  readonly maxStringBytes: number;
  /** Clients whose structs one update may hold. Absent: any number, as a checkpoint may. */
  readonly maxClients?: number;
}

/** Yjs's numbers for what an item holds. */
const refs = {
  deleted: 1,
  json: 2,
  binary: 3,
  string: 4,
  embed: 5,
  format: 6,
  type: 7,
  any: 8,
  doc: 9,
} as const;
/** Yjs's numbers for shared types; 3 (XmlElement) carries a name, 5 (XmlHook) is not spoken here. */
const xmlElementRef = 3;
const xmlHookRef = 5;
const lastTypeRef = 6;

/** What may come of content for a document's tree: nothing; some of what only a tree shows; names that the schema does not have. */
export type TreeRisk = 'none' | 'some' | 'unknown';

/**
 * Passes over what an item holds, checking it.
 * @param found - its risk rises to that of this content.
 * @returns the item's length on its client's clock.
 * @throws MalformedError, InvalidContentError
 */
export function readContent(
  reader: StrictReader,
  ref: number,
  limits: ContentLimits,
  found: { risk: TreeRisk },
): number {
  if (found.risk === 'none' && ref !== refs.string && ref !== refs.deleted) found.risk = 'some';
  switch (ref) {
    case refs.string:
      return positive(skipString(reader, limits));
    case refs.deleted:
      return positive(reader.varUint());
    case refs.format:
      if (!isMark(readKey(reader, limits))) found.risk = 'unknown';
      checkJson(readString(reader, limits));
      return 1;
    case refs.type: {
      const type = reader.varUint();
      if (type === xmlHookRef || type > lastTypeRef) throw new InvalidContentError(`shared type ${type}`);
      if (type === xmlElementRef && !elementNames.has(readKey(reader, limits))) found.risk = 'unknown';
      return 1;
    }
    case refs.any:
      return many(reader, () => {
        readAny(reader, limits, 0);
      });
    case refs.json:
      return many(reader, () => {
        const json = readString(reader, limits);
        if (json !== 'undefined') checkJson(json);
      });
    case refs.embed:
      found.risk = 'unknown';
      checkJson(readString(reader, limits));
      return 1;
    case refs.binary:
      limited(reader.varBytes(), limits);
      return 1;
    case refs.doc:
      throw new InvalidContentError('a document inside a document');
    default:
      throw new MalformedError(`no content ${ref}`);
  }
}

/** A name: of a root type, an attribute, a format, an element. */
export function readKey(reader: StrictReader, limits: ContentLimits): string {
  const name = readString(reader, limits);
  checkName(name);
  return name;
}

function isMark(name: string): boolean {
  return markNames.has(name) || markNames.has(markNameOf(name));
}

function positive(length: number): number {
  if (length === 0) throw new MalformedError('a struct of no length');
  return length;
}

function many(reader: StrictReader, read: () => void): number {
  const count = positive(reader.varUint());
  if (count > reader.left) throw new InvalidContentError('more values than bytes');
  for (let index = 0; index < count; index++) read();
  return count;
}

function limited(bytes: Uint8Array, limits: ContentLimits): Uint8Array {
  if (bytes.length > limits.maxStringBytes) throw new InvalidContentError('a string is too long');
  return bytes;
}

function readString(reader: StrictReader, limits: ContentLimits): string {
  const at = reader.position;
  const length = reader.varUint();
  if (length > limits.maxStringBytes) throw new InvalidContentError('a string is too long');
  reader.position = at;
  return reader.varString();
}

/** Passes over a string. @returns its length in UTF-16 units, which is how Yjs counts. */
function skipString(reader: StrictReader, limits: ContentLimits): number {
  const bytes = limited(reader.varBytes(), limits);
  let units = 0;
  let ascii = true;
  for (const byte of bytes) {
    if (byte < 0x80) units++;
    else {
      ascii = false;
      // A lead byte is one unit, that of a four-byte sequence two; the bytes that follow it are none.
      if (byte >= 0xc0) units += byte >= 0xf0 ? 2 : 1;
    }
  }
  if (!ascii && !isUtf8(bytes)) throw new MalformedError('not UTF-8');
  return units;
}

/** lib0's encoding of any value. */
function readAny(reader: StrictReader, limits: ContentLimits, depth: number): void {
  if (depth > maxValueDepth) throw new InvalidContentError('values are nested too deep');
  const type = reader.uint8();
  switch (type) {
    case 127: // undefined
    case 126: // null
    case 121: // false
    case 120: // true
      return;
    case 125:
      reader.skipVarInt();
      return;
    case 124:
      reader.skip(4);
      return;
    case 123: // a double
    case 122: // a bigint
      reader.skip(8);
      return;
    case 119:
      skipString(reader, limits);
      return;
    case 118: {
      const count = reader.varUint();
      if (count > reader.left) throw new InvalidContentError('more values than bytes');
      for (let index = 0; index < count; index++) {
        readKey(reader, limits);
        readAny(reader, limits, depth + 1);
      }
      return;
    }
    case 117: {
      const count = reader.varUint();
      if (count > reader.left) throw new InvalidContentError('more values than bytes');
      for (let index = 0; index < count; index++) readAny(reader, limits, depth + 1);
      return;
    }
    case 116:
      limited(reader.varBytes(), limits);
      return;
    default:
      throw new MalformedError(`no value ${type}`);
  }
}

function checkJson(json: string): void {
  if (json === 'null' || json === 'true' || json === '{}') return;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new MalformedError('not JSON');
  }
  checkValue(value);
}

import * as encoding from 'lib0/encoding';
import { bytesFromId, idFromBytes, isId } from '../domain/ids.ts';
import type { DeviceId, DocumentId, PersonId } from '../domain/ids.ts';
import { messageTypes } from './messages.ts';
import { MalformedError, StrictReader } from './StrictReader.ts';

/**
 * What is said on a mirror's socket only, both ways: the document before each message, and the messages from 26 on. Each reader gets one message from its type
 * on, accepts only what the encoder beside it writes, and throws MalformedError.
 * @see PROTOCOL.md, "Several documents on one socket"
 */
const idBytes = 16;

/** What stands before a message about no document, the socket itself: ping, pong, and the empty presence that keeps it alive. */
export const nobody = new Uint8Array(idBytes);

/** The bytes that stand before every message about a document. */
export const prefixOf = (document: DocumentId): Uint8Array => bytesFromId(document);

export function encodeAbout(prefix: Uint8Array, message: Uint8Array): Uint8Array {
  const frame = new Uint8Array(prefix.length + message.length);
  frame.set(prefix);
  frame.set(message, prefix.length);
  return frame;
}

/** @returns the document (null: the socket itself) and the message, a view into the frame. */
export function readAbout(frame: Uint8Array): { document: DocumentId | null; message: Uint8Array } {
  if (frame.length <= idBytes) throw new MalformedError('a frame without a message');
  const prefix = frame.subarray(0, idBytes);
  const document = prefix.every((byte) => byte === 0) ? null : idFromBytes<DocumentId>(prefix);
  return { document, message: frame.subarray(idBytes) };
}

/** What opens a document on the socket: what a ticket carries for a socket of one document, and where the mirror's copy ends. */
export interface OpenRequest {
  /** The newest schema version that the mirror holds. */
  readonly schema: number;
  /** The epoch of its copy; null: it has none. */
  readonly epoch: string | null;
  /** The last row of its copy; 0 for none. */
  readonly seq: number;
}

export const encodeOpen = ({ schema, epoch, seq }: OpenRequest): Uint8Array =>
  message(messageTypes.open, (encoder) => {
    encoding.writeVarUint(encoder, schema);
    encoding.writeVarString(encoder, epoch ?? '');
    encoding.writeVarUint(encoder, seq);
  });

export const readOpen = (bytes: Uint8Array): OpenRequest =>
  readWhole(bytes, messageTypes.open, (reader) => {
    const request = {
      schema: reader.varUint(),
      epoch: orNull(reader.varString()),
      seq: reader.varUint(),
    };
    if (request.epoch === null && request.seq > 0) throw new MalformedError('a row of no epoch');
    return request;
  });

/** The answer: what a ticket's answer says, and the last row of the log. */
export interface Opened {
  readonly role: string;
  readonly epoch: string;
  readonly seq: number;
  readonly schemaVersion: number;
}

export const encodeOpened = ({ role, epoch, seq, schemaVersion }: Opened): Uint8Array =>
  message(messageTypes.open, (encoder) => {
    encoding.writeVarString(encoder, role);
    encoding.writeVarString(encoder, epoch);
    encoding.writeVarUint(encoder, seq);
    encoding.writeVarUint(encoder, schemaVersion);
  });

export const readOpened = (bytes: Uint8Array): Opened =>
  readWhole(bytes, messageTypes.open, (reader) => ({
    role: reader.varString(),
    epoch: reader.varString(),
    seq: reader.varUint(),
    schemaVersion: reader.varUint(),
  }));

export const encodeClose = (): Uint8Array => message(messageTypes.close, () => {});
export const readClose = (bytes: Uint8Array): void => {
  readWhole(bytes, messageTypes.close, () => {});
};

/** Why a document is not open, with the code that would close a socket of its own. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
}

export const encodeClosed = ({ code, reason }: Closed): Uint8Array =>
  message(messageTypes.closed, (encoder) => {
    encoding.writeVarUint(encoder, code);
    encoding.writeVarString(encoder, reason);
  });

export const readClosed = (bytes: Uint8Array): Closed =>
  readWhole(bytes, messageTypes.closed, (reader) => ({ code: reader.varUint(), reason: reader.varString() }));

/** A row that waited on a device. */
export interface BatchRow {
  /** Unix milliseconds, the device's clock; not 0. */
  readonly deviceTime: number;
  /** Yjs update, v1 encoding. */
  readonly update: Uint8Array;
}

export const encodeBatch = (rows: readonly BatchRow[]): Uint8Array =>
  message(messageTypes.batch, (encoder) => {
    writeRows(encoder, rows);
  });

/** The updates are views into the message. */
export const readBatch = (bytes: Uint8Array): BatchRow[] => readWhole(bytes, messageTypes.batch, readRows);

/** Rows that somebody else wrote on the mirror’s device, as it states. */
export interface StatedRows {
  /** Whom it stated before. */
  readonly person: PersonId;
  readonly rows: readonly BatchRow[];
}

export const encodeStatedRows = ({ person, rows }: StatedRows): Uint8Array =>
  message(messageTypes.stated, (encoder) => {
    encoding.writeVarString(encoder, person);
    writeRows(encoder, rows);
  });

/** The updates are views into the message. */
export const readStatedRows = (bytes: Uint8Array): StatedRows =>
  readWhole(bytes, messageTypes.stated, (reader) => {
    const person = reader.varString();
    if (!isId(person)) throw new MalformedError('no such person');
    return { person: person as PersonId, rows: readRows(reader) };
  });

function writeRows(encoder: encoding.Encoder, rows: readonly BatchRow[]): void {
  encoding.writeVarUint(encoder, rows.length);
  for (const { deviceTime, update } of rows) {
    encoding.writeVarUint(encoder, deviceTime);
    encoding.writeVarUint8Array(encoder, update);
  }
}

function readRows(reader: StrictReader): BatchRow[] {
  const count = reader.varUint();
  if (count === 0 || count > reader.left) throw new MalformedError('no such number of rows');
  const rows: BatchRow[] = [];
  for (let index = 0; index < count; index++) {
    const row = { deviceTime: reader.varUint(), update: reader.varBytes() };
    if (row.deviceTime === 0) throw new MalformedError('a row without its time');
    rows.push(row);
  }
  return rows;
}

/** What stands between the name of somebody who is stated and that of whoever states it: no name has it. */
const statedMark = '\n';

/** The name of a person in a row, as the home says it. */
export const nameInRow = ({
  name,
  statedBy,
}: {
  readonly name: string;
  readonly statedBy?: string;
}): string => (statedBy === undefined ? name : `${name}${statedMark}${statedBy}`);

/** The same, read. */
export function readNameInRow(text: string): { readonly name: string; readonly statedBy?: string } {
  const at = text.indexOf(statedMark);
  return at < 0 ? { name: text } : { name: text.slice(0, at), statedBy: text.slice(at + statedMark.length) };
}

/** A row of the home's log as it is: what a mirror's copy is made of. */
export interface AttributedRow {
  readonly seq: number;
  /** Unix milliseconds, the home's clock. */
  readonly time: number;
  /** Null for the relay's own. */
  readonly person: PersonId | null;
  /** As `nameInRow` writes it. Empty when the home does not know it, or does not say it. */
  readonly name: string;
  readonly device: DeviceId | null;
  readonly deviceTime: number | null;
  readonly via: string;
  /** Null for typing. */
  readonly operation: string | null;
  readonly bytes: Uint8Array;
}

export const encodeAttributed = (row: AttributedRow): Uint8Array =>
  message(messageTypes.attributed, (encoder) => {
    encoding.writeVarUint(encoder, row.seq);
    encoding.writeVarUint(encoder, row.time);
    encoding.writeVarString(encoder, row.person ?? '');
    encoding.writeVarString(encoder, row.name);
    encoding.writeVarString(encoder, row.device ?? '');
    encoding.writeVarUint(encoder, row.deviceTime ?? 0);
    encoding.writeVarString(encoder, row.via);
    encoding.writeVarString(encoder, row.operation ?? '');
    encoding.writeVarUint8Array(encoder, row.bytes);
  });

/** `bytes` is a view into the message. */
export const readAttributed = (bytes: Uint8Array): AttributedRow =>
  readWhole(bytes, messageTypes.attributed, (reader) => ({
    seq: reader.varUint(),
    time: reader.varUint(),
    person: orNull<PersonId>(reader.varString()),
    name: reader.varString(),
    device: orNull<DeviceId>(reader.varString()),
    deviceTime: reader.varUint() || null,
    via: reader.varString(),
    operation: orNull(reader.varString()),
    bytes: reader.varBytes(),
  }));

const message = (type: number, write: (encoder: encoding.Encoder) => void): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, type);
    write(encoder);
  });

function readWhole<T>(bytes: Uint8Array, type: number, read: (reader: StrictReader) => T): T {
  const reader = new StrictReader(bytes);
  if (reader.varUint() !== type) throw new MalformedError(`not a message ${type}`);
  const value = read(reader);
  reader.finish();
  return value;
}

const orNull = <T extends string = string>(text: string): T | null => (text === '' ? null : (text as T));

import { isId } from '../domain/ids.ts';
import { limits, messageTypes, syncTypes } from './messages.ts';
import { MalformedError, StrictReader } from './StrictReader.ts';

/** What a client may send. The byte arrays are views into the frame. */
export type ClientFrame =
  | { readonly kind: 'step1'; readonly stateVector: Uint8Array }
  | { readonly kind: 'step2' | 'update'; readonly update: Uint8Array }
  | { readonly kind: 'awareness'; readonly update: Uint8Array }
  | { readonly kind: 'queryAwareness' }
  | { readonly kind: 'ping'; readonly number: number }
  | ({ readonly kind: 'resume' } & ResumePoint);

/** Where a client stopped that comes back. */
export interface ResumePoint {
  readonly epoch: string;
  /** It has everything up to this row. */
  readonly seq: number;
  /** The first clock of each client id whose structs, from there on, the relay has not acknowledged to it. */
  readonly unacknowledged: ReadonlyMap<number, number>;
}

/**
 * Reads one binary frame from a client.
 * @param calepin - whether the connection speaks `calepin.1`; the messages from 16 on are malformed otherwise.
 * @throws MalformedError for anything that a client does not send, also for messages that only the relay sends.
 * @see PROTOCOL.md
 */
export function readClientFrame(bytes: Uint8Array, calepin: boolean): ClientFrame {
  const reader = new StrictReader(bytes);
  const frame = readMessage(reader, calepin);
  reader.finish();
  return frame;
}

function readMessage(reader: StrictReader, calepin: boolean): ClientFrame {
  const type = reader.varUint();
  switch (type) {
    case messageTypes.sync: {
      const sync = reader.varUint();
      if (sync === syncTypes.update) return { kind: 'update', update: reader.varBytes() };
      if (sync === syncTypes.step2) return { kind: 'step2', update: reader.varBytes() };
      if (sync === syncTypes.step1) return { kind: 'step1', stateVector: reader.varBytes() };
      throw new MalformedError(`no sync message ${sync}`);
    }
    case messageTypes.awareness:
      return { kind: 'awareness', update: reader.varBytes() };
    case messageTypes.queryAwareness:
      return { kind: 'queryAwareness' };
    case messageTypes.ping:
      if (calepin) return { kind: 'ping', number: reader.varUint() };
      break;
    case messageTypes.resume:
      if (calepin) return { kind: 'resume', ...readResume(reader) };
      break;
    default:
      break;
  }
  throw new MalformedError(`no message ${type} from a client`);
}

function readResume(reader: StrictReader): ResumePoint {
  const epoch = reader.varString();
  if (!isId(epoch)) throw new MalformedError('no such epoch');
  const seq = reader.varUint();
  const unacknowledged = reader.varBytes();
  if (unacknowledged.length > limits.maxListBytes) throw new MalformedError('too many clients');
  return { epoch, seq, unacknowledged: readStateVector(unacknowledged) };
}

/** One client's presence in an awareness message; `state` is JSON, 'null' when it left. */
export interface PresenceEntry {
  readonly client: number;
  readonly clock: number;
  readonly state: string;
}

/** @throws MalformedError */
export function readAwareness(update: Uint8Array): PresenceEntry[] {
  const reader = new StrictReader(update);
  const count = reader.varUint();
  if (count > reader.left) throw new MalformedError('more presence than bytes');
  const entries: PresenceEntry[] = [];
  for (let index = 0; index < count; index++) {
    entries.push({ client: reader.varUint(), clock: reader.varUint(), state: reader.varString() });
  }
  reader.finish();
  return entries;
}

/** Client → clock. @throws MalformedError */
export function readStateVector(bytes: Uint8Array): Map<number, number> {
  const reader = new StrictReader(bytes);
  const count = reader.varUint();
  if (count > reader.left) throw new MalformedError('more clients than bytes');
  const state = new Map<number, number>();
  for (let index = 0; index < count; index++) {
    const client = reader.varUint();
    state.set(client, reader.varUint());
  }
  reader.finish();
  return state;
}

import { setImmediate } from 'node:timers/promises';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { CommitLane } from './CommitLane.ts';
import { WorkerDatabase } from './WorkerDatabase.ts';
import type { WorkerData, WorkerReply, WorkerRequest } from './workerMessages.ts';

interface Message {
  readonly id: number;
  readonly request: WorkerRequest | 'close';
}

const leastMoved = 16 * 1024;
/** Wakings after which the event loop turns once: what SQLite's binding gives back is given back there. */
const turnsAtOnce = 16;

/** The thread that owns the database file. One message or commit, one piece of work, one answer; in the order in which they came. Between two it sleeps on the lane, not in the event loop. */
const port = parentPort;
if (port === null) throw new Error('databaseWorker runs in a worker thread');
const { file, lane: shared } = workerData as WorkerData;
const lane = new CommitLane(shared);
const database = new WorkerDatabase(file);

for (let open = true, turns = 1; open; turns++) {
  const woken = lane.woken;
  open = doWhatWaits();
  if (turns % turnsAtOnce === 0) await setImmediate();
  if (open) lane.sleep(woken);
}

/** @returns false when that was to close. */
function doWhatWaits(): boolean {
  for (;;) {
    const message = receiveMessageOnPort(port as NonNullable<typeof port>)?.message as Message | undefined;
    const inLane = lane.waiting;
    // What is in the lane now was asked before the message, or after it.
    if (inLane !== 0 && (message === undefined || inLane < message.id)) commit(inLane);
    else if (message === undefined) return true;
    if (message?.request === 'close') {
      database.close();
      send({ id: message.id, value: null });
      return false;
    }
    if (message !== undefined) send(perform(message.id, message.request));
  }
}

function commit(id: number): void {
  const reply = perform(id, { kind: 'atomic', document: null, statements: [], rows: lane.take() });
  const { seqs = null } = 'value' in reply ? (reply.value as { seqs?: readonly number[] }) : {};
  if (seqs === null) send(reply);
  lane.answer(seqs);
}

function perform(id: number, request: WorkerRequest): WorkerReply {
  try {
    return { id, value: database.perform(request) };
  } catch (error) {
    return { id, failure: database.failure(error) };
  }
}

function send(reply: WorkerReply): void {
  port?.postMessage(reply, ownBuffers(reply));
}

/** The buffers of large blobs, to be moved to the main thread and not copied. */
function ownBuffers(value: unknown): ArrayBuffer[] {
  if (value instanceof Uint8Array) {
    const whole = value.byteLength === value.buffer.byteLength && value.buffer instanceof ArrayBuffer;
    return whole && value.byteLength >= leastMoved ? [value.buffer as ArrayBuffer] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(ownBuffers);
}

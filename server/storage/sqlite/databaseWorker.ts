import { parentPort, workerData } from 'node:worker_threads';
import { WorkerDatabase } from './WorkerDatabase.ts';
import type { WorkerReply, WorkerRequest } from './workerMessages.ts';

/** The thread that owns the database file. One message, one piece of work, one answer; in the order in which they came. */
const port = parentPort;
if (port === null) throw new Error('databaseWorker runs in a worker thread');
const database = new WorkerDatabase((workerData as { file: string }).file);

port.on('message', ({ id, request }: { id: number; request: WorkerRequest | 'close' }) => {
  if (request === 'close') {
    void database.close().then(() => {
      port.postMessage({ id, value: null } satisfies WorkerReply);
      port.close();
    });
    return;
  }
  let reply: WorkerReply;
  try {
    reply = { id, value: database.perform(request) };
  } catch (error) {
    reply = { id, failure: database.failure(error) };
  }
  port.postMessage(reply, ownBuffers(reply));
});

const leastMoved = 16 * 1024;

/** The buffers of large blobs, to be moved to the main thread and not copied. */
function ownBuffers(value: unknown): ArrayBuffer[] {
  if (value instanceof Uint8Array) {
    const whole = value.byteLength === value.buffer.byteLength && value.buffer instanceof ArrayBuffer;
    return whole && value.byteLength >= leastMoved ? [value.buffer as ArrayBuffer] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(ownBuffers);
}

import { parentPort } from 'node:worker_threads';
import { collect, uncollected } from './rebuild.ts';
import type { RebuildReply, RebuildRequest } from './Rebuilder.ts';

/** Builds documents away from the event loop, one request after the other, and forgets them. */
const port = parentPort;
if (port === null) throw new Error('rebuildWorker runs in a worker thread');

port.on('message', ({ kind, updates }: RebuildRequest) => {
  let reply: RebuildReply;
  const moved: ArrayBuffer[] = [];
  try {
    const collected =
      kind === 'collect'
        ? collect(updates)
        : { bytes: uncollected(updates), stateVector: new Uint8Array(), deleteSetAt: 0, sound: true };
    reply = { collected };
    moved.push(collected.bytes.buffer);
  } catch (error) {
    reply = { error: error instanceof Error ? error.message : String(error) };
  }
  port.postMessage(reply, moved);
});

import { parentPort } from 'node:worker_threads';
import { unpackUpdates } from '../storage/packedUpdates.ts';
import { noteIn } from './noteIn.ts';
import { collect, docFrom, soundPrefix, soundState, uncollected } from './rebuild.ts';
import type { Rebuilt, RebuildReply, RebuildRequest } from './Rebuilder.ts';

/** Builds documents away from the event loop, one request after the other, and forgets them. */
const port = parentPort;
if (port === null) throw new Error('rebuildWorker runs in a worker thread');

async function answer({ kind, updates: packed, limits }: RebuildRequest): Promise<Rebuilt> {
  const updates = unpackUpdates(packed);
  if (kind === 'uncollected') return { kind, bytes: uncollected(updates) };
  if (kind === 'note') {
    const doc = docFrom(updates, true);
    const note = noteIn(doc);
    doc.destroy();
    return { kind, note };
  }
  if (kind === 'soundPrefix') return { kind, count: await soundPrefix(updates, limits) };
  if (kind === 'soundState') return { kind, state: soundState(updates) };
  return { kind, collected: await collect(updates, limits) };
}

function buffersOf(rebuilt: Rebuilt): ArrayBuffer[] {
  if (rebuilt.kind === 'soundState') return [rebuilt.state.bytes.buffer];
  if (rebuilt.kind === 'collect') return [rebuilt.collected.bytes.buffer];
  return rebuilt.kind === 'uncollected' ? [rebuilt.bytes.buffer] : [];
}

port.on('message', (request: RebuildRequest) => {
  void answer(request).then(
    (rebuilt) => {
      port.postMessage({ rebuilt } satisfies RebuildReply, buffersOf(rebuilt));
    },
    (error: unknown) => {
      const reply: RebuildReply = { error: error instanceof Error ? error.message : String(error) };
      port.postMessage(reply);
    },
  );
});

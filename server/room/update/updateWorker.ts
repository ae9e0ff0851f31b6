import { parentPort } from 'node:worker_threads';
import { MalformedError } from '#shared/protocol/StrictReader.ts';
import { InvalidContentError } from './InvalidContentError.ts';
import type { LargeAnswer, LargeQuestion } from './LargeUpdates.ts';
import { MissingStructsError, parseUpdate } from './parseUpdate.ts';
import { trimUpdate } from './trimUpdate.ts';

/** Reads large updates away from the event loop. */
const port = parentPort;
if (port === null) throw new Error('updateWorker runs in a worker thread');

function answer({ bytes, limits, news }: LargeQuestion): LargeAnswer {
  const parsed = parseUpdate(bytes, limits);
  return news === null
    ? { kind: 'parsed', parsed: { ...parsed, deletes: Float64Array.from(parsed.deletes) } }
    : { kind: 'trimmed', bytes: trimUpdate(bytes, parsed, news) };
}

function refusal(error: unknown): LargeAnswer {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof MissingStructsError) return { kind: 'missing' };
  if (error instanceof MalformedError) return { kind: 'malformed', message };
  if (error instanceof InvalidContentError) return { kind: 'invalid', message };
  throw error;
}

/** A million numbers would be read one by one by whoever asked: their memory is given away instead. */
function moved(reply: LargeAnswer): ArrayBuffer[] {
  if (reply.kind === 'trimmed') return [reply.bytes.buffer as ArrayBuffer];
  return reply.kind === 'parsed' ? [(reply.parsed.deletes as Float64Array<ArrayBuffer>).buffer] : [];
}

port.on('message', (question: LargeQuestion) => {
  let reply: LargeAnswer;
  try {
    reply = answer(question);
  } catch (error) {
    reply = refusal(error);
  }
  port.postMessage(reply, moved(reply));
});

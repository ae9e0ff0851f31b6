import { parentPort } from 'node:worker_threads';
import { compareMoments } from './compareMoments.ts';
import type { ComparisonReply } from './Comparer.ts';
import type { ComparisonJob } from './compareMoments.ts';

/** Compares away from the event loop, one job after the other. */
const port = parentPort;
if (port === null) throw new Error('comparisonWorker runs in a worker thread');

port.on('message', (job: ComparisonJob) => {
  let reply: ComparisonReply;
  try {
    reply = { comparison: compareMoments(job) };
  } catch (error) {
    reply = { error: error instanceof Error ? error.message : String(error) };
  }
  port.postMessage(reply);
});

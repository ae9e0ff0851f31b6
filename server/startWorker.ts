import { Worker } from 'node:worker_threads';

/**
 * Megabytes for what a worker has just made. V8's own measure goes by the machine: beside 24 GB each busy worker came to keep 134 MB for it, of which hardly anything was alive.
 */
const youngMb = 16;

/** Starts a worker thread. @param url - of its file. @param maxHeapMb - more than that, and it ends; default: V8's own measure. @see workerUrl */
export function startWorker(url: URL, workerData?: unknown, maxHeapMb?: number): Worker {
  const most = maxHeapMb === undefined ? {} : { maxOldGenerationSizeMb: maxHeapMb };
  return new Worker(url, { workerData, resourceLimits: { maxYoungGenerationSizeMb: youngMb, ...most } });
}

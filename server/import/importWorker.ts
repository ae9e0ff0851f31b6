import { parentPort } from 'node:worker_threads';
import { readPage } from './readPage.ts';
import type { PageReply, PageRequest } from './PageReader.ts';

/** Reads files away from the event loop, one after the other, and forgets them. */
const port = parentPort;
if (port === null) throw new Error('importWorker runs in a worker thread');

port.on('message', ({ content, format }: PageRequest) => {
  void readPage(content, format).then(
    (page) => {
      port.postMessage({ page } satisfies PageReply);
    },
    (error: unknown) => {
      // What is nested deeper than the stack, what is no document of Word.
      const failure = error instanceof Error ? error.message : String(error);
      port.postMessage({ failure } satisfies PageReply);
    },
  );
});

import { parentPort } from 'node:worker_threads';
import { readPage } from './readPage.ts';
import type { PageReply, PageRequest } from './PageReader.ts';

/** Reads files away from the event loop, one after the other, and forgets them. */
const port = parentPort;
if (port === null) throw new Error('importWorker runs in a worker thread');

port.on('message', ({ text, format }: PageRequest) => {
  let reply: PageReply;
  try {
    reply = { page: readPage(text, format) };
  } catch (error) {
    // What is nested deeper than the stack: a reader of Markdown has no other bound.
    reply = { failure: error instanceof Error ? error.message : String(error) };
  }
  port.postMessage(reply);
});

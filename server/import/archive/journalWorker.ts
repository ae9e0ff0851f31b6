import { parentPort } from 'node:worker_threads';
import type { JournalAnswer, JournalQuestion } from './JournalReader.ts';
import { readJournal } from './readJournal.ts';

/** Reads logs of archives away from the event loop, one after the other, and forgets them. */
const port = parentPort;
if (port === null) throw new Error('journalWorker runs in a worker thread');

port.on('message', ({ file, maxBytes, isWhole }: JournalQuestion) => {
  void readJournal(file, maxBytes, isWhole).then(
    (journal) => {
      port.postMessage({ journal } satisfies JournalAnswer);
    },
    (error: unknown) => {
      port.postMessage({
        fault: error instanceof Error ? error.message : String(error),
      } satisfies JournalAnswer);
    },
  );
});

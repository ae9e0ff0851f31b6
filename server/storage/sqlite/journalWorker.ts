import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { AppError } from '#shared/api/errorCodes.ts';
import type { JournalReply, JournalRequest } from './Journal.ts';
import { nextSegment, readPage } from './readJournal.ts';

/** Reads and packs old rows on a connection of its own, which never writes: commits go on meanwhile. */
const port = parentPort;
if (port === null) throw new Error('journalWorker runs in a worker thread');
const { file } = workerData as { file: string };

port.on('message', (request: JournalRequest) => {
  let reply: JournalReply;
  try {
    reply = { value: perform(request) };
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'storage_failed';
    reply = { failure: { code, message: error instanceof Error ? error.message : String(error) } };
  }
  port.postMessage(reply);
});

function perform(request: JournalRequest): unknown {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return database.transaction(() =>
      request.kind === 'page'
        ? readPage(database, request.document, request.after, request.upTo)
        : nextSegment(database, request.document, request.atLeast),
    )();
  } finally {
    database.close();
  }
}

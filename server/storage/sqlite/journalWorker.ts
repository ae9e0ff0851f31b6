import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { AppError } from '#shared/api/errorCodes.ts';
import type { JournalReply, JournalRequest } from './Journal.ts';
import { nextSegment, readPage } from './readJournal.ts';
import { readSizes } from './readSizes.ts';
import { readSound } from './readSound.ts';
import { readUpdates } from './readUpdates.ts';

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
    return database.transaction(() => answer(database, request))();
  } finally {
    database.close();
  }
}

function answer(database: Database.Database, request: JournalRequest): unknown {
  switch (request.kind) {
    case 'page':
      return readPage(database, request.document, request.after, request.upTo);
    case 'segment':
      return nextSegment(database, request.document, request.atLeast);
    case 'updates':
      return readUpdates(database, request.document, request.maxRows);
    case 'sound':
      return readSound(database, request.document);
    case 'sizes':
      return readSizes(database, request.of, request.after);
  }
}

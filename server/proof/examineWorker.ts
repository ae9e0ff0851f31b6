import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { examineDocument } from './examineDocument.ts';
import type { ExamineReply, ExamineRequest } from './LogExaminer.ts';

/** Examines logs on a connection of its own, which never writes: neither commits nor who reads the history wait for it. */
const port = parentPort;
if (port === null) throw new Error('examineWorker runs in a worker thread');
const { file } = workerData as { file: string };

port.on('message', ({ document, at }: ExamineRequest) => {
  let reply: ExamineReply;
  try {
    const database = new Database(file, { readonly: true, fileMustExist: true });
    try {
      reply = { examined: database.transaction(() => examineDocument(database, document, at))() };
    } finally {
      database.close();
    }
  } catch (error) {
    reply = { failure: error instanceof Error ? error.message : String(error) };
  }
  port.postMessage(reply);
});

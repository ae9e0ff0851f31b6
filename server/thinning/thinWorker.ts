import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { AppError } from '#shared/api/errorCodes.ts';
import { readOnlyLog } from '../storage/sqlite/readOnlyLog.ts';
import { planThinning } from './planThinning.ts';
import type { ThinReply, ThinWorkerData } from './Thinner.ts';
import type { ThinWanted } from './Thinned.ts';

/** Works out how documents are thinned, on a connection of its own, which never writes: commits go on meanwhile, and so does who reads the history. */
const port = parentPort;
if (port === null) throw new Error('thinWorker runs in a worker thread');
const { file, key } = workerData as ThinWorkerData;

async function answer(wanted: ThinWanted): Promise<ThinReply> {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return { plan: await planThinning(readOnlyLog(database), key, wanted) };
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'storage_failed';
    return { failure: { code, message: error instanceof Error ? error.message : String(error) } };
  } finally {
    database.close();
  }
}

port.on('message', (wanted: ThinWanted) => {
  void answer(wanted).then((reply) => {
    port.postMessage(reply);
  });
});

import { parentPort, workerData } from 'node:worker_threads';
import { backUp } from './backUp.ts';
import type { BackupReply, BackupRequest } from './BackupMaker.ts';

const port = parentPort;
if (port === null) throw new Error('backUpWorker runs in a worker thread');
const { dataFolder } = workerData as { dataFolder: string };

async function make({ into, now }: BackupRequest): Promise<BackupReply> {
  try {
    const { folder, manifest, missing } = await backUp(dataFolder, into, undefined, now);
    const { documents, attachments } = manifest;
    return { made: { folder, documents, attachments, missing: missing.length } };
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: unknown };
    return { failure: String(message), code: typeof code === 'string' ? code : null };
  }
}

port.on('message', (request: BackupRequest) => {
  void make(request).then((reply) => port.postMessage(reply));
});

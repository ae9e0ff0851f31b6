import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** What one pass left: pages in the WAL, and how many of them are in the database file. */
interface WalPass {
  readonly log: number;
  readonly checkpointed: number;
}

/** Under a steady load a pass leaves what was written meanwhile: the next is shorter. */
const maxPasses = 4;
/** So few pages left that the thread that writes copies them itself. */
const fewPages = 32;

/**
 * Copies what the WAL holds into the database file, away from the thread that writes: a commit never waits for it. SQLite lets one connection do so while
 * another writes (sqlite.org/wal.html, "Checkpointing"); 3.51.3 or later, see openDatabase.
 */
const port = parentPort;
if (port === null) throw new Error('walWorker runs in a worker thread');
const { file } = workerData as { file: string };

port.on('message', () => {
  let pass: WalPass | null = null;
  try {
    const database = new Database(file, { fileMustExist: true });
    try {
      for (let count = 0; count < maxPasses && !(pass && pass.log - pass.checkpointed <= fewPages); count++) {
        [pass] = database.pragma('wal_checkpoint(PASSIVE)') as [WalPass];
      }
    } finally {
      database.close();
    }
  } catch {
    // The disk is full or failing: what is acknowledged is in the WAL all the same, and the next pass tries again.
  }
  port.postMessage(pass !== null);
});

import path from 'node:path';
import { requireNode } from './checkNode.mjs';
import { root } from './run.mjs';

// Forgets everything that is computed from the log (titles, text, links, carnet entries, counts, search) and computes it
// again. Stop Calepin first: the data folder belongs to one process at a time.

requireNode();
const { createRelay, lockDataFolder, sqliteAdapters } = await import('../server/index.ts');
const { readConfig } = await import('../server/config.ts');

/** @returns {Promise<{ documents: number, missing: number }>} how many documents there are, and how many could not be read. */
async function reindex() {
  // The mode only says who may sign in, and nobody does: this relay never listens.
  const { dataFolder, host } = readConfig('community');
  const lock = lockDataFolder(dataFolder);
  try {
    const adapters = await sqliteAdapters(dataFolder);
    const { derived, search } = adapters.catalogue;
    await search.clear();
    await derived.clear();
    const interfaceFolder = path.join(root, 'dist/renderer');
    const relay = await createRelay(
      { mode: 'community', host, port: 0, publicUrl: null, version: '0', interfaceFolder },
      adapters,
    );
    // It reads every document that its index is behind of, which is all of them now, before it closes.
    await relay.close();

    const after = await sqliteAdapters(dataFolder);
    const [heads, indexed] = await Promise.all([
      after.log.documents(),
      after.catalogue.derived.indexedSeqs(),
    ]);
    await after.close();
    const missing = heads.filter((head) => indexed.get(head.document) !== head.seq).length;
    return { documents: heads.length, missing };
  } finally {
    lock.close();
  }
}

try {
  const { documents, missing } = await reindex();
  process.stdout.write(`${documents - missing} of ${documents} documents read again.\n`);
  if (missing > 0)
    process.stderr.write(`${missing} could not be read; their text is untouched in the log.\n`);
  process.exitCode = missing === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

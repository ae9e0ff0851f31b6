import { requireNode } from './checkNode.mjs';

// Forgets everything that is computed from the log (titles, text, links, carnet entries, counts, search) and computes it
// again. Stop Calepin first: the data folder belongs to one process at a time.

requireNode();
const { reindex } = await import('../server/index.ts');
const { readConfig } = await import('../server/config.ts');

/** @type {(done: number, total: number) => void} */
const showProgress = (done, total) => {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${total}${done === total ? '\n' : ''}`);
  else if (done % 1000 === 0) process.stderr.write(`${done} of ${total}\n`);
};

try {
  const { documents, missing } = await reindex(readConfig('local').dataFolder, showProgress);
  process.stdout.write(`${documents - missing} of ${documents} documents read again.\n`);
  if (missing > 0)
    process.stderr.write(`${missing} could not be read; their text is untouched in the log.\n`);
  process.exitCode = missing === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

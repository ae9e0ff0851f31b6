import { parseArgs } from 'node:util';
import { requireNode } from './checkNode.mjs';

// Fills an empty data folder (CALEPIN_DATA) with people, communities, notes with discussions, carnets and bases of made-up text, as many as a large relay has:
//   CALEPIN_DATA=/tmp/sample npm run sample -- [--share 0.1] [--seed 1]

requireNode();
const { values } = parseArgs({
  options: { share: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' } },
});
const { lockDataFolder, reindex, sqliteAdapters } = await import('../server/index.ts');
const { makeSample, usualSample } = await import('../server/sample/makeSample.ts');
const { readConfig } = await import('../server/config.ts');

/** @type {(what: string) => (done: number, total: number) => void} */
const showProgress = (what) => (done, total) => {
  if (process.stderr.isTTY)
    process.stderr.write(`\r${what}: ${done} of ${total}${done === total ? '\n' : ''}`);
  else if (done % 1000 === 0 || done === total) process.stderr.write(`${what}: ${done} of ${total}\n`);
};

try {
  const share = Number(values.share);
  const seed = Number(values.seed);
  if (!(share > 0 && share <= 1) || !Number.isSafeInteger(seed)) {
    throw new Error('--share is a number above 0 and up to 1, --seed a whole number.');
  }
  const { dataFolder } = readConfig('local');
  /** @param {number} count */
  const part = (count) => Math.max(1, Math.round(count * share));
  const size = {
    notes: part(usualSample.notes),
    organisations: part(usualSample.organisations),
    carnets: part(usualSample.carnets),
    bases: part(usualSample.bases),
    communities: part(usualSample.communities),
    people: part(usualSample.people),
    longestCarnet: part(usualSample.longestCarnet),
    longestBase: part(usualSample.longestBase),
  };
  const adapters = await sqliteAdapters(dataFolder);
  const lock = lockDataFolder(dataFolder);
  try {
    await makeSample(adapters, size, { seed, now: Date.now(), onProgress: showProgress('Written') });
  } finally {
    await adapters.close();
    lock.close();
  }
  const begun = performance.now();
  const { documents } = await reindex(dataFolder, showProgress('Read'));
  process.stdout.write(
    `${documents} notes, carnets and bases are in ${dataFolder}; read again in ${((performance.now() - begun) / 1000).toFixed(1)} s.\n`,
  );
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

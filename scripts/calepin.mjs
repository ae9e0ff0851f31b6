import path from 'node:path';
import { requireNode } from './checkNode.mjs';

// What is done to a data folder from outside: npm run calepin -- backup <folder> | restore <backup> [--replace] | verify [<folder>]

requireNode();
const { readConfig } = await import('../server/config.ts');

const usage = `Usage, with CALEPIN_DATA naming the data folder:
  npm run calepin -- backup <folder>               a whole copy in a new folder of <folder>; Calepin may run
  npm run calepin -- restore <backup> [--replace]  puts a backup in the data folder; stop Calepin first
  npm run calepin -- verify [<folder>]             reads all that is stored there and says what is not as it was written
`;

/** @type {(done: number, total: number) => void} */
const showProgress = (done, total) => {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${total}${done === total ? '\n' : ''}`);
};

/** @param {string} into */
async function backup(into) {
  const { backUp } = await import('../server/backup/backUp.ts');
  const { folder, manifest, missing } = await backUp(
    readConfig('local').dataFolder,
    path.resolve(into),
    showProgress,
  );
  process.stdout.write(
    `${manifest.documents} documents and ${manifest.attachments} attachments are in ${folder}\n`,
  );
  for (const digest of missing)
    process.stderr.write(`Attachment ${digest} is missing from the data folder.\n`);
  return missing.length === 0 ? 0 : 1;
}

/** @param {string} from @param {boolean} replace */
async function restore(from, replace) {
  const { restoreBackup } = await import('../server/backup/restoreBackup.ts');
  const { dataFolder } = readConfig('local');
  const { manifest, keptIn } = await restoreBackup(path.resolve(from), dataFolder, { replace });
  process.stdout.write(`The ${manifest.documents} documents of ${manifest.madeAt} are in ${dataFolder}\n`);
  if (keptIn !== null) process.stdout.write(`What was there is kept in ${keptIn}\n`);
  return 0;
}

/** @param {string | undefined} folder */
async function verify(folder) {
  const { verifyLog } = await import('../server/backup/verifyLog.ts');
  const where = folder === undefined ? readConfig('local').dataFolder : path.resolve(folder);
  const { documents, rows, attachments, faults } = await verifyLog(where, showProgress);
  for (const { message } of faults) process.stdout.write(`${message}\n`);
  process.stdout.write(
    `${documents} documents, ${rows} rows, ${attachments} attachments read: ${faults.length === 0 ? 'all as written' : `${faults.length} faults`}.\n`,
  );
  return faults.length === 0 ? 0 : 1;
}

const [command, ...rest] = process.argv.slice(2);
const places = rest.filter((one) => !one.startsWith('--'));
const options = rest.filter((one) => one.startsWith('--'));
const [first] = places;
try {
  if (command === 'backup' && first !== undefined && places.length === 1 && options.length === 0)
    process.exitCode = await backup(first);
  else if (
    command === 'restore' &&
    first !== undefined &&
    places.length === 1 &&
    options.every((one) => one === '--replace')
  )
    process.exitCode = await restore(first, options.length > 0);
  else if (command === 'verify' && places.length <= 1 && options.length === 0)
    process.exitCode = await verify(first);
  else {
    process.stderr.write(usage);
    process.exitCode = 2;
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

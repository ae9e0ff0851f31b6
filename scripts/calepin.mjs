import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { requireNode } from './checkNode.mjs';

// What is done to a data folder from outside: npm run calepin -- backup <folder> | restore <backup> [--replace] | verify [<folder or proof>] [--head=<text or file>] [--key=<key>] |
// thin <note> <row> [--preview] | export <note or carnet> --to=<file>

requireNode();
const { readConfig } = await import('../server/config.ts');

const usage = `Usage, with CALEPIN_DATA naming the data folder:
  npm run calepin -- backup <folder>               a whole copy in a new folder of <folder>; Calepin may run
  npm run calepin -- restore <backup> [--replace]  puts a backup in the data folder; stop Calepin first
  npm run calepin -- verify [<folder>]             reads all that is stored there and says what is not as it was written
      --head=<text or file>                        also holds a signed head that somebody kept against it
  npm run calepin -- verify <file>                 checks the proof of a version by itself, anywhere: no data folder is needed
      --key=<hexadecimal>                          also that it is sealed with this key, which the Calepin of the note shows
      --head=<text or file>                        also holds a signed head that somebody kept against it
  npm run calepin -- thin <note> <row>             lets go of the moments of a note before a row, but those of its versions and the ends
                                                   of its sittings, for good; stop Calepin first
      --preview                                    only says what that would save
  npm run calepin -- export <note or carnet> --to=<file.pdf, .epub, .docx, .zip or .calepin>
                                                   makes a file of it, by its id or its address; stop Calepin first
      --form=pdf|epub|docx|site|markdown|archive   where the ending of the file does not say it
      --as=<id or whole name>                      with what that person may read; by default, the person of this computer
      --at=2026-03-05T14:00:00Z                    as it was at that moment; a date without a time is the end of that day
      --edition=2                                  as that edition of the carnet froze it
      --format=letter|a4|a5|6x9, --theme=clear|classic|legible, --variant=screen|print, --numbered
                                                   how a PDF is made
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

/** @param {string | undefined} folder @param {string | undefined} head */
async function verify(folder, head) {
  const { verifyLog } = await import('../server/backup/verifyLog.ts');
  const where = folder === undefined ? readConfig('local').dataFolder : path.resolve(folder);
  const { readKeptHeads } = await import('../server/backup/KeptHead.ts');
  const kept = head === undefined ? [] : readKeptHeads(head);
  const { documents, rows, attachments, faults, notes } = await verifyLog(where, showProgress, kept);
  for (const note of notes) process.stdout.write(`${note}\n`);
  for (const { message } of faults) process.stdout.write(`${message}\n`);
  process.stdout.write(
    `${documents} documents, ${rows} rows, ${attachments} attachments read: ${faults.length === 0 ? 'all as written' : `${faults.length} faults`}.\n`,
  );
  return faults.length === 0 ? 0 : 1;
}

/** @param {string} file @param {string | undefined} head @param {string | undefined} key */
async function verifyFile(file, head, key) {
  const { readProof } = await import('../server/proof/readProof.ts');
  const { verifyProof } = await import('../server/proof/verifyProof.ts');
  const { readKeptHeads } = await import('../server/backup/KeptHead.ts');
  const proof = await readProof(path.resolve(file));
  const kept = head === undefined ? [] : readKeptHeads(head);
  const { faults, notes } = verifyProof(proof, { kept, ...(key === undefined ? {} : { key }) });
  for (const sentence of [...notes, ...faults])
    process.stdout.write(`${sentence[0]?.toUpperCase()}${sentence.slice(1)}.\n`);
  const { document, seq, time } = proof.header;
  process.stdout.write(
    `The note ${document} as it was after row ${seq}, of ${new Date(time).toISOString()}: ${faults.length === 0 ? 'intact' : `not intact, ${faults.length} ${faults.length === 1 ? 'break' : 'breaks'}`}.\n`,
  );
  return faults.length === 0 ? 0 : 1;
}

/** @param {string | undefined} place */
const isFile = (place) => place !== undefined && statSync(place, { throwIfNoEntry: false })?.isFile();
/** @param {readonly string[]} options @param {string} name */
const valueOf = (options, name) =>
  options.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3);

/** @param {string} document @param {string} row @param {boolean} isPreview */
async function thin(document, row, isPreview) {
  const { thinDocument } = await import('../server/backup/thinDocument.ts');
  const thinned = await thinDocument(readConfig('local').dataFolder, document, Number(row), isPreview);
  if (thinned === null)
    process.stdout.write(
      'Nothing to thin: no packed rows end before that row, or they are thinned already.\n',
    );
  else {
    const { first, last, rows, moments, bytes, bytesBefore } = thinned;
    const [become, take] = isPreview ? ['would become', 'would take'] : ['are', 'take'];
    process.stdout.write(
      `Rows ${first} to ${last} ${become} ${moments} moments of ${rows}: they ${take} ${bytes} bytes, of ${bytesBefore}.\n`,
    );
  }
  return 0;
}

/** What only `export` takes. */
const exportOptions = /** @type {const} */ ({
  to: { type: 'string' },
  form: { type: 'string' },
  as: { type: 'string' },
  at: { type: 'string' },
  edition: { type: 'string' },
  format: { type: 'string' },
  theme: { type: 'string' },
  variant: { type: 'string' },
  numbered: { type: 'boolean' },
});

/** @param {string[]} words - after `export`. @returns {Promise<number | null>} null for what the command does not know. */
async function exportFile(words) {
  const { exportToFile, fileForms } = await import('../server/exportToFile.ts');
  const { values, positionals } = parseArgs({ args: words, options: exportOptions, allowPositionals: true });
  const { to, form, as, at, edition, ...options } = values;
  const [what] = positionals;
  const known = fileForms.find((one) => one === form);
  if (
    what === undefined ||
    positionals.length !== 1 ||
    to === undefined ||
    (form !== undefined && known === undefined)
  )
    return null;
  const { file, bytes, pages } = await exportToFile(readConfig('local'), {
    what,
    file: to,
    form: known,
    as,
    at,
    edition,
    options,
    onProgress: (share) => showProgress(Math.round(share * 100), 100),
  });
  process.stdout.write(`${file}: ${pages === null ? '' : `${pages} pages, `}${bytes} bytes\n`);
  return 0;
}

const [command, ...rest] = process.argv.slice(2);
const places = rest.filter((one) => !one.startsWith('--'));
const options = rest.filter((one) => one.startsWith('--'));
const [first, second] = places;
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
  else if (
    command === 'verify' &&
    places.length <= 1 &&
    options.every((one) => /^--(?:head|key)=/.test(one)) &&
    first !== undefined &&
    isFile(first)
  )
    process.exitCode = await verifyFile(first, valueOf(options, 'head'), valueOf(options, 'key'));
  else if (
    command === 'verify' &&
    places.length <= 1 &&
    options.length <= 1 &&
    options.every((one) => one.startsWith('--head='))
  )
    process.exitCode = await verify(first, valueOf(options, 'head'));
  else if (
    command === 'thin' &&
    first !== undefined &&
    second !== undefined &&
    /^[0-9]+$/.test(second) &&
    options.every((one) => one === '--preview')
  )
    process.exitCode = await thin(first, second, options.length > 0);
  else if (command === 'export') {
    const code = await exportFile(rest);
    if (code === null) process.stderr.write(usage);
    process.exitCode = code ?? 2;
  } else {
    process.stderr.write(usage);
    process.exitCode = 2;
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

import { readFileSync, writeFileSync } from 'node:fs';

/** What stands before the fuses in every Electron binary. @see https://github.com/electron/fuses */
const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
const ON = 0x31;
const OFF = 0x30;

/** The fuses of Electron 45, in the order of the binary, as the threat model wants them. */
export const FUSES = /** @type {const} */ ([
  ['runAsNode', false],
  ['enableCookieEncryption', true],
  ['enableNodeOptionsEnvironmentVariable', false],
  ['enableNodeCliInspectArguments', false],
  ['enableEmbeddedAsarIntegrityValidation', true],
  ['onlyLoadAppFromAsar', true],
  ['loadBrowserProcessSpecificV8Snapshot', false],
  ['grantFileProtocolExtraPrivileges', false],
  ['wasmTrapHandlers', true],
]);

/**
 * Finds the fuses: a binary for two architectures has them twice.
 * @param {Buffer} bytes
 * @returns {number[]} where the first fuse of each is.
 */
function places(bytes) {
  /** @type {number[]} */
  const found = [];
  for (let at = bytes.indexOf(SENTINEL); at !== -1; at = bytes.indexOf(SENTINEL, at + 1)) {
    const [version, count] = [bytes[at + SENTINEL.length], bytes[at + SENTINEL.length + 1]];
    if (version !== 1) throw new Error(`fuses of version ${version}, which are not known here`);
    // A fuse more is a decision to make, not one to leave to a default.
    if (count !== FUSES.length) throw new Error(`${count} fuses in the binary, ${FUSES.length} known here`);
    found.push(at + SENTINEL.length + 2);
  }
  if (found.length === 0) throw new Error('no fuses in this binary');
  return found;
}

/**
 * Reads the fuses of a binary.
 * @param {string} file - the executable; on macOS the framework.
 * @returns {Record<string, boolean | null>[]} for each architecture; null: neither on nor off.
 */
export function readFuses(file) {
  const bytes = readFileSync(file);
  return places(bytes).map((start) =>
    Object.fromEntries(
      FUSES.map(([name], index) => {
        const value = bytes[start + index];
        return [name, value === ON ? true : value === OFF ? false : null];
      }),
    ),
  );
}

/**
 * Sets one fuse of a binary, in every architecture.
 * @param {string} file
 * @param {(typeof FUSES)[number][0]} name
 * @param {boolean} on
 */
export function setFuse(file, name, on) {
  const bytes = readFileSync(file);
  const index = FUSES.findIndex(([each]) => each === name);
  for (const start of places(bytes)) bytes[start + index] = on ? ON : OFF;
  writeFileSync(file, bytes);
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { afterPack, fusedBinary } from '../../../scripts/afterPack.mjs';
import { FUSES, readFuses, setFuse } from '../../../scripts/electronFuses.mjs';
import { fusedBytes } from '../../support/fusedBytes.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'calepin-fuses-'));
  file = path.join(folder, 'calepin');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the threat model says (section 5), by hand. */
const wanted: Record<string, boolean> = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
  wasmTrapHandlers: true,
};
const configuration = readFileSync(
  path.resolve(import.meta.dirname, '../../../electron-builder.yml'),
  'utf8',
);

it.each(Object.entries(wanted))('of the nine fuses, %s is %s in the package', (name, on) => {
  expect(FUSES.find(([each]) => each === name)).toEqual([name, on]);
  // The ninth is set by our own step, the others by electron-builder.
  const setting = name === 'wasmTrapHandlers' ? 'afterPack: scripts/afterPack.mjs' : `  ${name}: ${on}`;
  expect(configuration.split('\n')).toContain(setting);
});

it('knows nine, in the order of the binary', () => {
  expect(FUSES.map(([name]) => name)).toEqual(Object.keys(wanted));
});

it('reads and sets the fuses of every architecture of a binary', () => {
  writeFileSync(file, Buffer.concat([fusedBytes('101100101'), fusedBytes('101100100')]));
  setFuse(file, 'runAsNode', false);
  setFuse(file, 'wasmTrapHandlers', true);
  const read = readFuses(file);
  expect(
    read.map(({ runAsNode, wasmTrapHandlers, enableCookieEncryption }) => [
      runAsNode,
      wasmTrapHandlers,
      enableCookieEncryption,
    ]),
  ).toEqual([
    [false, true, false],
    [false, true, false],
  ]);
  expect(readFileSync(file)).toEqual(Buffer.concat([fusedBytes('001100101'), fusedBytes('001100101')]));
});

it('takes no binary with a fuse that nobody decided on, nor one without fuses', () => {
  writeFileSync(file, fusedBytes('1011001011'));
  expect(() => readFuses(file)).toThrow('10 fuses in the binary, 9 known here');
  writeFileSync(file, 'nothing');
  expect(() => readFuses(file)).toThrow('no fuses in this binary');
});

it('finds the binary of each platform, and sets the one that electron-builder does not know', async () => {
  expect(fusedBinary('win32', '/out', 'Calepin')).toBe('/out/Calepin.exe');
  expect(fusedBinary('darwin', '/out', 'Calepin')).toMatch(/^\/out\/Calepin\.app\/.*Electron Framework$/);
  writeFileSync(file, fusedBytes('101100100'));
  await afterPack({
    electronPlatformName: 'linux',
    appOutDir: folder,
    packager: { appInfo: { productFilename: 'Calepin' }, executableName: 'calepin' },
  });
  expect(readFuses(file)[0]?.['wasmTrapHandlers']).toBe(true);
});

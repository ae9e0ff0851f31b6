import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireNode } from './checkNode.mjs';
import { compressAssets } from './compressAssets.mjs';
import { DICTIONARIES, DICTIONARIES_FOLDER, writeDictionaries } from './dictionaries.mjs';
import { root, run } from './run.mjs';
import { writeServiceWorker } from './serviceWorker.mjs';
import { buildIfChanged } from './stamp.mjs';

const COMMON = ['shared', 'package.json', 'package-lock.json', 'node_modules/.calepin-install'];

/** Is there a desktop shell to build? */
const hasDesktop = () => existsSync(path.join(root, 'electron/main/index.ts'));

/**
 * Builds the renderer into dist/renderer, unless nothing changed since the last build.
 * @param {{ always?: boolean }} [options]
 * @returns {Promise<boolean>} false when the build failed; its errors are on standard error.
 */
export function buildRenderer({ always = false } = {}) {
  return buildIfChanged({
    sources: [
      'renderer',
      'vite.config.ts',
      'scripts/compressAssets.mjs',
      'scripts/serviceWorker.mjs',
      ...COMMON,
    ],
    result: 'dist/renderer/manifest.json',
    stampFile: 'dist/.renderer-stamp',
    always,
    build: async () => {
      process.stderr.write('Building the interface...\n');
      const args = ['build', '--logLevel', 'warn', '--configLoader', 'native'];
      if ((await run('vite', args, { toStderr: true })) !== 0) return false;
      writeServiceWorker(
        path.join(root, 'renderer/offline/serviceWorker.js'),
        path.join(root, 'dist/renderer'),
      );
      compressAssets(path.join(root, 'dist/renderer/assets'));
      return true;
    },
  });
}

/**
 * Builds the desktop shell into dist/electron, unless nothing changed since the last build.
 * @param {{ always?: boolean }} [options]
 * @returns {Promise<boolean>} false when the build failed, or when there is no desktop shell to build.
 */
export async function buildDesktop({ always = false } = {}) {
  if (!hasDesktop()) return false;
  const areWritten = await buildIfChanged({
    sources: ['scripts/bdic.mjs', 'scripts/dictionaries.mjs', 'package-lock.json'],
    result: `${DICTIONARIES_FOLDER}/${DICTIONARIES.at(-1)?.file}`,
    stampFile: 'dist/.dictionaries-stamp',
    // They take seconds, and change with their packages alone.
    always: false,
    build: async () => {
      writeDictionaries(root);
      return true;
    },
  });
  if (!areWritten) return false;
  return buildIfChanged({
    sources: ['electron', 'server', 'scripts/buildElectron.mjs', 'scripts/thirdPartyLicences.mjs', ...COMMON],
    result: 'dist/electron/main/index.js',
    stampFile: 'dist/.electron-stamp',
    always,
    build: async () => (await run(process.execPath, ['scripts/buildElectron.mjs'], { toStderr: true })) === 0,
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  requireNode();
  const renderer = await buildRenderer({ always: true });
  const desktop = !hasDesktop() || (await buildDesktop({ always: true }));
  process.exitCode = renderer && desktop ? 0 : 1;
}

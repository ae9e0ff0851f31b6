import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireNode } from './checkNode.mjs';
import { root, run } from './run.mjs';
import { buildIfChanged } from './stamp.mjs';

const COMMON = ['shared', 'package.json', 'package-lock.json', 'node_modules/.calepin-install'];

/**
 * Builds the renderer into dist/renderer, unless nothing changed since the last build.
 * @param {{ always?: boolean }} [options]
 * @returns {Promise<boolean>} false when the build failed; its errors are on standard error.
 */
export function buildRenderer({ always = false } = {}) {
  const build = async () =>
    (await run('vite', ['build', '--logLevel', 'warn', '--configLoader', 'native'], { toStderr: true })) ===
    0;
  if (always) return build();
  return buildIfChanged(['renderer', 'vite.config.ts', ...COMMON], 'dist/.renderer-stamp', async () => {
    process.stderr.write('Building the interface (only when it changed)...\n');
    return build();
  });
}

/**
 * Builds the desktop shell into dist/electron, unless nothing changed since the last build.
 * @param {{ always?: boolean }} [options]
 * @returns {Promise<boolean>} false when the build failed, or when there is no desktop shell to build.
 */
export async function buildDesktop({ always = false } = {}) {
  if (!existsSync(path.join(root, 'electron/main/index.ts'))) return false;
  const build = async () =>
    (await run(process.execPath, ['scripts/buildElectron.mjs'], { toStderr: true })) === 0;
  if (always) return build();
  return buildIfChanged(
    ['electron', 'server', 'scripts/buildElectron.mjs', ...COMMON],
    'dist/.electron-stamp',
    build,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  requireNode();
  const renderer = await buildRenderer({ always: true });
  const desktop =
    !existsSync(path.join(root, 'electron/main/index.ts')) || (await buildDesktop({ always: true }));
  process.exitCode = renderer && desktop ? 0 : 1;
}

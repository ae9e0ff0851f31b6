import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What is fetched beforehand; fonts and pictures are kept as they are first used. */
const kept = /\.(js|css)$/;

/**
 * Puts the service worker at the root of the built interface: renderer/offline/serviceWorker.js with the files of this build.
 * @param {string} source - that file.
 * @param {string} folder - the build, finished.
 */
export function writeServiceWorker(source, folder) {
  const files = readdirSync(path.join(folder, 'assets'))
    .filter((name) => kept.test(name) && !name.startsWith('public-'))
    .sort()
    .map((name) => `/assets/${name}`);
  const code = readFileSync(source, 'utf8');
  const index = readFileSync(path.join(folder, 'index.html'));
  const version = createHash('sha256')
    .update(code)
    .update(index)
    .update(files.join('\n'))
    .digest('hex')
    .slice(0, 16);
  if (!code.includes('self.__BUILD__')) throw new Error(`${source} has no place for the files of the build`);
  writeFileSync(
    path.join(folder, 'serviceWorker.js'),
    code.replace('self.__BUILD__', JSON.stringify({ version, files })),
  );
}

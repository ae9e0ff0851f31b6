import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './run.mjs';

/**
 * A short value that changes whenever one of the named files, or a file below one of the named folders, changes its
 * name, size or time. Contents are not read: this runs at each start.
 * @param {string[]} sources - paths from the project's folder.
 */
export function stampOf(sources) {
  const hash = createHash('sha256');
  for (const source of sources) {
    const full = path.join(root, source);
    if (!existsSync(full)) continue;
    const names = statSync(full).isDirectory()
      ? readdirSync(full, { recursive: true, encoding: 'utf8' })
          .sort()
          .map((name) => path.join(source, name))
      : [source];
    for (const name of names) {
      const { size, mtimeMs } = statSync(path.join(root, name));
      hash.update(`${name} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

/**
 * Builds something only when its sources changed since the last complete build, or when its result is gone.
 * @param {object} task
 * @param {string[]} task.sources - what it is built from.
 * @param {string} task.result - a file that a complete build leaves.
 * @param {string} task.stampFile - where the stamp is kept, outside of what a build empties; written after a success.
 * @param {boolean} task.always - builds even when nothing changed.
 * @param {() => Promise<boolean>} task.build - says whether it succeeded.
 * @returns {Promise<boolean>} false when the build failed.
 */
export async function buildIfChanged({ sources, result, stampFile, always, build }) {
  const file = path.join(root, stampFile);
  const stamp = stampOf(sources);
  const isCurrent = () =>
    existsSync(path.join(root, result)) && existsSync(file) && readFileSync(file, 'utf8') === stamp;
  if (!always && isCurrent()) return true;
  // A build that fails halfway must not leave the stamp of the one before it.
  rmSync(file, { force: true });
  if (!(await build())) return false;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, stamp);
  return true;
}

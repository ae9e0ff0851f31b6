import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** The source folders that have rules of their own. */
export const sourceFolders = ['shared', 'server', 'renderer', 'electron'] as const;

const CONFIG_FILES = ['package.json', 'tsconfig.base.json', 'tsconfig.json', '.oxlintrc.json'];

/**
 * Makes an empty project with the real project's rules, in which breaches can be planted.
 * @param files - source text by path.
 */
export function plantProject(files: Record<string, string>): { folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'calepin-planted-'));
  for (const name of CONFIG_FILES) copyFileSync(path.join(root, name), path.join(folder, name));
  for (const name of sourceFolders) {
    mkdirSync(path.join(folder, name));
    copyFileSync(path.join(root, name, 'tsconfig.json'), path.join(folder, name, 'tsconfig.json'));
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Runs a tool of the project in another folder.
 * @param script - path of the tool's script below node_modules.
 */
export function runTool(
  folder: string,
  script: string,
  args: string[],
): { status: number | null; output: string } {
  const result = spawnSync(process.execPath, [path.join(root, 'node_modules', script), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status: result.status, output: result.stdout + result.stderr };
}

import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { requireNode } from './checkNode.mjs';
import { root } from './run.mjs';
import { writeLicences } from './thirdPartyLicences.mjs';

// The desktop shell as Electron loads it: main and relay as ES modules, one file per source file, so that the server's
// workers stay beside the modules that start them; the sandboxed preload as one CommonJS file.

requireNode();

const OUT = 'dist/electron';

/**
 * Lists the files that are started as workers: those named in `workerUrl(import.meta.url, './name')`.
 * @returns {string[]} paths from the project's folder.
 */
function listWorkers() {
  /** @type {string[]} */
  const workers = [];
  for (const name of readdirSync(path.join(root, 'server'), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const source = readFileSync(path.join(root, 'server', name), 'utf8');
    for (const [, worker] of source.matchAll(/workerUrl\(\s*import\.meta\.url,\s*'([^']+)'/g)) {
      workers.push(path.join('server', path.dirname(name), `${worker}.ts`));
    }
  }
  return workers;
}

/** @param {string[]} files */
const existing = (files) => files.filter((file) => existsSync(path.join(root, file)));

/** @type {import('vite').InlineConfig} */
const common = { configFile: false, root, logLevel: 'warn', publicDir: false };

/**
 * Names the output of a source file: electron/main/index.ts is main/index.js, the others keep their folder.
 * @param {string | null | undefined} moduleId - the source file's full path.
 */
function outputName(moduleId) {
  // The bundler's own helpers have no source file.
  if (moduleId?.startsWith('\0')) return 'helpers.js';
  const relative = path
    .relative(root, moduleId ?? '')
    .split(path.sep)
    .join('/');
  return relative.replace(/^electron\//, '').replace(/\.tsx?$/, '.js');
}

async function buildModules() {
  const input = existing(['electron/main/index.ts', 'electron/relay/index.ts', ...listWorkers()]);
  if (input.length === 0) return;
  await build({
    ...common,
    build: {
      ssr: true,
      outDir: OUT,
      emptyOutDir: false,
      minify: false,
      target: 'node24',
      rolldownOptions: {
        input: input.map((file) => path.join(root, file)),
        // Packages are loaded from node_modules: native ones have to be, and it keeps one copy of each.
        external: (id) => !/^([./#]|[A-Za-z]:)/.test(id),
        output: {
          format: 'es',
          preserveModules: true,
          preserveModulesRoot: root,
          entryFileNames: (chunk) => outputName(chunk.facadeModuleId),
          chunkFileNames: (chunk) => outputName(chunk.moduleIds[0]),
        },
      },
    },
  });
}

async function buildPreload() {
  const [entry] = existing(['electron/preload/index.ts']);
  if (entry === undefined) return;
  await build({
    ...common,
    build: {
      ssr: true,
      outDir: `${OUT}/preload`,
      emptyOutDir: false,
      minify: false,
      target: 'chrome150',
      rolldownOptions: {
        input: path.join(root, entry),
        // A sandboxed preload can require nothing but electron.
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: 'index.cjs', codeSplitting: false },
      },
    },
    ssr: { noExternal: true },
  });
}

rmSync(path.join(root, OUT), { recursive: true, force: true });
await buildModules();
await buildPreload();
writeLicences(root);

import { readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

// oxlint (.oxlintrc.json) holds the directions, the built-ins, the packages of each folder and the cycles, for static,
// type-only and dynamic imports. This check adds what it cannot see: where a path leads once it is resolved, files opened
// by URL, computed imports, packages that package.json does not declare, and one feature reaching into another's inside.

/**
 * Which folders each folder may import beside its own files.
 * @type {Record<string, string[]>}
 */
const MAY_IMPORT = { shared: [], server: ['shared'], renderer: ['shared'], electron: ['shared'] };

/** Stands for the name of a module that is computed at run time. */
const COMPUTED = '(computed)';

/** @typedef {{ specifier: string, line: number }} ImportedName */

/**
 * Lists every module that a source file names: static, re-exported, type-only, dynamic, `import('x').T`, `require`,
 * and files opened by `new URL('x', import.meta.url)`.
 * @param {string} file - its name tells the syntax (ts, tsx, mjs).
 * @param {string} source
 * @returns {ImportedName[]}
 */
export function listImports(file, source) {
  const parsed = parseSync(file, source);
  const fatal = parsed.errors[0];
  if (fatal !== undefined) throw new Error(`${file} cannot be parsed: ${fatal.message}`);
  /** @type {ImportedName[]} */
  const found = [];
  /** @param {string} specifier @param {number} start */
  const add = (specifier, start) =>
    found.push({ specifier, line: source.slice(0, start).split('\n').length });

  /** @param {unknown} node */
  const visit = (node) => {
    if (Array.isArray(node)) {
      node.forEach(visit);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const { type, start } = /** @type {{ type?: string, start: number }} */ (node);
    const record = /** @type {Record<string, any>} */ (node);
    if (type !== undefined) {
      if (/^(Import|ExportNamed|ExportAll)Declaration$/.test(type) && record['source'])
        add(record['source'].value, start);
      else if (type === 'ImportExpression') add(literalOf(record['source']), start);
      else if (type === 'TSImportType')
        add(literalOf(record['source'] ?? record['argument']?.literal), start);
      else if (type === 'TSExternalModuleReference') add(literalOf(record['expression']), start);
      else if (
        type === 'CallExpression' &&
        record['callee'].name === 'require' &&
        record['arguments'].length > 0
      )
        add(literalOf(record['arguments'][0]), start);
      else if (
        type === 'NewExpression' &&
        record['callee'].name === 'URL' &&
        record['arguments'][1]?.type === 'MemberExpression'
      ) {
        const first = literalOf(record['arguments'][0]);
        if (/^\..*\.(ts|tsx|mjs|js)$/.test(first)) add(first, start);
      }
    }
    for (const [key, value] of Object.entries(record)) if (key !== 'type') visit(value);
  };
  visit(parsed.program);
  return found;
}

/** @param {any} node - a string literal, or a template without holes; anything else cannot be judged and is named so. */
function literalOf(node) {
  if (typeof node?.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.quasis.length === 1) return node.quasis[0].value.cooked;
  return COMPUTED;
}

/**
 * Judges one import by the rules of the folder that it stands in.
 * @param {string} file - path of the importing file from the project's folder, with slashes.
 * @param {string} specifier
 * @param {Set<string>} declared - names of the packages that package.json gives to a running product.
 * @returns {string | null} what is wrong, or null.
 */
export function judgeImport(file, specifier, declared) {
  if (specifier === COMPUTED) return 'a computed import cannot be checked: name the module';
  const target = resolveInside(file, specifier);
  if (target !== null) return judgeInside(file, specifier, target);
  if (isBuiltin(specifier)) return null;
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return declared.has(name) ? null : `the package ${name} is not among the dependencies in package.json`;
}

/**
 * @param {string} file
 * @param {string} specifier
 * @returns {string | null} the path that it names from the project's folder, or null for a package.
 */
function resolveInside(file, specifier) {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('/')) return specifier.slice(1);
  if (!specifier.startsWith('.')) return null;
  return path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
}

/**
 * @param {string} file
 * @param {string} specifier
 * @param {string} target - where it leads, from the project's folder.
 */
function judgeInside(file, specifier, target) {
  const from = file.split('/');
  const to = target.split('/');
  const [folder = '', targetFolder = ''] = [from[0], to[0]];
  if (targetFolder === folder) {
    if (specifier.startsWith('#')) return `inside ${folder}/ paths are relative`;
    const leadsIntoFeature = folder === 'renderer' && to[1] === 'features' && to.length > 3;
    const sameFeature = from[1] === 'features' && from[2] === to[2];
    // A page is a door too, for the router alone: through the index, it would be part of the first load.
    const isLazyPage = from[1] === 'app' && to.length === 4 && target.endsWith('Page.tsx');
    const throughItsDoor = to.slice(3).join('/') === 'index.ts' || isLazyPage;
    return leadsIntoFeature && !sameFeature && !throughItsDoor
      ? `features/${to[2]} is entered by its index.ts`
      : null;
  }
  const isRelayDoor = file.startsWith('electron/relay/') && target === 'server/index.ts';
  if (!isRelayDoor && !MAY_IMPORT[folder]?.includes(targetFolder))
    return `${folder}/ does not import ${target}`;
  return specifier.startsWith('#') ? null : `across folders the path is #${target}`;
}

/**
 * Checks every source file below a project's folder.
 * @param {string} root - the folder that holds package.json and the source folders.
 * @returns {{ filesRead: number, problems: string[] }} problems as `file:line specifier: reason`.
 */
export function checkImports(root) {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  // `mdast` is types alone: nothing of it runs.
  const declared = new Set([...Object.keys(manifest.dependencies ?? {}), 'electron', 'mdast']);
  /** @type {string[]} */
  const problems = [];
  let filesRead = 0;
  for (const folder of Object.keys(MAY_IMPORT)) {
    for (const name of readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(ts|tsx|mts|mjs|js)$/.test(name) || name.endsWith('.d.ts')) continue;
      const file = `${folder}/${name.split(path.sep).join('/')}`;
      filesRead += 1;
      for (const { specifier, line } of listImports(file, readFileSync(path.join(root, file), 'utf8'))) {
        const reason = judgeImport(file, specifier, declared);
        if (reason !== null) problems.push(`${file}:${line} ${specifier}: ${reason}`);
      }
    }
  }
  return { filesRead, problems };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { filesRead, problems } = checkImports(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.stdout.write(`Import rules: ${filesRead} files read, ${problems.length} problems.\n`);
  process.exitCode = problems.length === 0 && filesRead > 0 ? 0 : 1;
}

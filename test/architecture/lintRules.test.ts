import { describe, expect, it } from 'vitest';
import { plantProject, runTool, sourceFolders } from './plantedProject.ts';

const DIRECTION = 'eslint(no-restricted-imports)';
const CYCLE = 'import(no-cycle)';

/** Every file holds one breach; the value is the rule that has to find it. */
const breaches: Record<string, [source: string, rule: string]> = {
  'shared/static.ts': ["import { door } from '#server/index.ts';\nexport const x = door;", DIRECTION],
  'shared/typeOnly.ts': ["import type { Door } from '#server/index.ts';\nexport type X = Door;", DIRECTION],
  'shared/dynamic.ts': ["export const x = () => import('#server/index.ts');", DIRECTION],
  'shared/reExport.ts': ["export { door } from '#server/index.ts';", DIRECTION],
  'shared/inType.ts': [
    "export type X = import('#server/index.ts').Door;",
    'typescript(consistent-type-imports)',
  ],
  'shared/climbing.ts': ["import { door } from '../server/index.ts';\nexport const x = door;", DIRECTION],
  'shared/detour.ts': ["import { door } from './../server/index.ts';\nexport const x = door;", DIRECTION],
  'shared/builtin.ts': ["import { readFileSync } from 'node:fs';\nexport const x = readFileSync;", DIRECTION],
  'shared/bareBuiltin.ts': ["import { join } from 'path';\nexport const x = join;", DIRECTION],
  'shared/package.ts': ["import { useState } from 'react';\nexport const x = useState;", DIRECTION],
  'shared/dynamicPackage.ts': ["export const x = () => import('kysely');", DIRECTION],
  'server/electron.ts': ["import type { App } from 'electron';\nexport type X = App;", DIRECTION],
  'server/renderer.ts': ["export const x = () => import('../renderer/main.tsx');", DIRECTION],
  'server/deep/sharedByPath.ts': ["import { a } from '../../shared/a.ts';\nexport const x = a;", DIRECTION],
  'renderer/server.ts': ["import type { Door } from '#server/index.ts';\nexport type X = Door;", DIRECTION],
  'renderer/builtin.ts': ["export const x = () => import('node:fs');", DIRECTION],
  'renderer/electron.ts': [
    "import { ipcRenderer } from 'electron';\nexport const x = ipcRenderer;",
    DIRECTION,
  ],
  'renderer/package.ts': ["import Database from 'better-sqlite3';\nexport const x = Database;", DIRECTION],
  'electron/main/server.ts': ["import { door } from '#server/index.ts';\nexport const x = door;", DIRECTION],
  'electron/main/renderer.ts': [
    "import type { X } from '../../renderer/main.tsx';\nexport type Y = X;",
    DIRECTION,
  ],
  'electron/relay/inside.ts': ["import { x } from '#server/room/Room.ts';\nexport const y = x;", DIRECTION],
  'shared/cycleOne.ts': ["import { two } from './cycleTwo.ts';\nexport const one = () => two;", CYCLE],
  'shared/cycleTwo.ts': ["import { one } from './cycleOne.ts';\nexport const two = () => one;", CYCLE],
  'server/typeCycleOne.ts': [
    "import type { Two } from './typeCycleTwo.ts';\nexport type One = Two | 1;",
    CYCLE,
  ],
  'server/typeCycleTwo.ts': [
    "import type { One } from './typeCycleOne.ts';\nexport type Two = One[] | 2;",
    CYCLE,
  ],
  'server/floating.ts': [
    'export const x = () => {\n  Promise.resolve(1);\n};',
    'typescript(no-floating-promises)',
  ],
};

const allowed: Record<string, string> = {
  'shared/a.ts': "import * as Y from 'yjs';\nexport const a = () => new Y.Doc();",
  'server/index.ts':
    "import { readFileSync } from 'node:fs';\nimport { a } from '#shared/a.ts';\nexport const door = () => [a, readFileSync];\nexport type Door = typeof door;",
  'renderer/good.ts':
    "import { useState } from 'react';\nimport { a } from '#shared/a.ts';\nexport const x = [useState, a];",
  'electron/relay/index.ts': "import { door } from '#server/index.ts';\nexport const x = door;",
};

interface Report {
  diagnostics: { code?: string; filename: string }[];
  number_of_files: number;
}

describe('the lint rules', () => {
  const sources = Object.fromEntries(Object.entries(breaches).map(([name, [source]]) => [name, source]));
  const project = plantProject({ ...sources, ...allowed });
  const { output } = runTool(project.folder, 'oxlint/bin/oxlint', ['--format=json', ...sourceFolders]);
  project.remove();
  const report = JSON.parse(output) as Report;
  const found = (name: string) =>
    report.diagnostics.filter(({ filename }) => filename === name).map(({ code }) => code);

  it('read every planted file', () => {
    expect(report.number_of_files).toBe(Object.keys(breaches).length + Object.keys(allowed).length);
  });

  it.each(Object.entries(breaches))('find the breach in %s', (name, [, rule]) => {
    expect(found(name)).toContain(rule);
  });

  it.each(Object.keys(allowed))('leave %s alone', (name) => {
    expect(found(name)).toEqual([]);
  });
});

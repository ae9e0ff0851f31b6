import { describe, expect, it } from 'vitest';
import { plantProject, runTool } from './plantedProject.ts';

/** For each folder: globals that its run time has not, each on a line of its own, and some that it has. */
const folders = {
  shared: {
    absent: [
      'document',
      'window',
      'process',
      'Buffer',
      'console',
      'setTimeout',
      'fetch',
      'TextEncoder',
      'URL',
      'crypto',
    ],
    present: ['Uint8Array', 'Intl', 'Promise'],
  },
  server: {
    absent: ['document', 'window', 'HTMLElement', 'indexedDB'],
    present: ['process', 'Buffer', 'setTimeout', 'fetch', 'URL'],
  },
  renderer: {
    absent: ['process', 'Buffer', 'require', '__dirname'],
    present: ['document', 'window', 'fetch', 'URL', 'indexedDB'],
  },
  electron: {
    absent: ['document', 'window', 'HTMLElement'],
    present: ['process', 'Buffer', 'setTimeout', 'URL'],
  },
};

describe.each(Object.entries(folders))('in %s', (folder, { absent, present }) => {
  // Packages whose own types mention other environments must not let their globals in.
  const imports =
    "import * as Y from 'yjs';\nimport { z } from 'zod';\nexport const used = [Y.Doc, z.string];\n";
  const names = [...absent, ...present];
  const project = plantProject({
    [`${folder}/planted.ts`]:
      imports + names.map((name, at) => `export const value${at} = ${name};`).join('\n'),
  });
  const { output } = runTool(project.folder, 'typescript/bin/tsc', [
    '-p',
    folder,
    '--pretty',
    'false',
    '--incremental',
    'false',
    '--tsBuildInfoFile',
    'null',
  ]);
  project.remove();
  const lines = [...output.matchAll(/planted\.ts\((\d+),\d+\): error TS(\d+)/g)].map(([, line]) =>
    Number(line),
  );

  it('globals of another environment do not compile, its own do', () => {
    const refused = names.filter((_, at) => lines.includes(at + 4));
    expect({ refused, output }).toEqual({ refused: absent, output });
  });
});

import { describe, expect, it } from 'vitest';
import { checkImports } from '../../scripts/checkImports.mjs';
import { plantProject, root } from './plantedProject.ts';

describe('the import check', () => {
  it('finds what the linter cannot see, and nothing else', () => {
    const project = plantProject({
      'shared/detour.ts': "export { door } from './room/../../server/index.ts';",
      'shared/inType.ts': "export type X = import('#server/index.ts').Door;",
      'shared/ownAlias.ts': "export { a } from '#shared/a.ts';",
      'shared/a.ts': 'export const a = 1;',
      'server/index.ts': "export { a } from '#shared/a.ts';\nexport type Door = 1;",
      'server/computed.ts': 'export const load = (name: string) => import(name);',
      'server/worker.ts': "export const file = new URL('../renderer/main.tsx', import.meta.url);",
      'server/goodWorker.ts': "export const file = new URL('./index.ts', import.meta.url);",
      'server/undeclared.ts': "import type { Node } from 'prosemirror-model';\nexport type X = Node;",
      'server/comment.ts':
        "// import x from '../renderer/x.ts';\nexport const text = \"import('../renderer/y.ts')\";",
      'renderer/features/notes/index.ts': "export { Inner } from './Inner.tsx';",
      'renderer/features/notes/Inner.tsx': 'export const Inner = () => <p>é</p>;',
      'renderer/features/collections/reach.ts': "export { Inner } from '../notes/Inner.tsx';",
      'renderer/features/notes/NotePage.tsx': 'export const NotePage = () => <p>é</p>;',
      'renderer/app/router.tsx': "export const load = () => import('../features/notes/NotePage.tsx');",
      'renderer/app/reach.tsx': "export { Inner } from '../features/notes/Inner.tsx';",
      'renderer/features/collections/page.ts': "export { NotePage } from '../notes/NotePage.tsx';",
      'renderer/features/collections/door.ts': "export { Inner } from '../notes/index.ts';",
      'electron/relay/index.ts': "export type { Door } from '#server/index.ts';",
      'electron/main/index.ts': "export const load = () => import('#server/index.ts');",
    });
    const { filesRead, problems } = checkImports(project.folder);
    project.remove();
    expect(problems.map((problem) => problem.split(' ')[0] ?? '').sort()).toEqual([
      'electron/main/index.ts:1',
      'renderer/app/reach.tsx:1',
      'renderer/features/collections/page.ts:1',
      'renderer/features/collections/reach.ts:1',
      'server/computed.ts:1',
      'server/undeclared.ts:1',
      'server/worker.ts:1',
      'shared/detour.ts:1',
      'shared/inType.ts:1',
      'shared/ownAlias.ts:1',
    ]);
    expect(filesRead).toBe(20);
  });

  it('finds nothing in the project itself, having read it', () => {
    const { filesRead, problems } = checkImports(root);
    expect(problems).toEqual([]);
    expect(filesRead).toBeGreaterThan(50);
  });
});

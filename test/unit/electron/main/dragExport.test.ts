import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DragExport } from '../../../../electron/main/dragExport.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'calepin-drag-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

function newDrag() {
  const written: string[] = [];
  const dragged: { file: string; icon: string }[] = [];
  const drag = new DragExport({
    write: async (id, file) => {
      written.push(id);
      if (id === 'gone') throw new Error('the export is no longer there (404)');
      await writeFile(file, `bytes of ${id}`);
    },
    temporaryFolder: folder,
    picture: '/icon.png',
  });
  return {
    drag,
    written,
    dragged,
    source: { startDrag: (item: (typeof dragged)[0]) => void dragged.push(item) },
  };
}

it('[R262] hands a finished export to another program as a file of its own name, fetched once', async () => {
  const { drag, written, dragged, source } = newDrag();
  await drag.start('a', 'Le carnet.pdf', source);
  await drag.start('a', 'Le carnet.pdf', source);
  await drag.start('b', 'Le carnet.pdf', source);
  expect(written).toEqual(['a', 'b']);
  const [first, second, other] = dragged.map(({ file }) => file);
  expect([first === second, first === other, path.basename(first ?? '')]).toEqual([
    true,
    false,
    'Le carnet.pdf',
  ]);
  expect(await readFile(other ?? '', 'utf8')).toBe('bytes of b');
  await drag.close();
  await drag.close();
  expect([existsSync(first ?? ''), await readdir(folder)]).toEqual([false, []]);
});

it('[R262] writes where it chose, whatever the name says', async () => {
  const { drag, dragged, source } = newDrag();
  const names = ['../../.bashrc', '..', '/etc/passwd', 'a\\..\\b.pdf', 'a:b|c?.pdf', 'x\u0000y.pdf'];
  for (const [index, name] of names.entries()) await drag.start(String(index), name, source);
  expect(dragged.map(({ file }) => path.basename(file))).toEqual([
    '.bashrc',
    'Calepin.pdf',
    'passwd',
    'a_.._b.pdf',
    'a_b_c_.pdf',
    'x_y.pdf',
  ]);
  for (const { file } of dragged)
    expect(path.relative(folder, file)).toMatch(/^calepin-\w+\/export-\w+\/[^/]+$/);
});

it('drags nothing of an export that is gone, and asks again the next time', async () => {
  const { drag, written, dragged, source } = newDrag();
  await expect(drag.start('gone', 'a.pdf', source)).rejects.toThrow('no longer there');
  await expect(drag.start('gone', 'a.pdf', source)).rejects.toThrow('no longer there');
  expect([written.length, dragged]).toEqual([2, []]);
});

import { expect, it } from 'vitest';
import { RecentNotes, recentItems, recentJumpList } from '../../../../electron/main/recentNotes.ts';

const id = (letter: string) => letter.repeat(22);

function newRecent(answers: (() => Response)[]) {
  const asked: { url: string; init: RequestInit }[] = [];
  let changes = 0;
  const recent = new RecentNotes({
    relay: async () => ({ port: 4747, cookie: 'calepin_s=secret' }),
    fetch: async (url, init) => {
      asked.push({ url, init });
      const next = answers.shift();
      if (next === undefined) throw new Error('unreachable');
      return next();
    },
    onChanged: () => (changes += 1),
  });
  return { recent, asked, changes: () => changes };
}
const notes = (...list: [string, string][]) =>
  Response.json({ notes: list.map(([key, title]) => ({ id: id(key), title })) });

it('[R260] lists the notes that the relay says were changed last, and makes menus anew only when that changes', async () => {
  const { recent, asked, changes } = newRecent([
    () => notes(['a', 'Le fleuve'], ['b', '']),
    () => notes(['a', 'Le fleuve'], ['b', '']),
    () => notes(['b', 'Nommée']),
    () => Response.json({ error: 'no' }),
    () => Response.json({ notes: [{ id: '../settings', title: 'x' }] }),
  ]);
  for (let count = 0; count < 6; count += 1) await recent.refresh();
  expect([recent.list(), changes()]).toEqual([[{ page: `/notes/${id('b')}`, title: 'Nommée' }], 2]);
  expect(asked[0]).toEqual({
    url: 'http://127.0.0.1:4747/api/notes?sort=modified&limit=8',
    init: { headers: { cookie: 'calepin_s=secret' } },
  });
});

it('shows titles as lines of a menu: named, short, and no shortcut in them', () => {
  const opened: string[] = [];
  const items = recentItems(
    [
      { page: '/notes/1', title: '' },
      { page: '/notes/2', title: 'Pain & beurre' },
      { page: '/notes/3', title: `a\n${'é'.repeat(200)}` },
    ],
    'fr',
    (page) => void opened.push(page),
  );
  expect(items.map(({ label }) => label)).toEqual(['Sans titre', 'Pain && beurre', `a ${'é'.repeat(57)}…`]);
  for (const { click } of items) click?.({} as never, undefined, {} as never);
  expect(opened).toEqual(['/notes/1', '/notes/2', '/notes/3']);
  expect(recentItems([], 'en', () => undefined)).toEqual([{ label: 'No recent notes', enabled: false }]);
});

it('gives Windows links that the running application takes over, and nothing that is none', () => {
  const [category] = recentJumpList(
    [
      { page: `/notes/${id('a')}`, title: 'Pain & beurre' },
      { page: '/settings', title: 'x' },
    ],
    'fr',
    'C:\\Calepin.exe',
  );
  expect(category).toEqual({
    type: 'custom',
    name: 'Notes récentes',
    items: [
      {
        type: 'task',
        title: 'Pain & beurre',
        program: 'C:\\Calepin.exe',
        args: `calepin://note/${id('a')}`,
        iconPath: 'C:\\Calepin.exe',
        iconIndex: 0,
      },
    ],
  });
  expect(recentJumpList([], 'fr', 'x')).toEqual([]);
});

import { expect, it } from 'vitest';
import { createOpenExternal } from '../../../../electron/main/openExternal.ts';

it('opens web and mail addresses and refuses every other one, without calling the shell', async () => {
  const opened: string[] = [];
  const openExternal = createOpenExternal({ openExternal: async (url) => void opened.push(url) });
  const answers = new Map<string, boolean>();
  for (const address of [
    'https://exemple.org/page',
    'http://exemple.org/',
    'mailto:a@exemple.org',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'app://bundle/',
    'not an address',
    `https://exemple.org/${'a'.repeat(2_048)}`,
  ]) {
    answers.set(address.slice(0, 40), await openExternal(address));
  }
  expect([...answers.values()]).toEqual([true, true, true, false, false, false, false, false]);
  expect(opened).toEqual(['https://exemple.org/page', 'http://exemple.org/', 'mailto:a@exemple.org']);
});

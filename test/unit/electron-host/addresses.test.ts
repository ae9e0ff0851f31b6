import { expect, it } from 'vitest';
import { fromBrowser, originFromBrowser, registerScheme, toBrowser } from '../../electron-host/addresses.ts';

const privileges = { standard: true, secure: true, supportFetchAPI: true };

it('gives the browser an address that it answers, and main the one that it knows', () => {
  registerScheme('app', privileges);
  const pairs = [
    ['app://bundle/', 'http://bundle.app.localhost/'],
    ['app://bundle/notes/1?a=b#c', 'http://bundle.app.localhost/notes/1?a=b#c'],
    ['https://exemple.org/', 'https://exemple.org/'],
    ['other://bundle/', 'other://bundle/'],
  ] as const;
  expect(pairs.map(([own]) => toBrowser(own))).toEqual(pairs.map(([, mapped]) => mapped));
  expect(pairs.map(([, mapped]) => fromBrowser(mapped))).toEqual(pairs.map(([own]) => own));
  expect(originFromBrowser('http://bundle.app.localhost')).toBe('app://bundle');
});

it.each([
  [{ ...privileges, bypassCSP: true }],
  [{ ...privileges, allowServiceWorkers: true }],
  [{ ...privileges, corsEnabled: true }],
  [{ standard: true }],
])('takes no scheme with rights that it cannot show: %o', (given) => {
  expect(() => registerScheme('loose', given)).toThrow('the test host has no');
});

import { expect, it } from 'vitest';
import { linkTo, linkedPage, linkedPageOf } from '../../../../electron/main/deepLink.ts';

const id = 'Ab3_-'.padEnd(22, 'x');

it('opens a note, a carnet or a base by its id', () => {
  expect(['note', 'carnet', 'base'].map((kind) => linkedPage(`calepin://${kind}/${id}`))).toEqual([
    `/notes/${id}`,
    `/carnets/${id}`,
    `/bases/${id}`,
  ]);
  expect(linkedPage(`calepin://note/${id}/`)).toBe(`/notes/${id}`);
});

it.each([
  'calepin://note/',
  `calepin://note/${id}x`,
  `calepin://note/${id}?launch=secret`,
  `calepin://note/${id}#launch=secret`,
  `calepin://note/../settings`,
  `calepin://note/%2e%2e%2f${id}`,
  `calepin://settings/${id}`,
  `calepin://constructor/${id}`,
  `calepin://toString/${id}`,
  `calepin:note/${id}`,
  `CALEPIN://note/${id}`,
  `https://exemple.org/calepin://note/${id}`,
  `calepin://note/${id}\n--no-sandbox`,
])('opens nothing for %s', (link) => {
  expect(linkedPage(link)).toBeNull();
});

it('finds the link among the arguments of a start', () => {
  expect(linkedPageOf(['calepin', '--lang=fr', `calepin://note/${id}`])).toBe(`/notes/${id}`);
  expect(linkedPageOf(['calepin', '--lang=fr'])).toBeNull();
});

it('makes the link of a page that a link may name, and of no other', () => {
  for (const page of [`/notes/${id}`, `/carnets/${id}`, `/bases/${id}`])
    expect(linkedPage(linkTo(page) ?? '')).toBe(page);
  for (const page of [`/notes/${id}/history`, `/notes/${id}/`, '/notes/', '/settings', `/people/${id}`])
    expect(linkTo(page)).toBeNull();
});

import { expect, test } from 'vitest';
import { type Cited, citationText, citeApa, invertName } from '#shared/domain/citation.ts';
import { licenceName, licences, licenceUrl } from '#shared/domain/Licence.ts';

const note: Cited = {
  title: 'Chantier transition',
  authors: ['Marie-Ève Côté'],
  organisation: null,
  publishedAt: Date.UTC(2023, 10, 17, 15),
  adopted: null,
  site: 'Calepin',
  url: 'https://exemple.test/notes/a',
};
const fr = (more: Partial<Cited> = {}) =>
  citationText(citeApa({ ...note, ...more }, 'fr', 'America/Toronto'));
const en = (more: Partial<Cited> = {}) =>
  citationText(citeApa({ ...note, ...more }, 'en', 'America/Toronto'));

test('one author, a date, a title, a site', () => {
  expect(fr()).toBe(
    'Côté, M.-È. (2023, 17\u00a0novembre). Chantier transition. Calepin. https://exemple.test/notes/a',
  );
  expect(en()).toBe(
    'Côté, M.-È. (2023, November\u00a017). Chantier transition. Calepin. https://exemple.test/notes/a',
  );
});

test('two authors, and several', () => {
  const two = { authors: ['Anne Roy', 'Basile Tremblay'] };
  expect(fr(two)).toContain('Roy, A. et Tremblay, B. (2023');
  expect(en(two)).toContain('Roy, A., & Tremblay, B. (2023');
  const three = { authors: [...two.authors, 'Chloé Dufour'] };
  expect(fr(three)).toContain('Roy, A., Tremblay, B. et Dufour, C. (2023');
  expect(en(three)).toContain('Roy, A., Tremblay, B., & Dufour, C. (2023');
});

test('of more than twenty authors, the first nineteen and the last', () => {
  const authors = Array.from({ length: 22 }, (_, at) => `Anne Nom${at + 1}`);
  expect(en({ authors })).toContain('Nom19, A., … Nom22, A. (2023');
  expect(en({ authors })).not.toContain('Nom20');
  expect(en({ authors: authors.slice(0, 20) })).toContain('Nom19, A., & Nom20, A. (2023');
});

test('what was adopted says so in brackets behind its title', () => {
  expect(fr({ adopted: 'Adoptée le\u00a05 mars 2026' })).toContain(
    'Chantier transition [Adoptée le\u00a05 mars 2026]. Calepin.',
  );
});

test('no date', () => {
  expect(fr({ publishedAt: null })).toContain('Côté, M.-È. (s.\u00a0d.). Chantier');
  expect(en({ publishedAt: null })).toContain('Côté, M.-È. (n.d.). Chantier');
});

test('an organisation as the author, and the site itself', () => {
  expect(fr({ organisation: 'Table de quartier' })).toContain('Table de quartier. (2023');
  expect(fr({ organisation: 'Calepin' })).toBe(
    'Calepin. (2023, 17\u00a0novembre). Chantier transition. https://exemple.test/notes/a',
  );
});

test('a note on one’s own computer has no address to give', () => {
  expect(fr({ url: null })).toBe('Côté, M.-È. (2023, 17\u00a0novembre). Chantier transition. Calepin.');
});

test('no author: the title comes first', () => {
  expect(fr({ authors: [] })).toBe(
    'Chantier transition. (2023, 17\u00a0novembre). Calepin. https://exemple.test/notes/a',
  );
});

test('a title that ends its sentence gets no second mark; an empty one says so', () => {
  expect(fr({ title: 'Comment s’impliquer ?' })).toContain('). Comment s’impliquer ? Calepin.');
  expect(fr({ title: ' ' })).toContain('). [Sans titre]. Calepin.');
  expect(citeApa({ ...note, title: '' }, 'en').title).toBe('[Untitled].');
});

test('the first of a month is « 1er » in French', () => {
  const publishedAt = Date.UTC(2023, 11, 1, 15);
  expect(fr({ publishedAt })).toContain('(2023, 1er\u00a0décembre)');
  expect(en({ publishedAt })).toContain('(2023, December\u00a01)');
});

test('the date is the one of the place, not of Greenwich', () => {
  expect(fr({ publishedAt: Date.UTC(2023, 10, 18, 2) })).toContain('17\u00a0novembre');
});

test.each([
  ['Anne Roy', 'Roy, A.'],
  ['Jean Pierre Roy', 'Roy, J.\u00a0P.'],
  ['Jean de la Fontaine', 'de la Fontaine, J.'],
  ['Basile', 'Basile'],
  ['  Zoé   Lévesque-Roy ', 'Lévesque-Roy, Z.'],
])('%s is inverted to %s', (name, wanted) => {
  expect(invertName(name)).toBe(wanted);
});

test('each licence has its name and its page', () => {
  expect(licences.map((licence) => licenceName(licence))).toEqual([
    'CC BY-SA 4.0',
    'CC BY 4.0',
    'CC BY-NC-SA 4.0',
    'CC BY-NC 4.0',
    'CC BY-ND 4.0',
    'CC BY-NC-ND 4.0',
    'CC0 1.0',
    null,
  ]);
  expect(licenceUrl('cc-by-nc-sa-4.0', 'fr')).toBe(
    'https://creativecommons.org/licenses/by-nc-sa/4.0/deed.fr',
  );
  expect(licenceUrl('cc0-1.0', 'en')).toBe('https://creativecommons.org/publicdomain/zero/1.0/deed.en');
  expect(licenceUrl('all-rights-reserved', 'fr')).toBeNull();
});

import { expect, test } from 'vitest';
import { formsInText, formsOfNames } from '#server/indexer/termForms.ts';

test('names are looked for without accents or case, inclusive ones also in full', () => {
  expect(formsOfNames(['Économie sociale', 'économie sociale', 'ÉS', 'œuvre'])).toEqual([
    'economie sociale',
    'oeuvre',
  ]);
  expect(formsOfNames(['auteur·trice'])).toEqual(['auteur trice', 'auteur', 'autrice']);
  expect(formsOfNames(['Un nom qui a bien trop de mots pour un terme'])).toEqual([]);
});

test('a text names its runs of words, over an apostrophe, not over a line', () => {
  const counts = formsInText('L’économie sociale.\nÉconomie sociale et\nsolidaire : des auteur·trices.');
  expect(counts.get('economie sociale')).toBe(2);
  expect(counts.get('economie sociale et')).toBe(1);
  expect(counts.has('et solidaire')).toBe(false);
  expect([counts.get('auteurs'), counts.get('autrices'), counts.get('autrice')]).toEqual([1, 1, 1]);
  expect(counts.has('l')).toBe(false);
});

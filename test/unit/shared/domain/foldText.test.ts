import { expect, test } from 'vitest';
import { foldText, withoutAccents, wordsOf } from '../../../../shared/domain/foldText.ts';

test('accents, case and ligatures do not count, wherever a word is looked for', () => {
  expect(foldText('Œuvre d’ÉTÉ, Straße, cœur')).toBe('oeuvre d’ete, strasse, coeur');
  expect(wordsOf('L’Île-d’Orléans')).toEqual(['l', 'ile', 'd', 'orleans']);
});

test('without accents alone, the case stays', () => {
  expect(withoutAccents('Œuvre d’ÉTÉ')).toBe('OEuvre d’ETE');
});

import { expect, it } from 'vitest';
import { movedNotes } from '#server/operations/book/movedNotes.ts';

const moved = (before: string, after: string): string => [...movedNotes([...before], [...after])].join('');

it('tells the fewest that stand elsewhere among the others', () => {
  expect(moved('abcd', 'abcd')).toBe('');
  expect(moved('abcd', 'dabc')).toBe('d');
  expect(moved('abcd', 'bcda')).toBe('a');
  expect(moved('abcdef', 'abfcde')).toBe('f');
  expect(moved('abcde', 'edcba')).toHaveLength(4);
});

it('passes over what came and what went: nothing moves for them', () => {
  expect(moved('abc', 'xaybzc')).toBe('');
  expect(moved('abcd', 'bd')).toBe('');
  expect(moved('abcd', 'dxb')).toHaveLength(1);
  expect(moved('', 'ab')).toBe('');
});

import { expect, test } from 'vitest';
import { isDay } from '#shared/domain/dates.ts';
import { lockWords } from '#shared/domain/lock.ts';

test('the words of a lock: its sentence, or that it was adopted, and the day whatever the time zone', () => {
  const sentence = 'Adoptée en assemblée générale';
  expect(lockWords({ day: '2026-03-05', sentence: null }, 'fr')).toBe('Adoptée le\u00a05 mars 2026');
  expect(lockWords({ day: '2026-03-01', sentence }, 'fr')).toBe(`${sentence} le\u00a01er mars 2026`);
  expect(lockWords({ day: '2026-12-31', sentence: null }, 'en')).toBe('Adopted on\u00a0December 31, 2026');
});

test.each([
  ['2026-03-05', true],
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['05/03/2026', false],
  ['2026-3-5', false],
  ['', false],
])('%j is a day: %s', (text, is) => {
  expect(isDay(text)).toBe(is);
});

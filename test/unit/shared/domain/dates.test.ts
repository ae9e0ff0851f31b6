import { describe, expect, it } from 'vitest';
import { systemLanguage } from '../../../../renderer/i18n/createI18n.ts';
import { formatDate, formatDateTime, formatRelative } from '#shared/domain/dates.ts';

const montreal = 'America/Montreal';
const reference = Date.UTC(2024, 1, 12, 16, 47);

describe('dates', () => {
  it('are written as on the reference page', () => {
    expect(formatDateTime(reference, 'fr', montreal)).toBe('12 février 2024 11:47');
    expect(formatDate(Date.UTC(2023, 10, 17, 19, 19), 'fr', montreal)).toBe('17 novembre 2023');
    expect(formatDateTime(reference, 'en', montreal)).toBe('February 12, 2024 11:47');
  });

  it('keep 24 hours and two digits, midnight included', () => {
    expect(formatDateTime(Date.UTC(2024, 2, 5, 5, 4), 'fr', montreal)).toBe('5 mars 2024 00:04');
  });

  it('write the first of the month « 1er » in French', () => {
    expect(formatDate(Date.UTC(2024, 4, 1, 15), 'fr', montreal)).toBe('1er mai 2024');
    expect(formatDate(Date.UTC(2024, 4, 11, 15), 'fr', montreal)).toBe('11 mai 2024');
  });

  it('are relative only under a day', () => {
    const now = reference;
    const second = 1_000;
    const hour = 3_600 * second;
    expect(formatRelative(now - 20 * second, now, 'fr')).toBe('à l’instant');
    expect(formatRelative(now - 5 * 60 * second, now, 'fr')).toBe('il y a 5 minutes');
    expect(formatRelative(now - 23 * hour, now, 'en')).toBe('23 hours ago');
    expect(formatRelative(now - 24 * hour, now, 'fr')).toBeNull();
    // A clock that is ahead says nothing wrong.
    expect(formatRelative(now + hour, now, 'fr')).toBeNull();
  });
});

describe('the language of the interface', () => {
  it('is the first of the person’s languages that it speaks, French where none is', () => {
    expect(systemLanguage(['de-DE', 'en-GB', 'fr-CA'])).toBe('en');
    expect(systemLanguage(['fr'])).toBe('fr');
    expect(systemLanguage(['de', 'es'])).toBe('fr');
  });
});

import { expect, test } from 'vitest';
import {
  checkCoordinates,
  phoneHref,
  readCoordinates,
  readEmail,
  readPhone,
  readSite,
  siteName,
} from '#shared/domain/contact.ts';

test('a site is an https address, written with or without its scheme; anything else is none', () => {
  expect(readSite(' www.ruelles.quebec/contact ')).toBe('https://www.ruelles.quebec/contact');
  expect(readSite('https://exemple.org')).toBe('https://exemple.org');
  expect(readSite('exemple.org:8443/a')).toBe('https://exemple.org:8443/a');
  const wrong = [
    'http://exemple.org',
    'javascript:alert(1)',
    'https://localhost',
    'https://exemple',
    'https://u:p@exemple.org',
    'deux mots',
    '//exemple.org',
    '',
    `https://exemple.org/${'a'.repeat(600)}`,
  ];
  expect(wrong.map(readSite)).toEqual(wrong.map(() => null));
  expect(siteName('https://www.ruelles.quebec/')).toBe('ruelles.quebec');
});

test('an e-mail address has one @ and a domain', () => {
  expect(readEmail(' info@ruelles.quebec ')).toBe('info@ruelles.quebec');
  const wrong = [
    'info',
    'info@',
    '@ruelles.quebec',
    'a b@exemple.org',
    'a@exemple',
    'a@b@exemple.org',
    'a@exemple.org?cc=b',
  ];
  expect(wrong.map(readEmail)).toEqual(wrong.map(() => null));
});

test('a telephone number keeps its form, and dials with its extension', () => {
  expect(readPhone('418 555-0123')).toBe('418 555-0123');
  expect(readPhone('(514) 555-0199 poste 12')).toBe('(514) 555-0199 poste 12');
  expect([readPhone('appelez-nous'), readPhone('12'), readPhone('418-555-0123<b>')]).toEqual([
    null,
    null,
    null,
  ]);
  expect(readPhone('418 555-0123, poste 4')).toBe('418 555-0123, poste 4');
  expect(phoneHref('418 555-0123, poste 4')).toBe('tel:418-555-0123;ext=4');
  expect(phoneHref('418 555-0123')).toBe('tel:418-555-0123');
  expect(phoneHref('(514) 555-0199 poste 12')).toBe('tel:514-555-0199;ext=12');
  expect(phoneHref('+1 418 555-0123')).toBe('tel:+1-418-555-0123');
});

test('coordinates are degrees, with a point or a comma, within the Earth', () => {
  expect(readCoordinates('46,8139', '-71.2080')).toEqual({ latitude: 46.8139, longitude: -71.208 });
  expect(readCoordinates('46', '−71°')).toEqual({ latitude: 46, longitude: -71 });
  for (const [latitude, longitude] of [
    ['', '-71'],
    ['91', '0'],
    ['46', '-181'],
    ['46 N', '-71'],
    ['1e1', '0'],
  ] as const)
    expect(readCoordinates(latitude, longitude)).toBeNull();
  expect(checkCoordinates({ latitude: Number.NaN, longitude: 0 })).toBeNull();
  expect(checkCoordinates([46, -71])).toBeNull();
});

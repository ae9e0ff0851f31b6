/** Under what a note may be used by others: the Creative Commons 4.0 licences, the public domain, or nothing without asking. */
export const licences = [
  'cc-by-sa-4.0',
  'cc-by-4.0',
  'cc-by-nc-sa-4.0',
  'cc-by-nc-4.0',
  'cc-by-nd-4.0',
  'cc-by-nc-nd-4.0',
  'cc0-1.0',
  'all-rights-reserved',
] as const;
export type Licence = (typeof licences)[number];

/** What a new note carries. */
export const defaultLicence: Licence = 'cc-by-sa-4.0';

/** `CC BY-SA 4.0`, which is its name in every language; null for all rights reserved, which has one in each. */
export function licenceName(licence: Licence): string | null {
  if (licence === 'all-rights-reserved') return null;
  if (licence === 'cc0-1.0') return 'CC0 1.0';
  const [, elements] = /^cc-(.+)-4\.0$/.exec(licence) ?? [];
  return `CC ${(elements ?? '').toUpperCase()} 4.0`;
}

/** Where the licence is read, in its French or English summary; null for all rights reserved. */
export function licenceUrl(licence: Licence, language: 'fr' | 'en'): string | null {
  const end = language === 'fr' ? 'deed.fr' : 'deed.en';
  if (licence === 'all-rights-reserved') return null;
  if (licence === 'cc0-1.0') return `https://creativecommons.org/publicdomain/zero/1.0/${end}`;
  const [, elements] = /^cc-(.+)-4\.0$/.exec(licence) ?? [];
  return `https://creativecommons.org/licenses/${elements ?? ''}/4.0/${end}`;
}

import { safeHref } from '#shared/document/safeHref.ts';

/**
 * The address that a person means by what they typed: « exemple.org » becomes `https://exemple.org`, « a@b.org » an e-mail
 * address, « +1 514 555-0199 » a telephone number.
 * @returns an address that may become a link, or null.
 */
export function linkAddressFrom(typed: string): string | null {
  const text = typed.trim();
  if (text === '') return null;
  const known = safeHref(text);
  if (known !== null) return known;
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)) return safeHref(`mailto:${text}`);
  if (/^\+?[\d\s().-]{7,20}$/.test(text)) return safeHref(`tel:${text.replace(/[^\d+]/g, '')}`);
  if (/^[^\s/:@]+\.[^\s/:@.]{2,}(:\d+)?([/?#]\S*)?$/u.test(text)) return safeHref(`https://${text}`);
  return null;
}

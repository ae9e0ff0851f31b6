/** A place on Earth, in degrees (WGS 84). */
export interface Coordinates {
  /** −90 to 90, north positive. */
  readonly latitude: number;
  /** −180 to 180, east positive: places of Québec have negative ones. */
  readonly longitude: number;
}

/** Longest site, e-mail address and telephone number that are kept. */
export const maxSiteLength = 500;
export const maxEmailLength = 254;
export const maxPhoneLength = 40;

const siteForm =
  /^https:\/\/(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,63}(?::\d{1,5})?(?:[/?#]\S*)?$/u;
const emailForm =
  /^[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,63}$/u;
const phoneForm = /^\+?[\d(][\d\s().-]{5,30}\d(?:,?\s*(?:poste|p\.|ext\.?|x)\s*\d{1,6})?$/i;

/** The address of a site as it is kept: `https:` in front where nothing stands. Null when it is not one that is safe to follow. */
export function readSite(text: string): string | null {
  const written = text.trim();
  const address =
    /^[a-z][a-z0-9+.-]*:/i.test(written) && !/^[^/]*:\d/.test(written) ? written : `https://${written}`;
  return address.length <= maxSiteLength && siteForm.test(address) ? address : null;
}

/** An e-mail address as it is kept, or null when it is none. */
export function readEmail(text: string): string | null {
  const address = text.trim();
  return address.length <= maxEmailLength && emailForm.test(address) ? address : null;
}

/** A telephone number as it is kept, in the form in which it was written, or null when it is none. */
export function readPhone(text: string): string | null {
  const number = text.trim().replaceAll(/\s+/gu, ' ');
  return number.length <= maxPhoneLength && phoneForm.test(number) ? number : null;
}

/** `tel:` and what a telephone dials: « 418 555-0123, poste 4 » gives `tel:418-555-0123;ext=4`. */
export function phoneHref(number: string): string {
  const [main = '', extension] = number.split(/\s*(?:,?\s*poste|p\.|ext\.?|x)\s*/i);
  const digits = main.replaceAll(/[^\d+]+/g, '-').replaceAll(/^-|-$/g, '');
  return `tel:${digits}${extension === undefined ? '' : `;ext=${extension}`}`;
}

/** `https://www.exemple.org/` is read as `exemple.org`. */
export function siteName(site: string): string {
  return site.replace(/^https:\/\/(?:www\.)?/, '').replace(/\/$/, '');
}

function isDegrees(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= most;
}

/** Coordinates, whatever they came from; null when they are none. */
export function checkCoordinates(value: unknown): Coordinates | null {
  if (typeof value !== 'object' || value === null) return null;
  const { latitude, longitude } = value as Record<string, unknown>;
  return isDegrees(latitude, 90) && isDegrees(longitude, 180) ? { latitude, longitude } : null;
}

/** Reads what somebody typed for each: degrees with a point or a comma (« 46,8139 »). Null when they are no place. */
export function readCoordinates(latitude: string, longitude: string): Coordinates | null {
  const degrees = (text: string): number => {
    const written = text.trim().replace(',', '.').replace('−', '-');
    return /^[+-]?\d{1,3}(?:\.\d{1,10})?°?$/.test(written) ? Number(written.replace('°', '')) : Number.NaN;
  };
  return checkCoordinates({ latitude: degrees(latitude), longitude: degrees(longitude) });
}

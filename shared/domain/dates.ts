import type { Language } from './Person.ts';

const minute = 60_000;
const hour = 60 * minute;
const locales: Record<Language, string> = { fr: 'fr-CA', en: 'en-CA' };
const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric' };
/** Of the hour alone, with no word in it. */
const clockLocale = 'en-GB';
const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

const formats = new Map<string, Intl.DateTimeFormat>();

/** A format is dear to make and cheap to use; lists show hundreds of dates. */
function formatOf(
  locale: string,
  timeZone: string | undefined,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone ?? ''}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone });
  formats.set(key, made);
  return made;
}

/** « 17 novembre 2023 », “November 17, 2023”. The first of the month is « 1er ». */
export function formatDate(time: number, language: Language, timeZone?: string): string {
  const text = formatOf(locales[language], timeZone, day).format(time);
  return language === 'fr' ? text.replace(/^1(?=\s)/, '1er') : text;
}

/** « 12 février 2024 11:47 », as on the reference page: no « à », 24 hours. */
export function formatDateTime(time: number, language: Language, timeZone?: string): string {
  const time24 = formatOf(clockLocale, timeZone, clock).format(time);
  return `${formatDate(time, language, timeZone)} ${time24}`;
}

/** « 10:41 » of today; any other moment with its date, « le 12 février 2024 11:47 ». */
export function formatSince(time: number, now: number, language: Language, timeZone?: string): string {
  const isToday = formatDate(time, language, timeZone) === formatDate(now, language, timeZone);
  if (isToday) return formatOf(clockLocale, timeZone, clock).format(time);
  return `${language === 'fr' ? 'le ' : ''}${formatDateTime(time, language, timeZone)}`;
}

const ages = {
  fr: new Intl.RelativeTimeFormat(locales.fr, { numeric: 'always' }),
  en: new Intl.RelativeTimeFormat(locales.en, { numeric: 'always' }),
};

/** « il y a 5 minutes » when it was less than a day ago; null beyond, where the exact date says more. */
export function formatRelative(time: number, now: number, language: Language): string | null {
  const age = now - time;
  if (age < -minute || age >= 24 * hour) return null;
  if (age < minute) return language === 'fr' ? 'à l’instant' : 'just now';
  const format = ages[language];
  return age < hour
    ? format.format(-Math.floor(age / minute), 'minute')
    : format.format(-Math.floor(age / hour), 'hour');
}

/** Whether this is a day of the calendar, written `2026-03-05`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

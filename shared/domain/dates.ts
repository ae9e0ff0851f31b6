import type { Language } from './Person.ts';

const minute = 60_000;
const hour = 60 * minute;
const locales: Record<Language, string> = { fr: 'fr-CA', en: 'en-CA' };

/** « 17 novembre 2023 », “November 17, 2023”. The first of the month is « 1er ». */
export function formatDate(time: number, language: Language, timeZone?: string): string {
  const text = new Intl.DateTimeFormat(locales[language], {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone,
  }).format(time);
  return language === 'fr' ? text.replace(/^1(?=\s)/, '1er') : text;
}

/** « 12 février 2024 11:47 », as on the reference page: no « à », 24 hours. */
export function formatDateTime(time: number, language: Language, timeZone?: string): string {
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(time);
  return `${formatDate(time, language, timeZone)} ${clock}`;
}

/** « il y a 5 minutes » when it was less than a day ago; null beyond, where the exact date says more. */
export function formatRelative(time: number, now: number, language: Language): string | null {
  const age = now - time;
  if (age < -minute || age >= 24 * hour) return null;
  if (age < minute) return language === 'fr' ? 'à l’instant' : 'just now';
  const format = new Intl.RelativeTimeFormat(locales[language], { numeric: 'always' });
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

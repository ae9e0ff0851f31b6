import type { Language } from '#shared/domain/Person.ts';
import { formatDate } from '../../i18n/index.ts';

const clock = (seconds: boolean) =>
  new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
  });
const short = clock(false);
const long = clock(true);

/** « 14:05 », 24 hours in both languages. */
export function formatClock(time: number): string {
  return short.format(time);
}

/** « 12 février 2024 11:47:05 »: where seconds matter. */
export function formatMoment(time: number, language: Language): string {
  return `${formatDate(time, language)} ${long.format(time)}`;
}

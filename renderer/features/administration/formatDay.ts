import type { Language } from '#shared/domain/Person.ts';
import { formatDate } from '../../i18n/index.ts';

/** A day, wherever this computer is. @param day - `2024-02-12`. @returns « 12 février 2024 » */
export function formatDay(day: string, language: Language): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return formatDate(new Date(year, month - 1, date).getTime(), language);
}

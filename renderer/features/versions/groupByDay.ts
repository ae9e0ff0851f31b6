import type { VersionSummary } from '#shared/api/versions.ts';
import type { Language } from '#shared/domain/Person.ts';
import { formatDate } from '../../i18n/index.ts';

/** The versions of one day, newest first. */
export interface VersionDay {
  readonly key: string;
  /** 0 for today, 1 for yesterday, more for earlier days. */
  readonly age: number;
  readonly date: string;
  readonly versions: readonly VersionSummary[];
}

const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
const dayMs = 86_400_000;

/** Cuts a list of versions by days of this computer's calendar, in the order given. */
export function groupByDay(
  versions: readonly VersionSummary[],
  now: number,
  language: Language,
): VersionDay[] {
  const days: { key: string; age: number; date: string; versions: VersionSummary[] }[] = [];
  for (const version of versions) {
    const start = startOfDay(version.createdAt);
    const key = String(start);
    const last = days.at(-1);
    if (last?.key === key) last.versions.push(version);
    else {
      // Rounded: a day with a change of the clock has 23 or 25 hours.
      const age = Math.round((startOfDay(now) - start) / dayMs);
      days.push({ key, age, date: formatDate(version.createdAt, language), versions: [version] });
    }
  }
  return days;
}

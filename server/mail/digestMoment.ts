import type { NoticeSettings } from '#shared/domain/NoticeSettings.ts';

const hourMs = 60 * 60 * 1_000;

/** What the clock on the wall says in a time zone, as if it were UTC. */
function wallClock(time: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(time);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** The moment at which the clock on the wall says this. An hour that a change of time leaves out is the one after it. */
function momentOf(wall: number, timeZone: string): number {
  const first = wall - (wallClock(wall, timeZone) - wall);
  const second = wall - (wallClock(first, timeZone) - first);
  return wallClock(second, timeZone) === wall ? second : Math.max(first, second);
}

/**
 * The last moment, now or before, at which somebody's digest is due.
 * @param now - Unix milliseconds.
 * @returns null for who wants none.
 */
export function digestMoment(
  now: number,
  { digest, hour, weekday, timeZone }: Pick<NoticeSettings, 'digest' | 'hour' | 'weekday' | 'timeZone'>,
): number | null {
  if (digest === 'never') return null;
  const wall = wallClock(now, timeZone);
  const midnight = wall - (wall % (24 * hourMs));
  // From today back: at most a week and a day, for the day on which the hour is still to come.
  for (let daysBack = 0; daysBack <= 8; daysBack++) {
    const due = midnight - daysBack * 24 * hourMs + hour * hourMs;
    const isDay = digest === 'daily' || (new Date(due).getUTCDay() || 7) === weekday;
    const moment = isDay ? momentOf(due, timeZone) : Infinity;
    if (moment <= now) return moment;
  }
  return null;
}

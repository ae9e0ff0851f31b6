import { expect, test } from 'vitest';
import { defaultNoticeSettings } from '#shared/domain/NoticeSettings.ts';
import { digestMoment } from '#server/mail/digestMoment.ts';

const at = (iso: string): number => Date.parse(iso);
const moment = (now: string, more: Partial<typeof defaultNoticeSettings> = {}): string | null => {
  const found = digestMoment(at(now), { ...defaultNoticeSettings, ...more });
  return found === null ? null : new Date(found).toISOString();
};

test('a daily digest is due at the hour of the person’s clock, today or the day before', () => {
  // Toronto is five hours behind in winter, four in summer.
  expect(moment('2026-01-15T13:00:00Z')).toBe('2026-01-15T13:00:00.000Z');
  expect(moment('2026-01-15T12:59:59Z')).toBe('2026-01-14T13:00:00.000Z');
  expect(moment('2026-07-15T12:00:00Z')).toBe('2026-07-15T12:00:00.000Z');
  expect(moment('2026-01-15T13:00:00Z', { timeZone: 'Asia/Kolkata', hour: 0 })).toBe(
    '2026-01-14T18:30:00.000Z',
  );
  expect(moment('2026-01-15T11:30:00Z', { timeZone: 'Pacific/Auckland', hour: 0 })).toBe(
    '2026-01-15T11:00:00.000Z',
  );
});

test('a weekly digest is due on its day', () => {
  const weekly = { digest: 'weekly', weekday: 7, hour: 18 } as const;
  // 18 January 2026 is a Sunday.
  expect(moment('2026-01-18T22:59:59Z', weekly)).toBe('2026-01-11T23:00:00.000Z');
  expect(moment('2026-01-18T23:00:00Z', weekly)).toBe('2026-01-18T23:00:00.000Z');
  expect(moment('2026-01-24T12:00:00Z', weekly)).toBe('2026-01-18T23:00:00.000Z');
});

test('the hour that a change of time leaves out, or has twice, is one moment of that day', () => {
  // On 8 March 2026 two o’clock is three o’clock; on 1 November one o’clock comes twice.
  expect(moment('2026-03-08T20:00:00Z', { hour: 2 })).toBe('2026-03-08T07:00:00.000Z');
  expect(moment('2026-03-08T20:00:00Z', { hour: 3 })).toBe('2026-03-08T07:00:00.000Z');
  expect(moment('2026-03-09T07:00:00Z', { hour: 3 })).toBe('2026-03-09T07:00:00.000Z');
  expect(moment('2026-11-01T20:00:00Z', { hour: 1 })).toMatch(/^2026-11-01T0[56]:00/);
  expect(moment('2026-11-01T13:00:00Z', { hour: 8 })).toBe('2026-11-01T13:00:00.000Z');
});

test('who wants none has none due', () => {
  expect(moment('2026-01-15T13:00:00Z', { digest: 'never' })).toBeNull();
});

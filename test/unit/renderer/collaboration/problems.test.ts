import { expect, test } from 'vitest';
import { closeCodes, isFinalCloseCode } from '#shared/protocol/closeCodes.ts';
import {
  outcomeOfTicketError,
  problemCodes,
  problemOfCode,
  reasonOfCode,
} from '../../../../renderer/collaboration/problems.ts';
import { offlineReasons } from '../../../../renderer/collaboration/savingState.ts';
import { collaboration as english } from '../../../../renderer/i18n/en/collaboration.ts';
import { collaboration as french } from '../../../../renderer/i18n/fr/collaboration.ts';

test.each(Object.entries(closeCodes))(
  'close code %s (%i) has a sentence in both languages',
  (_name, code) => {
    const problem = problemOfCode(code);
    const reason = reasonOfCode(code) as keyof typeof french.passing;
    const sentences =
      problem === null
        ? [french.passing[reason], english.passing[reason]]
        : [french.problem[problem], english.problem[problem]];
    expect(sentences.every((sentence) => sentence.length > 40)).toBe(true);
  },
);

test('a client comes back after a code exactly when the code lets it', () => {
  const codes = [...Object.values(closeCodes), 4400, 4499, 4500, 4599, 1000, 1005, 1006];
  const wrong = codes.filter((code) => isFinalCloseCode(code) && problemOfCode(code) === null);
  expect(wrong).toEqual([]);
  expect([1000, 1005, 1006, 1012, 4500, 4503, 4513, 4529, 4599].map(problemOfCode)).toEqual(
    Array.from({ length: 9 }, () => null),
  );
});

test('each reason and each problem has words in both languages', () => {
  expect(Object.keys(french.offline).sort()).toEqual([...offlineReasons].sort());
  expect(Object.keys(french.problem).sort()).toEqual([...problemCodes].sort());
  expect(Object.keys(english.problem).sort()).toEqual([...problemCodes].sort());
});

test('a refused ticket is final or worth another try, by its code', () => {
  const outcomes = [
    'not_signed_in',
    'app_outdated',
    'epoch_changed',
    'storage_failed',
    'too_many_requests',
    'internal',
    undefined,
  ].map((code) => outcomeOfTicketError(Object.assign(new Error('no'), { code })));
  expect(outcomes).toEqual([
    { problem: 'not_signed_in' },
    { problem: 'app_outdated' },
    { problem: 'epoch_changed' },
    { reason: 'storage' },
    { reason: 'too_fast' },
    { reason: 'unreachable' },
    { reason: 'unreachable' },
  ]);
});

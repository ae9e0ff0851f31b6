import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { closeCodes, isFinalCloseCode } from '#shared/protocol/closeCodes.ts';
import {
  outcomeOfTicketError,
  problemCodes,
  problemOfCode,
  problemOfRefusal,
  reasonOfCode,
} from '../../../../renderer/collaboration/problems.ts';
import { offlineReasons } from '../../../../renderer/collaboration/savingState.ts';
import { collaboration as english } from '../../../../renderer/i18n/en/collaboration.ts';
import { collaboration as french } from '../../../../renderer/i18n/fr/collaboration.ts';

const languages = { french, english };
const codes = Object.entries(closeCodes);
const sentencesOf = (code: number): string[] => {
  const problem = problemOfCode(code);
  const reason = reasonOfCode(code) as keyof typeof french.passing;
  return Object.values(languages).map((words) =>
    problem === null ? words.passing[reason] : words.problem[problem],
  );
};

test.each(codes)(
  'close code %s (%i) has a sentence in both languages: what happened, what is safe, what to do',
  (_name, code) => {
    const parts = sentencesOf(code).map((sentence) => sentence.split(/(?<=[.!?;])\s/).length);
    expect(parts.every((count) => count >= 3)).toBe(true);
  },
);

test.each(Object.keys(languages).map((_, at) => at))(
  'each code of 4400 to 4599 has a sentence of its own (language %i)',
  (at) => {
    const ours = codes.filter(([, code]) => code >= 4400 && code <= 4599);
    const sentences = new Set(ours.map(([, code]) => sentencesOf(code)[at]));
    expect(sentences.size).toBe(ours.length);
  },
);

test('PROTOCOL.md names each close code', () => {
  const page = readFileSync(new URL('../../../../shared/protocol/PROTOCOL.md', import.meta.url), 'utf8');
  expect(codes.filter(([, code]) => !page.includes(`| ${code} |`))).toEqual([]);
});

test('a refused write that leaves the document open does not say that it is closed', () => {
  const refusals = [
    [closeCodes.notAllowed, 'not_allowed'],
    [closeCodes.notAllowed, 'client_id_of_another'],
    [closeCodes.tooLarge, 'too_large'],
    [closeCodes.invalidContent, 'document_damaged'],
    [9_999, 'unheard of'],
  ] as const;
  expect(refusals.map(([code, reason]) => problemOfRefusal(code, reason))).toEqual([
    'read_only',
    'client_id_taken',
    'too_large',
    'document_damaged',
    'invalid_content',
  ]);
});

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

test('whose sockets are too many is not told that they wrote too much', () => {
  const words = ['too_fast', 'too_many_sockets', 'too_many_openings'];
  expect(words.map((word) => reasonOfCode(closeCodes.tooFast, word))).toEqual([
    'too_fast',
    'too_many_open',
    'too_many_open',
  ]);
});

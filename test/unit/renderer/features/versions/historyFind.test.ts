import { expect, test } from 'vitest';
import { readHistoryFind } from '../../../../../renderer/features/versions/historyFind.ts';

test('an address of the history says what is shown; what makes no sense in it is left out', () => {
  expect(readHistoryFind({ since: 12, why: 'absence' })).toEqual({ since: 12, why: 'absence' });
  expect(readHistoryFind({ since: '0' })).toEqual({ since: 0 });
  expect(readHistoryFind({ since: -1, why: 'visit' })).toEqual({});
  expect(readHistoryFind({ since: 'hier', other: 1 })).toEqual({});
  expect(readHistoryFind({ view: 'time', past: 'banc' })).toEqual({ view: 'time', past: 'banc' });
  expect(readHistoryFind({ past: 'banc' })).toEqual({});
  expect(readHistoryFind({})).toEqual({});
});

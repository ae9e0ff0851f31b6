import { describe, expect, it, test } from 'vitest';
import { readAuthorTable } from '#server/storage/journal/authorTable.ts';

const author: unknown[] = ['AAAAAAAAAAAAAAAAAAAAAA', null, 'socket', null, true];

describe('the table of authors of a segment', () => {
  it('is read as it was written', () => {
    const table = [author, [null, 'device', 'mirror', 'restore', false]];
    expect(readAuthorTable(JSON.stringify(table))).toEqual(table);
    expect(readAuthorTable('[]')).toEqual([]);
  });

  test.each([
    ['no JSON', '['],
    ['no list', '{}'],
    ['an author that is none', '[null]'],
    ['one field too few', JSON.stringify([author.slice(0, 4)])],
    ['one field too many', JSON.stringify([[...author, null]])],
    ['a number for a person', JSON.stringify([author.with(0, 1)])],
    ['a number for a device', JSON.stringify([author.with(1, 1)])],
    ['a way that is not known', JSON.stringify([author.with(2, 'pigeon')])],
    ['a number for an operation', JSON.stringify([author.with(3, 1)])],
    ['a word for a yes or no', JSON.stringify([author.with(4, 'true')])],
  ])('%s is refused', (_, json) => {
    expect(() => readAuthorTable(json)).toThrow(Error);
  });
});

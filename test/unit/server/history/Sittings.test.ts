import { expect, test } from 'vitest';
import { cutSittings, measureRows } from '#server/history/measureRows.ts';
import { Sittings } from '#server/history/Sittings.ts';
import type { LogRow } from '#server/storage/ports/UpdateLog.ts';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { FakeTimers } from '../../../support/fakeTimers.ts';

const minute = 60_000;
const note = 'note' as DocumentId;
const other = 'other' as DocumentId;

function row(seq: number, time: number, person: string | null): LogRow {
  return {
    document: note,
    seq,
    time,
    person: person as PersonId | null,
    device: null,
    deviceTime: null,
    via: 'socket',
    operation: null,
    bytes: new Uint8Array(),
  };
}

test('a sitting ends once, ten minutes after the last change, each document by itself', () => {
  const timers = new FakeTimers(0);
  const ended: [DocumentId, number][] = [];
  const sittings = new Sittings(timers, (document) => ended.push([document, timers.now()]));
  sittings.changed(note, 0);
  timers.advance(6 * minute);
  sittings.changed(note, timers.now());
  sittings.changed(other, timers.now());
  timers.advance(3 * minute);
  sittings.changed(note, timers.now());
  timers.advance(60 * minute);
  expect(ended).toEqual([
    [other, 16 * minute],
    [note, 19 * minute],
  ]);
});

test('a change of long ago ends its sitting at once; nothing is said after closing', () => {
  const timers = new FakeTimers(60 * minute);
  const ended: DocumentId[] = [];
  const sittings = new Sittings(timers, (document) => ended.push(document));
  sittings.changed(note, 0);
  timers.advance(0);
  expect(ended).toEqual([note]);
  sittings.changed(note, timers.now());
  sittings.close();
  timers.advance(60 * minute);
  expect(ended).toEqual([note]);
});

test('rows are cut where nobody wrote for ten minutes', () => {
  const rows = [row(1, 0, 'a'), row(2, 9 * minute, 'a'), row(3, 19 * minute, 'b'), row(4, 20 * minute, 'a')];
  const cut = cutSittings(rows, 10 * minute).map((sitting) => sitting.map((one) => one.seq));
  expect(cut).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test('a stretch of rows tells who wrote, who wrote most first, and leaves the relay itself out', () => {
  const rows = [row(4, 1, null), row(5, 2, 'a'), row(6, 3, 'b'), row(7, 4, 'b')];
  expect(measureRows(rows)).toEqual({ seq: 7, time: 4, contributors: ['b', 'a'], changeCount: 4 });
  expect(measureRows([])).toBeNull();
});

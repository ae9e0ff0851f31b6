import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { DeviceId, DocumentId, PersonId } from '#shared/domain/ids.ts';
import { decodeSegment } from '#server/storage/journal/decodeSegment.ts';
import { encodeSegment } from '#server/storage/journal/encodeSegment.ts';
import { isRegular } from '#server/storage/journal/updateCoders.ts';
import type { LogRow } from '#server/storage/ports/UpdateLog.ts';
import { testId } from '../../../../support/newRelay.ts';

const document = testId<DocumentId>(1);
const rowOf = (seq: number, bytes: Uint8Array, more: Partial<LogRow> = {}): LogRow => ({
  document,
  seq,
  time: 1_700_000_000_000 + seq * 170,
  person: testId<PersonId>(2),
  device: testId<DeviceId>(3),
  deviceTime: null,
  via: 'socket',
  operation: null,
  bytes,
  ...more,
});

function there(rows: readonly LogRow[], checks = new Uint8Array(rows.length)) {
  const { rows: back, checks: kept } = decodeSegment(
    document,
    rows[0]?.seq ?? 1,
    rows.length,
    encodeSegment(rows, checks),
  );
  return { rows: back.map((one) => ({ ...one, bytes: new Uint8Array(one.bytes) })), checks: kept };
}

/** What several people do to one document, one update each. */
function updatesOf(steps: readonly { who: number; at: number; what: number }[]): Uint8Array[] {
  const updates: Uint8Array[] = [];
  const people = [1, 2, 3].map((n) => {
    const doc = new Y.Doc({ gc: n === 2 });
    doc.clientID = n * 1_000_000_007;
    doc.on('update', (update: Uint8Array, origin) => {
      if (origin !== 'others') updates.push(update);
    });
    return doc;
  });
  for (const [index, { who, at, what }] of steps.entries()) {
    const doc = people[who] as Y.Doc;
    const text = doc.getText('text');
    const list = doc.getArray<unknown>('list');
    const map = doc.getMap('map');
    const before = updates.length;
    doc.transact(() => {
      if (what < 5) text.insert(at % (text.length + 1), ['a', 'é', '😀', ' mot', '\u0000'][what] as string);
      else if (what === 5 && text.length > 0) text.delete(at % text.length, 1);
      else if (what === 6) text.format(0, Math.min(3, text.length), { bold: index % 2 === 0 });
      else if (what === 7)
        list.push([index, { deep: [null, 1.5, 'x', true, 12n, -70] }, new Uint8Array([1, 2])]);
      else if (what === 8) map.set(`k${at % 3}`, new Y.XmlElement('paragraph'));
      else if (what === 9) text.insertEmbed(0, { image: at });
      else if (list.length > 0) list.delete(0, list.length);
    });
    const other = people[(who + 1 + (at % 2)) % 3] as Y.Doc;
    for (const update of updates.slice(before)) Y.applyUpdate(other, update, 'others');
  }
  return updates;
}

describe('a segment', () => {
  test('gives back every row as it was: what Yjs writes, by several people', () => {
    const step = fc.record({ who: fc.nat(2), at: fc.nat(50), what: fc.nat(10) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1 }), (steps, first) => {
        const rows = updatesOf(steps).map((bytes, index) =>
          rowOf(first + index, new Uint8Array(bytes), { person: testId<PersonId>(index % 4) }),
        );
        fc.pre(rows.length > 0);
        expect(rows.every(({ bytes }) => isRegular(bytes))).toBe(true);
        expect(there(rows).rows).toEqual(rows);
      }),
    );
  });

  test('gives back every row as it was: any columns, any bytes', () => {
    const time = fc.integer({ min: 0, max: 4e12 });
    const some = fc.record({
      time,
      person: fc.option(fc.constantFrom(testId<PersonId>(1), testId<PersonId>(2))),
      device: fc.option(fc.constantFrom(testId<DeviceId>(1), testId<DeviceId>(2))),
      deviceTime: fc.option(time),
      via: fc.constantFrom('socket', 'operation', 'mirror'),
      operation: fc.option(fc.string()),
      bytes: fc.uint8Array({ maxLength: 40 }),
      check: fc.nat(255),
    });
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 30 }), (all) => {
        const rows = all.map(({ check: _, bytes, ...more }, at) =>
          rowOf(at + 1, new Uint8Array(bytes), more),
        );
        const checks = Uint8Array.from(all, ({ check }) => check);
        const back = there(rows, checks);
        expect(back.rows).toEqual(rows);
        expect([...back.checks]).toEqual([...checks]);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['numbers beyond what a clock can be', [1, 1, 5, 255, 255, 255, 255, 255, 255, 255, 15, 132]],
    ['a number written longer than it needs', [1, 1, 133, 0, 0, 4, 1, 1, 97, 0]],
    ['bytes after the end', [0, 0, 0]],
    ['nothing', []],
  ])('keeps what is no update as it is: %s', (_, bytes) => {
    const rows = [rowOf(5, new Uint8Array(bytes)), rowOf(6, new Uint8Array([0, 0]))];
    expect(there(rows).rows).toEqual(rows);
  });

  test('that was damaged is an error or other rows, and never hangs', () => {
    const rows = updatesOf(Array.from({ length: 40 }, (_, at) => ({ who: at % 3, at, what: at % 10 }))).map(
      (bytes, index) => rowOf(index + 1, bytes),
    );
    const bytes = encodeSegment(rows, new Uint8Array(rows.length));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = new Uint8Array(bytes);
        damaged[at] = (damaged[at] as number) ^ flip;
        const read = () => {
          try {
            return decodeSegment(document, 1, rows.length, damaged).rows.length;
          } catch (error) {
            return error instanceof Error ? rows.length : null;
          }
        };
        expect(read()).toBe(rows.length);
      }),
      { numRuns: 2_000 },
    );
  });
});

import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readStateVector } from '#shared/protocol/readClientFrame.ts';
import { ClockRanges } from '#server/room/update/ClockRanges.ts';
import { difference } from '#server/room/update/difference.ts';
import { DocumentState } from '#server/room/update/DocumentState.ts';
import { parseUpdate } from '#server/room/update/parseUpdate.ts';
import { trimUpdate } from '#server/room/update/trimUpdate.ts';
import { randomEdit, shown } from '../../../../integration/convergence/randomEdit.ts';
import { newRandom } from '../../../../support/random.ts';

const limits = { maxStringBytes: Infinity };

test('ranges hold exactly the clocks that were added, whatever the order (seeds 1 to 20)', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = newRandom(seed);
    const ranges = new ClockRanges();
    const naive = new Set<number>();
    for (let step = 0; step < 200; step++) {
      const from = random.int(300);
      const to = from + 1 + random.int(12);
      const missing: number[] = [];
      ranges.eachMissing(5, from, to, (start, end) => {
        for (let clock = start; clock < end; clock++) missing.push(clock);
      });
      const expected = Array.from({ length: to - from }, (_, index) => from + index).filter(
        (clock) => !naive.has(clock),
      );
      expect(missing, `seed ${seed}, step ${step}`).toEqual(expected);
      if (random.int(2) === 0) continue;
      ranges.add(5, from, to);
      for (let clock = from; clock < to; clock++) naive.add(clock);
      if (random.int(10) === 0) ranges.pack();
    }
  }
});

test('many ranges added at once are those added one by one (seeds 1 to 20)', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = newRandom(seed);
    const [atOnce, oneByOne] = [new ClockRanges(), new ClockRanges()];
    for (let round = 0; round < 10; round++) {
      const added: number[] = [];
      for (let clock = random.int(5), left = random.int(40); left > 0; left--) {
        const to = clock + 1 + random.int(9);
        added.push(clock, to);
        clock = to + random.int(9);
      }
      atOnce.addAll(5, added);
      atOnce.addAll(6, added.slice(0, 2));
      if (random.int(3) === 0) atOnce.pack();
      for (let index = 0; index < added.length; index += 2) {
        oneByOne.add(5, added[index] ?? 0, added[index + 1] ?? 0);
      }
      const missing = (ranges: ClockRanges): number[] => {
        const parts: number[] = [];
        ranges.eachMissing(5, 0, 1_000, (from, to) => parts.push(from, to));
        return parts;
      };
      expect(missing(atOnce), `seed ${seed}, round ${round}`).toEqual(missing(oneByOne));
    }
  }
});

/** Two documents that exchange everything, now and then. */
function editing(seed: number, step: (docs: [Y.Doc, Y.Doc]) => void): void {
  const random = newRandom(seed);
  const docs: [Y.Doc, Y.Doc] = [new Y.Doc(), new Y.Doc()];
  docs[0].clientID = 11;
  docs[1].clientID = 22;
  for (let round = 0; round < 40; round++) {
    for (let edits = random.int(4); edits >= 0; edits--) randomEdit(random.pick(docs), random);
    step(docs);
  }
}

test('of a whole state sent again and again, what is stored adds up to the document, and nothing is stored twice', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const state = new DocumentState();
    const rows: Uint8Array[] = [];
    let bytesAgain = 0;
    editing(seed, (docs) => {
      for (const doc of docs) {
        const whole = Y.encodeStateAsUpdate(doc);
        for (let times = 0; times < 2; times++) {
          const parsed = parseUpdate(whole, limits);
          const news = state.compare(parsed);
          if (news === null) throw new Error('a whole state lacks nothing');
          if (news.structs.length === 0 && news.deletes.length === 0) continue;
          const row = trimUpdate(whole, parsed, news);
          if (times > 0) bytesAgain += row.length;
          rows.push(row);
          state.add(news);
        }
        const other = docs[0] === doc ? docs[1] : docs[0];
        if (seed % 2 === 0) Y.applyUpdate(other, whole);
      }
    });
    const expected = new Y.Doc();
    const rebuilt = new Y.Doc();
    editing(seed, (docs) => {
      for (const doc of docs) {
        Y.applyUpdate(expected, Y.encodeStateAsUpdate(doc));
        const other = docs[0] === doc ? docs[1] : docs[0];
        if (seed % 2 === 0) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
      }
    });
    for (const row of rows) Y.applyUpdate(rebuilt, row);
    expect(shown(rebuilt), `seed ${seed}`).toEqual(shown(expected));
    expect(bytesAgain).toBe(0);
    expect(new Map(state.stateVector)).toEqual(readStateVector(Y.encodeStateVector(expected)));
  }
});

test('the difference for any state vector is what Yjs would send', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const earlier: { vector: Uint8Array; doc: Uint8Array }[] = [];
    let last = new Uint8Array();
    editing(seed, (docs) => {
      for (const doc of docs) Y.applyUpdate(docs[0], Y.encodeStateAsUpdate(doc));
      earlier.push({ vector: Y.encodeStateVector(docs[0]), doc: Y.encodeStateAsUpdate(docs[0]) });
      last = new Uint8Array(Y.encodeStateAsUpdate(docs[0]));
    });
    const parsed = parseUpdate(last, limits);
    const whole = new Y.Doc();
    Y.applyUpdate(whole, last);
    for (const { vector, doc } of earlier) {
      const lacking = difference(last, parsed, readStateVector(vector));
      const meta = Y.parseUpdateMeta(lacking);
      expect(meta).toEqual(Y.parseUpdateMeta(Y.diffUpdate(last, vector)));
      const caughtUp = new Y.Doc();
      Y.applyUpdate(caughtUp, doc);
      Y.applyUpdate(caughtUp, lacking);
      expect(shown(caughtUp)).toEqual(shown(whole));
    }
  }
});

test('an update is missing something when it begins later than what is known, refers beyond it, or deletes beyond it', () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const text = doc.getText('t');
  text.insert(0, 'a');
  text.insert(1, 'b');
  text.delete(0, 1);
  const compare = (state: DocumentState, update: Uint8Array | undefined) =>
    state.compare(parseUpdate(update ?? new Uint8Array(), limits));
  const empty = new DocumentState();
  expect(compare(empty, updates[1])).toBeNull();
  expect(compare(empty, updates[2])).toBeNull();
  const other = new Y.Doc();
  Y.applyUpdate(other, updates[0] ?? new Uint8Array());
  const before = Y.encodeStateVector(other);
  other.getText('t').insert(1, 'x');
  expect(compare(empty, Y.encodeStateAsUpdate(other, before))).toBeNull();
  const first = compare(empty, updates[0]);
  expect(first).toEqual({ structs: [{ client: doc.clientID, from: 0, to: 1 }], deletes: [], whole: true });
});

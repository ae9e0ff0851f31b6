import { expect, test } from 'vitest';
import { answerQuestion } from '#server/history/chronicle/answerQuestion.ts';
import { Chronicle } from '#server/history/chronicle/Chronicle.ts';
import type { ChronicleRow } from '#server/history/chronicle/ChronicleTables.ts';
import { readRow } from '#server/history/chronicle/readRow.ts';
import { newRandom, type Random } from '../../../../support/random.ts';
import { recordSession } from '../../../../support/recordedSession.ts';

const long = process.env['CALEPIN_LONG'] === '1';
const seeds = long ? [1, 2, 3, 4, 5] : [1 + Math.floor(Math.random() * 1_000_000)];

/** As the worker gets them: some at a time. */
function apply(chronicle: Chronicle, rows: readonly ChronicleRow[], size = 97): Chronicle {
  for (let at = 0; at < rows.length; at += size) chronicle.apply(rows.slice(at, at + size));
  return chronicle;
}

/** Packed, and read again. */
const again = (chronicle: Chronicle): Chronicle => new Chronicle(structuredClone(chronicle.pack()));

/** Where every unit that rows brought comes from, and who removed it. */
const traces = (chronicle: Chronicle, rows: readonly ChronicleRow[]): unknown[] =>
  rows.flatMap(({ bytes }) =>
    readRow(bytes).ranges.flatMap(({ client, start, end }) =>
      Array.from({ length: end - start }, (_, at) => {
        const id = { client, clock: start + at };
        return [chronicle.originOf(id), chronicle.removerOf(id), chronicle.carried.isSource(id)];
      }),
    ),
  );

/** What a reader may ask of a moment. */
const toldAt = (chronicle: Chronicle, seq: number): unknown => [
  answerQuestion(chronicle, { kind: 'content', moment: { seq } }),
  answerQuestion(chronicle, { kind: 'authorship', moment: { seq } }),
];

/** What a reader may ask of all of it. */
function told(chronicle: Chronicle, seq: number, random: Random): unknown[] {
  const word = (): string => {
    const { title } = answerQuestion(chronicle, {
      kind: 'content',
      moment: { seq: 1 + random.int(seq) },
    }) ?? { title: 'x' };
    return title.slice(0, 2);
  };
  const from = 1 + random.int(seq);
  return [
    answerQuestion(chronicle, { kind: 'sittings', fromSeq: 0 }),
    answerQuestion(chronicle, { kind: 'rows', from: 1, to: seq }),
    answerQuestion(chronicle, { kind: 'content', moment: { at: 1_700_000_000_000 + random.int(1e7) } }),
    answerQuestion(chronicle, { kind: 'search', text: word(), limit: 100 }),
    answerQuestion(chronicle, { kind: 'compare', fromSeq: from, toSeq: seq }),
    answerQuestion(chronicle, { kind: 'takeBack', fromSeq: from, toSeq: seq, person: null }),
  ];
}

test.each(seeds)(
  'what was packed at any row, with the rows since, tells what all rows tell (seed %i)',
  (seed) => {
    const random = newRandom(seed);
    const { rows: recorded } = recordSession(random, long ? 1_500 : 250);
    const operations = ['restore', 'takeBack', 'import'];
    const rows = recorded.map((row) =>
      random.chance(0.02) ? { ...row, operation: random.pick(operations) } : row,
    );
    const whole = apply(new Chronicle(), rows);
    const expected = told(whole, rows.length, newRandom(seed));
    const expectedTraces = traces(whole, rows);
    const moments = Array.from({ length: 12 }, () => 1 + random.int(rows.length));
    const expectedAt = moments.map((seq) => toldAt(whole, seq));
    const rounds = long ? 60 : 12;
    for (let round = 0; round < rounds; round += 1) {
      const at = round === 0 ? rows.length : random.int(rows.length);
      let chronicle = again(apply(new Chronicle(), rows.slice(0, at)));
      // Packed a second time, of what was itself packed.
      const next = at + random.int(rows.length - at + 1);
      chronicle = again(apply(chronicle, rows.slice(at, next)));
      apply(chronicle, rows.slice(next));
      expect({ seed, at, next, said: told(chronicle, rows.length, newRandom(seed)) }).toEqual({
        seed,
        at,
        next,
        said: expected,
      });
      expect(moments.map((seq) => toldAt(chronicle, seq))).toEqual(expectedAt);
      expect(traces(chronicle, rows)).toEqual(expectedTraces);
    }
  },
);

test.each(seeds)('it may be packed at every row (seed %i)', (seed) => {
  const { rows } = recordSession(newRandom(seed), long ? 1_000 : 150);
  const whole = apply(new Chronicle(), rows);
  let chronicle = new Chronicle();
  for (const row of rows) {
    chronicle = again(apply(chronicle, [row]));
    expect([seed, toldAt(chronicle, row.seq)]).toEqual([seed, toldAt(whole, row.seq)]);
  }
  expect(traces(chronicle, rows)).toEqual(traces(whole, rows));
});

test.each(seeds)('what is not what was packed is not taken for it (seed %i)', (seed) => {
  const random = newRandom(seed);
  const { rows } = recordSession(random, 120);
  const { people, bytes } = apply(new Chronicle(), rows).pack();
  for (let round = 0; round < 300; round += 1) {
    const damaged = bytes.slice(0, random.chance(0.2) ? random.int(bytes.length) : bytes.length);
    const at = random.int(Math.max(1, damaged.length));
    if (damaged.length === bytes.length) damaged[at] = (damaged[at] as number) ^ (1 << random.int(8));
    let read: Chronicle | null = null;
    try {
      read = new Chronicle({ people, bytes: damaged });
    } catch {
      continue;
    }
    // Some bits of a compressed frame mean nothing.
    expect(read.pack(), `seed ${seed}, byte ${at}`).toEqual({ people, bytes });
  }
  expect(() => new Chronicle({ people: people.slice(1), bytes })).toThrow('not named');
});

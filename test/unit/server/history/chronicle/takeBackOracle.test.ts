import { expect, test } from 'vitest';
import { answerQuestion } from '#server/history/chronicle/answerQuestion.ts';
import { Chronicle } from '#server/history/chronicle/Chronicle.ts';
import { bodyToProseMirror } from '#shared/document/writeContent.ts';
import { newRandom } from '../../../../support/random.ts';
import { recordSession } from '../../../../support/recordedSession.ts';
import {
  mustBe,
  mustStand,
  sameOrder,
  type SessionStory,
  signsOf,
  tellSession,
} from '../../../../support/signStory.ts';

const long = process.env['CALEPIN_LONG'] === '1';
// Five of two thousand are the ten thousand of the long run.
const seeds = long ? [1, 2, 3, 4, 5] : [1 + Math.floor(Math.random() * 1_000_000)];
const edits = long ? 2_000 : 300;
const rounds = long ? 40 : 20;

/** What can be told of what was taken back. */
interface Counts {
  told: number;
  lost: number;
  stayed: number;
  twice: number;
  shapes: number;
  otherShapes: number;
}

/** Compares what a plan says with what an outsider expects, who saw each row come and knows of no id. */
function judge(
  { signs, now }: SessionStory,
  { kept, after }: { kept: ReadonlySet<string>; after: ReturnType<typeof signsOf> },
  isTaken: (seq: number) => boolean,
  counts: Counts,
): void {
  const stands = new Map(after.map((one) => [one.sign, one]));
  const isOnce = new Set(now.map(({ sign }) => sign)).size === now.length;
  if (isOnce) counts.twice += after.length - stands.size;
  for (const [sign, story] of signs) {
    const must = mustStand(story, isTaken);
    if (must === null) continue;
    const is = stands.get(sign);
    const wentLast = story.seen.at(-1)?.to === false;
    // What stood around it is gone as well: others removed the whole since.
    const isAlone = wentLast && ![...story.beside].some((one) => stands.has(one));
    counts.told += 1;
    if (must && is === undefined && !isAlone) counts.lost += 1;
    if (!must && is !== undefined) counts.stayed += 1;
    // Of a block that is kept, and of what comes back, nobody outside can say what it stands in.
    if (is === undefined || kept.size > 0 || story.seen.some(({ seq, to }) => !to && isTaken(seq))) continue;
    for (const property of ['block', 'marks'] as const) {
      const wanted = mustBe(story, property, isTaken);
      if (wanted === null) continue;
      counts.shapes += 1;
      if (wanted !== is[property]) counts.otherShapes += 1;
    }
  }
}

/*
 * What was carried is found by what it says: a scrap of a letter or two now and then is taken for another one, and of what two people moved at the same time one place is as right as the other. So nearly all of it must be as
 * an outsider expects; the faults that this found have tests of their own in withoutRows.test.ts.
 */
test.each(seeds)(
  'takes back what rows did, among tables, formatting, undo and work off the line (seed %i)',
  (seed) => {
    const random = newRandom(seed);
    const { rows } = recordSession(random, edits, { people: 4 });
    const chronicle = new Chronicle();
    chronicle.apply(rows);
    const story = tellSession(rows);
    const counts: Counts = { told: 0, lost: 0, stayed: 0, twice: 0, shapes: 0, otherShapes: 0 };
    let [ordered, unordered] = [0, 0];
    for (let round = 0; round < rounds; round += 1) {
      const fromSeq = 2 + random.int(rows.length - 2);
      const most = random.chance(0.5) ? 20 : rows.length;
      const toSeq = Math.min(rows.length, fromSeq + random.int(most));
      const person = random.chance(0.3) ? null : random.pick(rows).person;
      const isTaken = (seq: number): boolean =>
        seq >= fromSeq && seq <= toSeq && (person === null || rows[seq - 1]?.person === person);
      const plan = answerQuestion(chronicle, { kind: 'takeBack', fromSeq, toSeq, person });
      const after = signsOf(plan.after.title, plan.after.body);
      const kept = new Set(plan.overlaps.flatMap(({ kind, text }) => (kind === 'kept' ? [...text] : [])));
      judge(story, { kept, after }, isTaken, counts);
      if (![...story.reordering].some(isTaken)) {
        ordered += 1;
        if (!sameOrder(story.now, after)) unordered += 1;
      }
      // It can be written as it is.
      expect(bodyToProseMirror(plan.after.body).type.name).toBe('doc');
    }
    const { told, lost, stayed, twice, shapes, otherShapes } = counts;
    const found = { seed, ...counts, ordered, unordered };
    expect(told).toBeGreaterThan(rounds * 20);
    expect(lost / told, JSON.stringify(found)).toBeLessThan(0.003);
    expect((stayed + twice) / told, JSON.stringify(found)).toBeLessThan(0.01);
    expect(otherShapes / Math.max(1, shapes), JSON.stringify(found)).toBeLessThan(0.02);
  },
);

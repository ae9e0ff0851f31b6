import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { answerQuestion } from '#server/history/chronicle/answerQuestion.ts';
import { carriedBeside } from '#server/history/chronicle/carriedBeside.ts';
import { Chronicle } from '#server/history/chronicle/Chronicle.ts';
import { readRow } from '#server/history/chronicle/readRow.ts';
import { normalBody } from '#shared/document/normalBody.ts';
import { yDocToNoteContent } from '#shared/document/noteContent.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { newRandom } from '../../../../support/random.ts';
import { newStory } from '../../../../support/newStory.ts';
import { recordSession } from '../../../../support/recordedSession.ts';
import { p } from '../../../shared/document/compare/showComparison.ts';

const [alice, bob] = ['alice', 'bob'] as [PersonId, PersonId];

const long = process.env['CALEPIN_LONG'] === '1';

const seeds = long ? [1, 2, 3, 4, 5] : [1 + Math.floor(Math.random() * 1_000_000)];

test.each(seeds)('says at every row what the rows up to it say (seed %i)', (seed) => {
  const { rows } = recordSession(newRandom(seed), long ? 2_000 : 250);
  const chronicle = new Chronicle();
  // In pieces of several sizes, as the worker gets them.
  for (let at = 0, size = 1; at < rows.length; at += size, size = Math.min(size * 3, 500))
    chronicle.apply(rows.slice(at, at + size));
  const oracle = new Y.Doc({ gc: false });
  for (const { seq, bytes, time } of rows) {
    Y.applyUpdate(oracle, bytes);
    const { title, body, language } = yDocToNoteContent(oracle);
    const said = answerQuestion(chronicle, { kind: 'content', moment: { seq } });
    expect({ seq, ...said }).toEqual({
      seq,
      time,
      person: rows[seq - 1]?.person,
      title,
      language,
      body: normalBody(body),
    });
  }
});

test('an empty body is told as an editor has it, without content', () => {
  const doc = new Y.Doc({ gc: false });
  const rows: Uint8Array[] = [];
  doc.on('update', (bytes: Uint8Array) => rows.push(bytes));
  doc.getXmlFragment('body').insert(0, [new Y.XmlElement('paragraph')]);
  doc.getXmlFragment('body').delete(0, 1);
  const chronicle = new Chronicle();
  chronicle.apply(
    rows.map((bytes, index) => ({
      seq: index + 1,
      bytes,
      time: index,
      person: 'ada' as PersonId,
      operation: null,
    })),
  );
  const said = answerQuestion(chronicle, { kind: 'content', moment: { seq: 2 } });
  expect(said?.body).toEqual({ type: 'doc' });
});

test('of rows that were thinned when nothing was said yet of what they carried, it tells who wrote what, and goes on from there', () => {
  const story = newStory([alice, bob]);
  story.write(alice, p('Un jardin.'), p('Une remise.'));
  story.write(bob, p('Un grand jardin.'), p('Une remise.'));
  const thinned = story.write(bob, p('Un grand jardin.'), p('Une vieille remise.'));
  // Rows that stay: something goes, and comes back.
  story.write(bob, p('Un grand jardin.'));
  story.undo(bob);
  const last = story.chronicle.seq;
  const whole = answerQuestion(story.chronicle, { kind: 'authorship', moment: { seq: last } });
  const { rows } = story;
  const bytes = Y.mergeUpdates(rows.slice(0, thinned).map((row) => row.bytes));
  expect(carriedBeside(bytes)).toBeNull();
  const { time } = rows[thinned - 1]!;
  const chronicle = new Chronicle();
  chronicle.bind(story.bindings);
  chronicle.apply([{ seq: thinned, time, person: null, operation: 'thin', bytes }, ...rows.slice(thinned)]);
  const writers = (told: typeof whole) =>
    told?.runs.map(({ from, to, person, carried }) => [from, to, person, carried?.kind ?? null]);
  const now = { kind: 'authorship', moment: { seq: last } } as const;
  expect(writers(answerQuestion(chronicle, now))).toEqual(writers(whole));
  expect(writers(whole)?.some(([, , , kind]) => kind === 'restored')).toBe(true);
  // Packed and read again, as beside a log, it knows no more and no less.
  expect(answerQuestion(new Chronicle(chronicle.pack()), now)).toEqual(answerQuestion(chronicle, now));
});

/** How many of the signs that rows of some sessions brought are given to who first wrote them: of one alone, a single scrap counts for several percent. */
function rightShare(seed: number, sessions: number, edits: number, mergesShare: number): number {
  let [all, right] = [0, 0];
  for (let session = 0; session < sessions; session += 1) {
    const { rows, authors } = recordSession(newRandom(seed + session), edits, { mergesShare });
    const chronicle = new Chronicle();
    chronicle.apply(rows);
    for (const { bytes } of rows)
      for (const { client, clock, text } of readRow(bytes).texts)
        for (const [at, sign] of [...text].entries()) {
          if (!authors.has(sign)) continue;
          all += 1;
          if (chronicle.originOf({ client, clock: clock + at }).person === authors.get(sign)) right += 1;
        }
  }
  return right / all;
}

// Two letters are too little to tell what was moved from what was typed anew: what is left is such scraps.
test.each(seeds)('gives what was cut, moved, undone and redone to who first wrote it (seed %i)', (seed) => {
  const [sessions, edits] = long ? ([1, 2_000] as const) : ([6, 300] as const);
  expect(rightShare(seed, sessions, edits, 0)).toBeGreaterThan(0.98);
  expect(rightShare(seed, sessions, edits, 0.3)).toBeGreaterThan(0.95);
});

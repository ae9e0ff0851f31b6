import { beforeEach, describe, expect, test } from 'vitest';
import { answerQuestion } from '#server/history/chronicle/answerQuestion.ts';
import { Chronicle } from '#server/history/chronicle/Chronicle.ts';
import { readRow } from '#server/history/chronicle/readRow.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { newStory, type Story } from '../../../../support/newStory.ts';
import { newRandom } from '../../../../support/random.ts';
import { recordSession } from '../../../../support/recordedSession.ts';
import { h, p, showBody, table, text, ul } from '../../../shared/document/compare/showComparison.ts';

const alice = 'alice' as PersonId;
const bob = 'bob' as PersonId;
const long = process.env['CALEPIN_LONG'] === '1';

let story: Story;
beforeEach(() => {
  story = newStory([alice, bob]);
});

/** What the note would say without what somebody did in some rows, and what of later work that touches. */
function without(
  person: PersonId | null,
  fromSeq: number,
  toSeq = fromSeq,
): { lines: string[]; overlaps: string[] } {
  const plan = answerQuestion(story.chronicle, { kind: 'takeBack', fromSeq, toSeq, person });
  return {
    lines: (plan.after.body.content ?? []).flatMap((node) => showBody(node).split('\n')),
    overlaps: plan.overlaps.map(({ kind, text: words, person: who }) => `${kind}: ${words} (${who})`),
  };
}

describe('taking back', () => {
  test('what somebody wrote goes, what they removed comes back, and later work stays', () => {
    story.write(alice, p('Les jardins partagés.'), p('La remise.'));
    const from = story.write(bob, p('Les beaux jardins.'), p('La remise.'));
    const to = story.write(bob, p('Les beaux jardins.'), p('La remise.'), p('Merci à tous.'));
    story.write(alice, p('Les beaux jardins.'), p('La vieille remise.'), p('Merci à tous.'));
    expect(without(bob, from, to)).toEqual({
      lines: ['paragraph: Les jardins partagés.', 'paragraph: La vieille remise.'],
      overlaps: [],
    });
    // Of somebody who did nothing there: nothing.
    expect(without(alice, from, to).lines).toEqual([
      'paragraph: Les beaux jardins.',
      'paragraph: La vieille remise.',
      'paragraph: Merci à tous.',
    ]);
  });

  test('what others wrote beside it stays and is told', () => {
    story.write(alice, p('Le marché ouvre.'));
    const seq = story.write(bob, p('Le marché bio du quartier ouvre.'));
    story.write(alice, p('Le marché bio et local du quartier ouvre.'));
    const { lines, overlaps } = without(bob, seq);
    expect(lines).toEqual(['paragraph: Le marché et local ouvre.']);
    expect(overlaps).toEqual(['beside:  et local (alice)']);
  });

  test('a block in which others wrote since stays, with what was moved into it', () => {
    story.write(alice, p('Un jardin. Une remise.'));
    const seq = story.write(bob, p('Un jardin. '), p('Une remise.'));
    const cut = without(bob, seq);
    expect(cut).toEqual({ lines: ['paragraph: Un jardin. Une remise.'], overlaps: [] });
    story.write(alice, p('Un grand jardin. '), p('Une remise neuve.'));
    const { lines, overlaps } = without(bob, seq);
    expect(lines.join('|')).toContain('grand jardin');
    expect(lines.join('|')).toContain('remise neuve');
    // Nothing is there twice.
    expect(lines.join('|').match(/jardin/g)).toHaveLength(1);
    expect(lines.join('|').match(/remise/g)).toHaveLength(1);
    expect(overlaps.length).toBeGreaterThan(0);
  });

  test('what somebody removed and others put back does not come twice', () => {
    story.write(alice, p('Un'), p('Une phrase que voici.'));
    const seq = story.write(bob, p('Un'));
    story.write(alice, p('Un'), p('Une phrase que voici.'));
    expect(without(bob, seq).lines).toEqual(['paragraph: Un', 'paragraph: Une phrase que voici.']);
  });

  test('attributes, formatting and shapes go back to what they were', () => {
    const title = h(1, 'Règles');
    story.write(alice, title, p('L’eau est un bien commun.'), ul('Semer', 'Récolter'));
    const from = story.write(bob, h(2, 'Règles'), p('L’eau est un bien commun.'), ul('Semer', 'Récolter'));
    story.write(
      bob,
      h(2, 'Règles'),
      p([text('L’eau est un '), text('bien commun', 'bold'), text('.')]),
      ul('Semer', 'Récolter'),
    );
    const to = story.write(
      bob,
      h(2, 'Règles'),
      p([text('L’eau est un '), text('bien commun', 'bold'), text('.')]),
      ul('Semer', 'Arroser', 'Récolter'),
    );
    const plan = answerQuestion(story.chronicle, { kind: 'takeBack', fromSeq: from, toSeq: to, person: bob });
    expect(plan.after.body).toEqual({
      type: 'doc',
      content: [
        { ...title, attrs: { level: 1, numbered: true } },
        p('L’eau est un bien commun.'),
        ul('Semer', 'Récolter'),
      ],
    });
  });

  test('what others only moved since goes all the same, with the block that they made for it', () => {
    story.write(alice, p('Un jardin.'));
    const seq = story.write(bob, p('Un jardin.'), p('Le marché ouvre le samedi matin.'));
    // Alice cuts it in two, and makes a list of the end.
    story.write(alice, p('Un jardin.'), p('Le marché ouvre '), p('le samedi matin.'));
    story.write(alice, p('Un jardin.'), p('Le marché ouvre '), ul('le samedi matin.'));
    expect(without(bob, seq)).toEqual({ lines: ['paragraph: Un jardin.'], overlaps: [] });
    // What she writes in it is hers, and stays where it is.
    story.write(alice, p('Un jardin.'), p('Le marché ouvre '), ul('le samedi matin. Apportez des paniers.'));
    expect(without(bob, seq).lines.join('|')).toMatch(/^paragraph: Un jardin\.\|.*Apportez des paniers/);
    expect(without(bob, seq).lines.join('|')).not.toContain('marché');
  });

  test('what was removed comes back where what stood beside it is now', () => {
    story.write(alice, p('Les grands jardins partagés du quartier.'));
    const seq = story.write(bob, p('Les jardins du quartier.'));
    story.write(alice, ul('Les jardins du quartier.'));
    expect(without(bob, seq).lines.join('|')).toContain('Les grands jardins partagés du quartier.');
    // Not where others removed the whole since.
    story.write(alice, p('Autre chose.'));
    expect(without(bob, seq).lines).toEqual(['paragraph: Autre chose.']);
  });

  test('what others wrote in a block stays, whatever its maker did with the block since', () => {
    story.write(alice, p('Un jardin.'));
    const from = story.write(bob, p('Un jardin.'), p('Une remise.'));
    story.write(alice, p('Un jardin.'), p('Une remise. Elle ferme le soir.'));
    const moved = story.write(bob, p('Un jardin.'), ul('Une remise. Elle ferme le soir.'));
    expect(without(bob, from, moved).lines.join('|')).toContain('Elle ferme le soir');
    const removed = story.write(bob, p('Un jardin.'));
    const { lines, overlaps } = without(bob, from, removed);
    expect(lines.join('|')).toContain('Elle ferme le soir');
    expect(lines.join('|')).not.toContain('remise');
    expect(overlaps.join('|')).toContain('Elle ferme le soir');
  });

  test('what others removed since stays removed, though it had been moved before', () => {
    story.write(alice, p('Un jardin.'), p('Une vieille remise.'));
    const seq = story.write(bob, p('Un jardin.'), ul('Une vieille remise.'));
    story.write(alice, p('Un jardin.'));
    expect(without(bob, seq).lines).toEqual(['paragraph: Un jardin.']);
  });

  test('what others removed, and somebody put back, is gone again without that', () => {
    story.write(bob, p('Un jardin.'), p('Une vieille remise.'));
    story.write(alice, p('Un jardin.'));
    const seq = story.write(bob, p('Un jardin.'), p('Une vieille remise.'));
    expect(without(bob, seq).lines).toEqual(['paragraph: Un jardin.']);
  });

  test('a block that is kept keeps its kind, and what was moved into it its formatting', () => {
    story.write(alice, p([text('Les '), text('règles', 'bold'), text(' du jardin')]));
    const seq = story.write(bob, {
      type: 'heading',
      attrs: { level: 3 },
      content: [text('Les '), text('règles', 'bold'), text(' du jardin')],
    });
    const after = {
      type: 'heading',
      attrs: { level: 3 },
      content: [text('Les '), text('règles', 'bold'), text(' du jardin partagé')],
    };
    story.write(alice, after);
    const plan = answerQuestion(story.chronicle, {
      kind: 'takeBack',
      fromSeq: seq,
      toSeq: seq,
      person: bob,
    });
    expect(plan.overlaps).toMatchObject([{ kind: 'kept', text: ' partagé' }]);
    expect(plan.after.body.content?.[0]).toMatchObject(after);
  });

  test('a table that others filled in stays whole', () => {
    story.write(alice, p('Semis'));
    const seq = story.write(bob, p('Semis'), table(['a', 'b'], ['c', 'd']));
    story.write(alice, p('Semis'), table(['a', 'b'], ['c', 'd et juin']));
    const { lines, overlaps } = without(bob, seq);
    expect(lines.filter((line) => line.includes('tableCell'))).toHaveLength(4);
    expect(lines.join('|')).toContain('et juin');
    expect(overlaps).toEqual(['kept:  et juin (alice)']);
  });
});

/** Every letter of a body, in order of code. */
function lettersOf(body: BodyNode): string {
  let all = '';
  const walk = (node: BodyNode): void => {
    all += node.text ?? '';
    (node.content ?? []).forEach(walk);
  };
  walk(body);
  return [...all.replaceAll(' ', '')].sort().join('');
}

const seeds = long ? [1, 2, 3, 4, 5] : [1 + Math.floor(Math.random() * 1_000_000)];
test.each(seeds)(
  'takes back exactly what one person wrote and removed, whatever others did since (seed %i)',
  (seed) => {
    const random = newRandom(seed);
    // Writing and removing alone: what each did to each sign is then in the rows, and nowhere else.
    const { rows } = recordSession(random, long ? 3_000 : 400, { mergesShare: 0, shapes: false });
    const chronicle = new Chronicle();
    chronicle.apply(rows);
    for (let round = 0; round < 10; round += 1) {
      const fromSeq = 2 + random.int(rows.length - 2);
      const toSeq = Math.min(rows.length, fromSeq + random.int(rows.length));
      const person = random.chance(0.3) ? null : rows[random.int(rows.length)]!.person;
      const isTaken = (seq: number): boolean =>
        seq >= fromSeq && seq <= toSeq && (person === null || rows[seq - 1]?.person === person);
      const stands = new Map<string, string>();
      const removers = new Map<string, number>();
      for (const { seq, bytes } of rows) {
        const { texts, removed } = readRow(bytes);
        for (const { client, clock, text: words } of texts)
          if (!isTaken(seq)) [...words].forEach((sign, at) => stands.set(`${client}:${clock + at}`, sign));
        for (const { client, start, end } of removed)
          for (let clock = start; clock < end; clock += 1) {
            const key = `${client}:${clock}`;
            if (!removers.has(key)) removers.set(key, seq);
          }
      }
      const expected = [...stands].filter(([key]) => {
        const seq = removers.get(key);
        return seq === undefined || isTaken(seq);
      });
      const plan = answerQuestion(chronicle, { kind: 'takeBack', fromSeq, toSeq, person });
      const said = lettersOf({
        type: 'doc',
        content: [...(plan.after.body.content ?? []), { type: 'text', text: plan.after.title }],
      });
      expect({ fromSeq, toSeq, person, said }).toEqual({
        fromSeq,
        toSeq,
        person,
        said: [
          ...expected
            .map(([, sign]) => sign)
            .join('')
            .replaceAll(' ', ''),
        ]
          .sort()
          .join(''),
      });
    }
  },
);

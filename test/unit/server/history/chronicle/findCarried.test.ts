import { beforeEach, describe, expect, test } from 'vitest';
import { authorshipAt } from '#server/history/chronicle/authorshipAt.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { newStory, type Story } from '../../../../support/newStory.ts';
import { p, text, ul } from '../../../shared/document/compare/showComparison.ts';

const alice = 'alice' as PersonId;
const bob = 'bob' as PersonId;

let story: Story;
beforeEach(() => {
  story = newStory([alice, bob]);
});
const write = (person: PersonId, ...blocks: BodyNode[]): number => story.write(person, ...blocks);

/** Each stretch of the body with who wrote it, and how it came where it stands. */
function origins(): string[] {
  const { chronicle } = story;
  const { title, runs } = authorshipAt(chronicle, chronicle.seq);
  const { body } = chronicle.noteAt(chronicle.seq);
  let all = '';
  const walk = (node: typeof body): void => {
    if (node.text !== null) all += node.text;
    else {
      all += '\n';
      node.content.forEach(walk);
      all += '\n';
    }
  };
  body.content.forEach(walk);
  expect(title).toEqual([]);
  return runs.map(
    ({ from, to, person, carried }) =>
      `${all.slice(from, to)}: ${person}${carried ? ` (${carried.kind} by ${carried.person})` : ''}`,
  );
}

describe('text that is carried keeps its author', () => {
  test('a paragraph that is cut, down to its last letter', () => {
    write(alice, p('Les jardins partagés'));
    write(bob, p('Les jardins partagé'), p('s'));
    expect(origins()).toEqual(['Les jardins partagé: alice', 's: alice (moved by bob)']);
  });

  test('paragraphs that are joined, of several authors', () => {
    write(alice, p('Un jardin. '), p('La remise'));
    write(bob, p('Un jardin. '), p('La vieille remise'));
    write(bob, p('Un jardin. La vieille remise'));
    expect(origins()).toEqual([
      'Un jardin. : alice (moved by bob)',
      'La: alice',
      ' vieille: bob',
      ' remise: alice',
    ]);
  });

  test('an item that is indented', () => {
    write(alice, ul('Semer', 'Arroser', 'Récolter'));
    write(bob, ul([p('Semer'), ul('Arroser')], 'Récolter'));
    expect(origins()).toEqual(['Semer: alice', 'Arroser: alice (moved by bob)', 'Récolter: alice']);
  });

  test('a phrase of which some words are put in bold and others changed', () => {
    write(alice, p('Le samedi viennent une trentaine de familles du quartier.'));
    write(
      bob,
      p([text('Le samedi viennent une quarantaine de '), text('familles', 'bold'), text(' du quartier.')]),
    );
    // Letters that the editor leaves where they are stay their author's.
    expect(origins().filter((line) => line.endsWith(': bob'))).toEqual(['quara: bob']);
  });

  test('undo of a removed phrase, and of a removed paragraph', () => {
    write(alice, p('Les jardins, partagés, du quartier'), p('La remise'));
    write(bob, p('Les jardins du quartier'), p('La remise'));
    story.undo(bob);
    expect(origins()).toEqual([
      'Les jardins: alice',
      ', partagés,: alice (restored by bob)',
      ' du quartier: alice',
      'La remise: alice',
    ]);
    write(bob, p('Les jardins, partagés, du quartier'));
    story.undo(bob);
    expect(origins().at(-1)).toBe('La remise: alice (restored by bob)');
  });

  test('a paragraph that is cut out in one act and pasted in another', () => {
    write(alice, p('Un'), p('Une phrase que voici.'), p('Trois'));
    write(bob, p('Un'), p('Trois'));
    write(bob, p('Un'), p('Trois'), p('Une phrase que voici.'));
    expect(origins()).toEqual([
      'Un: alice',
      'Trois: alice',
      'Une phrase que voici.: alice (restored by bob)',
    ]);
  });
});

describe('what is new is of whoever wrote it', () => {
  test('another word typed over a removed one that begins alike', () => {
    write(alice, p('le chat dort'));
    write(bob, p('le  dort'));
    story.type(bob, 3, 'chien');
    expect(origins()).toEqual(['le : alice', 'chien: bob', ' dort: alice']);
  });

  test('letters that stand elsewhere in what was removed', () => {
    write(alice, p('une maison et un jardin'));
    write(bob, p('une cabane'));
    expect(origins()).toEqual(['une : alice', 'cabane: bob']);
  });
});

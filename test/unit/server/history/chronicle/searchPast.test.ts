import { beforeEach, expect, test } from 'vitest';
import { searchPast } from '#server/history/chronicle/searchPast.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { newStory, type Story } from '../../../../support/newStory.ts';
import { p } from '../../../shared/document/compare/showComparison.ts';

const alice = 'alice' as PersonId;
const bob = 'bob' as PersonId;

let story: Story;
beforeEach(() => {
  story = newStory([alice, bob]);
});
const found = (text: string) =>
  searchPast(story.chronicle, text, 50).map(({ text: said, fromSeq, goneSeq, author }) => [
    said,
    fromSeq,
    goneSeq,
    author,
  ]);

test('finds a passage that is gone, with when it came, when it went and who wrote it', () => {
  story.write(alice, p('Le marché'));
  const came = story.type(bob, 9, ' de Noël');
  const went = story.write(alice, p('Le marché'));
  story.write(bob, p('Le marché de printemps'));
  expect(found('NOEL')).toEqual([['Noël', came, went, bob]]);
  const [passage] = searchPast(story.chronicle, 'noël', 50);
  expect([passage?.before, passage?.after]).toEqual(['Le marché de ', '']);
});

test('finds letters that came one between the others, and not those that never stood beside each other', () => {
  story.write(alice, p('ac'));
  const came = story.type(bob, 1, 'b');
  expect(found('abc')).toEqual([['abc', came, null, alice]]);
  story.write(alice, p('abxc'));
  const again = story.write(bob, p('abxyc'));
  expect(found('abc')).toEqual([['abc', came, came + 1, alice]]);
  expect(found('xyc')).toEqual([['xyc', again, null, alice]]);
  expect(found('xc')).toEqual([['xc', again - 1, again, alice]]);
  expect(found('acb')).toEqual([]);
});

test('tells a passage that was only moved as one', () => {
  const came = story.write(alice, p('Un'), p('Une phrase que voici.'), p('Trois'));
  story.write(bob, p('Une phrase que voici.'), p('Un'), p('Trois'));
  const went = story.write(bob, p('Un'), p('Trois'));
  expect(found('phrase que')).toEqual([['phrase que', came, went, alice]]);
});

test('finds what stands in a block that was removed whole', () => {
  const came = story.write(alice, p('Un'), p('Une phrase.'));
  const went = story.write(bob, p('Un'));
  expect(found('une phrase')).toEqual([['Une phrase', came, went, alice]]);
});

test('apostrophes and spaces of all kinds are one: nobody types them in a search', () => {
  const came = story.write(alice, p('Près de l’étang : deux bancs.'));
  expect(found("l'etang : deux")).toEqual([['l’étang\u00a0: deux', came, null, alice]]);
});

import { describe, expect, test } from 'vitest';
import { blockPlaces } from '#shared/document/compare/blockPlaces.ts';
import { putBack } from '#shared/document/compare/putBack.ts';
import { type TracedNode, untraced } from '#shared/document/compare/TracedNode.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { bodyToProseMirror } from '#shared/document/writeContent.ts';
import { corpus } from './corpus.ts';
import { h, p, showBody, table, text, ul } from './showComparison.ts';

const doc = (content: readonly BodyNode[]): TracedNode => untraced({ type: 'doc', content });
const textsOf = (node: TracedNode): string[] =>
  node.text === null ? node.content.flatMap(textsOf) : [node.text];
const textOf = (node: TracedNode): string => textsOf(node).join('');

/** The block of the earlier body that says this, put back in the later one: its lines. */
function back(
  words: string,
  before: readonly BodyNode[],
  after: readonly BodyNode[],
  type?: string,
): string[] {
  const body = doc(before);
  const [, at] = [...blockPlaces(body)].find(
    ([node]) => textOf(node) === words && (type === undefined || node.type === type),
  ) ?? [null, -1];
  return (putBack(body, doc(after), at)?.content ?? []).flatMap((node) => showBody(node).split('\n'));
}

describe('putting a passage back', () => {
  test('a block that is gone stands again between its neighbours, and all else is as it is now', () => {
    const [one, two, three] = ['Un jardin pour tout le monde.', 'Une remise.', 'Trois bancs au soleil.'];
    const now = [p(one.replace('jardin', 'grand jardin')), p(three), p('Quatre arbres.')];
    expect(back(two, [p(one), p(two), p(three)], now)).toEqual([
      'paragraph: Un grand jardin pour tout le monde.',
      'paragraph: Une remise.',
      'paragraph: Trois bancs au soleil.',
      'paragraph: Quatre arbres.',
    ]);
  });

  test('a block that was changed says what it said, in the shape and the formatting that it had', () => {
    const before = [h(2, 'Les outils'), p([text('Une '), text('pelle', 'bold'), text('.')])];
    const after = [h(3, 'Les outils rangés'), p('Une pelle et un râteau.')];
    expect(back('Les outils', before, after)).toEqual([
      'heading: Les outils',
      'paragraph: Une pelle et un râteau.',
    ]);
    const body = doc(before);
    const [last] = [...blockPlaces(body)].at(-1)!;
    expect(putBack(body, doc(after), blockPlaces(body).get(last)!)?.content?.[1]).toEqual(before[1]);
  });

  test('paragraphs that were joined are two again, and one that was cut is one', () => {
    const [one, two] = ['La remise ferme à six heures le soir.', 'Les clés sont chez la voisine du second.'];
    expect(back(one, [p(one), p(two)], [p(`${one} ${two}`)])).toEqual([
      `paragraph: ${one}`,
      `paragraph: ${two}`,
    ]);
    expect(back(`${one} ${two}`, [p(`${one} ${two}`)], [p(one), p(two)])).toEqual([
      `paragraph: ${one} ${two}`,
    ]);
  });

  test('an item comes back in its list, and of a list that is gone alone, or with the others when the list is wanted', () => {
    expect(back('Seau', [ul('Corde', 'Seau')], [ul('Corde neuve')], 'listItem')).toEqual([
      'bulletList',
      '  listItem',
      '    paragraph: Corde neuve',
      '  listItem',
      '    paragraph: Seau',
    ]);
    const gone = [p('Avant.'), ul('Corde', 'Seau')];
    expect(back('Seau', gone, [p('Avant.')], 'listItem')).toEqual([
      'paragraph: Avant.',
      'bulletList',
      '  listItem',
      '    paragraph: Seau',
    ]);
    expect(back('CordeSeau', gone, [p('Avant.')])).toHaveLength(6);
  });

  test('what moved is put right where it is now', () => {
    const words = 'Les outils sont rangés dans la remise et nettoyés chaque samedi.';
    const others = [p('Les jardins du quartier.'), p('Une parcelle par famille.')];
    const now = words.replace('remise', 'cabane');
    expect(back(words, [p(words), ...others], [...others, p(now)])).toEqual([
      'paragraph: Les jardins du quartier.',
      'paragraph: Une parcelle par famille.',
      `paragraph: ${words}`,
    ]);
  });

  test('a cell says what it said; a table that lost a row comes back whole', () => {
    const before = [table(['Lundi', 'Awa'], ['Mardi', 'Luc'])];
    expect(back('Awa', before, [table(['Lundi', 'Rose'], ['Mardi', 'Léa'])], 'paragraph').join('|')).toMatch(
      /Lundi.*Awa.*Mardi.*Léa/,
    );
    expect(back('Luc', before, [table(['Lundi', 'Rose'])], 'paragraph').join('|')).toMatch(
      /Lundi.*Awa.*Mardi.*Luc/,
    );
  });

  test('of each edit of the corpus, each block is put back whole, in a body of the schema, and a second time changes nothing', () => {
    for (const { name, before, after } of corpus) {
      const body = doc(before);
      const places = blockPlaces(body);
      for (const node of body.content) {
        const at = places.get(node)!;
        const put = putBack(body, doc(after), at);
        const said = JSON.stringify(put);
        for (const words of textsOf(node).flatMap((one) => one.split(/\s+/)))
          expect([name, said.includes(words)]).toEqual([name, true]);
        expect(() => bodyToProseMirror(put!), name).not.toThrow();
        expect([name, putBack(body, doc(put!.content ?? []), at)]).toEqual([name, put]);
      }
    }
  });

  test('where no block begins there is none to put back', () => {
    expect(putBack(doc([p('Un.')]), doc([p('Deux.')]), 2)).toBeNull();
  });
});

import { describe, expect, test } from 'vitest';
import { sidesOf } from '#shared/document/compare/sidesOf.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { corpus } from './corpus.ts';
import { compareBodies, h, p, showBody, text, ul } from './showComparison.ts';

const rowsOf = (before: readonly BodyNode[], after: readonly BodyNode[]): string[][] =>
  sidesOf(compareBodies(before, after).body).map((row) =>
    [row.before, row.after].map((nodes) => nodes.map((node) => showBody(node)).join(' | ')),
  );

/** What a body says, line by line, without any mark of a comparison. */
function plain(nodes: readonly BodyNode[]): string[] {
  return nodes.flatMap((node): string[] => {
    const content = node.content ?? [];
    if (!content.some((child) => child.text !== undefined))
      return content.length === 0 ? [node.type] : plain(content);
    const words = content.map((child) =>
      child.text === '¶' && (child.marks ?? []).some(({ type }) => ['added', 'removed'].includes(type))
        ? ''
        : (child.text ?? `<${child.type}>`),
    );
    return [words.join('')];
  });
}

describe('two moments side by side', () => {
  test('blocks stand beside what became of them; each side has its own words, marked', () => {
    const [one, two] = ['Le comité se réunit le mardi soir.', 'Les outils sont dans la remise.'];
    expect(
      rowsOf([p(one), p(two)], [p(one.replace('mardi', 'jeudi')), p('Venez nombreux.'), p(two)]),
    ).toEqual([
      [
        'paragraph: Le comité se réunit le {-mardi-} soir.',
        'paragraph: Le comité se réunit le {+jeudi+} soir.',
      ],
      ['', 'paragraph [added]: {+Venez nombreux.+}'],
      [`paragraph: ${two}`, `paragraph: ${two}`],
    ]);
  });

  test('a block that was cut is one before and two after, and the other way round', () => {
    const [one, two] = ['La remise ferme à six heures.', 'Les clés sont chez la voisine.'];
    const whole = `${one} ${two}`;
    expect(
      sidesOf(compareBodies([p(whole)], [p(one), p(two)]).body).map(({ before }) => plain(before)),
    ).toEqual([[whole], []]);
    expect(
      sidesOf(compareBodies([p(one), p(two)], [p(whole)]).body).map(({ after }) => plain(after)),
    ).toEqual([[whole]]);
  });

  test('a heading has the level that it had, and words the formatting', () => {
    const [row] = sidesOf(compareBodies([h(1, 'Les outils')], [h(3, 'Les outils')]).body);
    expect([row?.before[0]?.attrs?.['level'], row?.after[0]?.attrs?.['level']]).toEqual([1, 3]);
    const [marked] = sidesOf(
      compareBodies([p([text('Une '), text('pelle', 'italic')])], [p([text('Une '), text('pelle', 'bold')])])
        .body,
    );
    const marks = (nodes: readonly BodyNode[] | undefined): string[] =>
      (nodes?.[0]?.content?.at(-1)?.marks ?? []).map(({ type }) => type).toSorted();
    expect([marks(marked?.before), marks(marked?.after)]).toEqual([
      ['formatted', 'italic'],
      ['bold', 'formatted'],
    ]);
  });

  test('a block that moved stands where it was on one side, and where it is on the other', () => {
    const [one, two, three] = [
      'Les jardins accueillent trente familles.',
      'Chaque parcelle a deux personnes.',
      'Les outils sont rangés dans la remise.',
    ];
    const sides = sidesOf(compareBodies([p(one), p(two), p(three)], [p(two), p(three), p(one)]).body);
    expect(plain(sides.flatMap(({ before }) => before))).toEqual([one, two, three]);
    expect(plain(sides.flatMap(({ after }) => after))).toEqual([two, three, one]);
  });

  test('of each edit of the corpus, the sides say what the two moments said, in their order', () => {
    for (const { name, before, after } of corpus) {
      const sides = sidesOf(compareBodies(before, after).body);
      expect([name, plain(sides.flatMap((row) => row.before)).toSorted()]).toEqual([
        name,
        plain(before).toSorted(),
      ]);
      expect([name, plain(sides.flatMap((row) => row.after))]).toEqual([name, plain(after)]);
    }
  });

  test('an item that was added leaves no trace on the side of before', () => {
    const [row] = sidesOf(compareBodies([ul('Corde', 'Seau')], [ul('Corde', 'Pelle', 'Seau')]).body);
    expect([plain(row?.before ?? []), plain(row?.after ?? [])]).toEqual([
      ['Corde', 'Seau'],
      ['Corde', 'Pelle', 'Seau'],
    ]);
  });
});

import { expect, test } from 'vitest';
import { changedPassages } from '#shared/document/compare/changedPassages.ts';
import { compareBodies, h, image, p, table, text, ul } from './showComparison.ts';

/** How many places a person would say were changed. */
const count = (...bodies: Parameters<typeof compareBodies>): number =>
  changedPassages(compareBodies(...bodies)).length;

test('several words of one paragraph are one passage, several paragraphs as many', () => {
  const before = [p('Le comité se réunit le mardi à dix heures.'), p('Chacun apporte un plat.')];
  expect(count(before, [p('Le conseil se réunit le jeudi à dix heures.'), before[1]!])).toBe(1);
  expect(
    count(before, [p('Le conseil se réunit le jeudi à dix heures.'), p('Chacune apporte un plat.')]),
  ).toBe(2);
  expect(count(before, before)).toBe(0);
});

test('blocks added one after the other are one passage, and so is what was removed in one piece', () => {
  const [first, last] = [p('Le début de la note.'), p('Et voilà sa fin.')];
  const section = [h(2, 'Matériel'), p('Des bêches et des râteaux.'), ul('Un seau', 'Une corde')];
  expect(count([first, last], [first, ...section, last])).toBe(1);
  expect(count([first, ...section, last], [first, last])).toBe(1);
  expect(count([last], [p('Avant.'), last, p('Après.')])).toBe(2);
});

test('each cell and each line of a list is a passage of its own', () => {
  expect(
    count(
      [table(['Lundi', 'Mardi'], ['Semis', 'Taille'])],
      [table(['Lundi', 'Mercredi'], ['Semis', 'Récolte'])],
    ),
  ).toBe(2);
  expect(count([ul('Des tomates', 'Des courges')], [ul('Des tomates rouges', 'Des courges vertes')])).toBe(2);
});

test('a change of shape is a passage: a heading made smaller, words in bold, another picture', () => {
  expect(count([h(1, 'Matériel')], [h(2, 'Matériel')])).toBe(1);
  expect(count([p('Des bêches.')], [p([text('Des '), text('bêches', 'bold'), text('.')])])).toBe(1);
  expect(count([image('a', 'Un plan')], [image('a', 'Le plan du jardin')])).toBe(1);
});

test('who changed something in a passage is told with it, and the number of its first change', () => {
  const mark = (type: string, person: string | null, number: number) => ({
    type: 'text',
    text: 'mot',
    marks: [{ type, attrs: { person, number } }],
  });
  const body = {
    type: 'doc',
    content: [
      p([text('Rien ici.')]),
      p([mark('removed', 'alice', 2), mark('added', 'bob', 2), text(' puis '), mark('added', 'alice', 3)]),
      {
        type: 'bulletList',
        attrs: { change: { kind: 'added', person: 'bob', number: 4 } },
        content: [{ type: 'listItem', content: [p([mark('added', 'carole', 4)])] }],
      },
      {
        type: 'heading',
        attrs: { level: 2, change: { kind: 'changed', person: null, number: 5 } },
        content: [text('Titre')],
      },
    ],
  };
  const title = [{ text: 'Titre', change: 'added', person: 'alice' }] as const;
  const fields = [
    {
      field: 'definition',
      parts: [
        { text: 'Un mot', change: 'same', person: null },
        { text: ' juste', change: 'added', person: 'carole' },
      ],
      at: 1,
      number: 6,
    },
  ] as const;
  expect(changedPassages({ title, fields, body })).toEqual([
    { people: new Set(['alice']), number: 1 },
    { people: new Set(['carole']), number: 6 },
    { people: new Set(['alice', 'bob']), number: 2 },
    { people: new Set(['bob', 'carole']), number: 4 },
    { people: new Set([null]), number: 5 },
  ]);
});

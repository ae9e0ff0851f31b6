import { describe, expect, it } from 'vitest';
import { compareBodies, h, image, p, table, text, ul } from './showComparison.ts';

const intro = p('Les jardins partagés du quartier accueillent chaque samedi une trentaine de familles.');
const rules = p('Chaque parcelle est entretenue par deux personnes qui se relaient pendant tout l’été.');
const water = p('L’arrosage se fait tôt le matin, avec l’eau de pluie recueillie dans les barils.');
const tools = p('Les outils sont rangés dans la remise et nettoyés après chaque utilisation.');

describe('compareNotes', () => {
  it('finds no change between a note and itself', () => {
    const body = [h(1, 'Jardins'), intro, ul('un', 'deux'), table(['a', 'b'], ['c', 'd'])];
    const { lines, changeCount, summary } = compareBodies(body, body);
    expect({ changeCount, summary, marked: lines.filter((line) => /[[{]/.test(line)) }).toEqual({
      changeCount: 0,
      summary: [],
      marked: [],
    });
  });

  it('tells a replaced word as one word removed and one added', () => {
    const after = p(
      'Les jardins partagés du quartier accueillent chaque dimanche une trentaine de familles.',
    );
    const { lines, changeCount, summary } = compareBodies([intro, rules], [after, rules]);
    expect(lines[0]).toBe(
      'paragraph: Les jardins partagés du quartier accueillent chaque {-samedi-}{+dimanche+} une trentaine de familles.',
    );
    expect(changeCount).toBe(1);
    expect(summary).toEqual([{ person: null, added: 1, removed: 1 }]);
  });

  it('keeps an inclusive form in one piece', () => {
    const { lines } = compareBodies(
      [p('Un mot des auteurs du carnet.')],
      [p('Un mot des auteur·trice·s du carnet.')],
    );
    expect(lines).toEqual(['paragraph: Un mot des {-auteurs-}{+auteur·trice·s+} du carnet.']);
  });

  it('shows a rewritten phrase in one piece', () => {
    const { lines } = compareBodies(
      [p('La réunion aura lieu mardi soir à la bibliothèque du quartier, près du parc.')],
      [p('La réunion aura lieu jeudi matin à la bibliothèque du quartier, près du parc.')],
    );
    expect(lines).toEqual([
      'paragraph: La réunion aura lieu {-mardi soir-}{+jeudi matin+} à la bibliothèque du quartier, près du parc.',
    ]);
  });

  it('says where a sentence was added, not one sign before', () => {
    const { lines } = compareBodies(
      [p('Le samedi, on jardine. Le dimanche, on cuisine.')],
      [p('Le samedi, on jardine. Le soir, on danse. Le dimanche, on cuisine. Merci.')],
    );
    expect(lines).toEqual([
      'paragraph: Le samedi, on jardine.{+ Le soir, on danse.+} Le dimanche, on cuisine.{+ Merci.+}',
    ]);
  });

  it('tells a split paragraph as a break added, not as text rewritten', () => {
    const whole = p(
      'Chaque parcelle est entretenue par deux personnes. L’arrosage se fait tôt le matin avec l’eau de pluie.',
    );
    const { lines, changeCount } = compareBodies(
      [intro, whole, tools],
      [
        intro,
        p('Chaque parcelle est entretenue par deux personnes. '),
        p('L’arrosage se fait tôt le matin avec l’eau de pluie.'),
        tools,
      ],
    );
    expect(lines.slice(1, 3)).toEqual([
      'paragraph: Chaque parcelle est entretenue par deux personnes. {+¶+}',
      'paragraph: L’arrosage se fait tôt le matin avec l’eau de pluie.',
    ]);
    expect(changeCount).toBe(1);
  });

  it('tells joined paragraphs as a break removed', () => {
    const one = 'Chaque parcelle est entretenue par deux personnes. ';
    const two = 'L’arrosage se fait tôt le matin avec l’eau de pluie.';
    const { lines } = compareBodies([intro, p(one), p(two), tools], [intro, p(one + two), tools]);
    expect(lines.slice(1, -1)).toEqual([`paragraph: ${one}{-¶-}${two}`]);
  });

  it('tells a moved paragraph as moved, and leaves the others alone', () => {
    const { lines, changeCount } = compareBodies([intro, rules, water, tools], [rules, water, tools, intro]);
    expect(lines.map((line) => line.slice(0, 20))).toEqual([
      'paragraph: Chaque pa',
      'paragraph: L’arrosag',
      'paragraph: Les outil',
      'paragraph [moved]: L',
    ]);
    expect(changeCount).toBe(1);
  });

  it('is not misled by a moved paragraph among paragraphs that all changed a little', () => {
    const edited = (node: typeof intro) => p(`${node.content?.[0]?.text ?? ''} Merci.`);
    const { lines } = compareBodies(
      [intro, rules, water, tools],
      [edited(rules), edited(water), edited(tools), intro],
    );
    expect(lines.map((line) => [line.slice(0, 17), line.endsWith('{+ Merci.+}')])).toEqual([
      ['paragraph: Chaque', true],
      ['paragraph: L’arro', true],
      ['paragraph: Les ou', true],
      ['paragraph [moved]', false],
    ]);
  });

  it('shows what was edited in a paragraph that moved', () => {
    const moved = p(
      'Les jardins partagés du quartier accueillent chaque dimanche une trentaine de familles.',
    );
    const { lines } = compareBodies([intro, rules, water, tools], [rules, water, tools, moved]);
    expect(lines.at(-1)).toBe(
      'paragraph [moved]: Les jardins partagés du quartier accueillent chaque {-samedi-}{+dimanche+} une trentaine de familles.',
    );
  });

  it('tells a heading of another level, and a paragraph made a heading, as changed', () => {
    const { lines, changeCount } = compareBodies(
      [h(1, 'Règles du jardin'), rules, p('Les outils de la remise'), tools],
      [h(2, 'Règles du jardin'), rules, h(2, 'Les outils de la remise'), tools],
    );
    expect([lines[0], lines[2], changeCount]).toEqual([
      'heading [changed]: Règles du jardin',
      'heading [changed]: Les outils de la remise',
      2,
    ]);
  });

  it('tells an indented list item as moved into the list above', () => {
    const { lines, changeCount } = compareBodies(
      [ul('Semer les tomates', 'Arroser chaque matin', 'Récolter en août')],
      [ul([p('Semer les tomates'), ul('Arroser chaque matin')], 'Récolter en août')],
    );
    expect(lines).toEqual([
      'bulletList',
      '  listItem',
      '    paragraph: Semer les tomates',
      '    bulletList',
      '      listItem [moved]',
      '        paragraph: Arroser chaque matin',
      '  listItem',
      '    paragraph: Récolter en août',
    ]);
    expect(changeCount).toBe(1);
  });

  it('tells paragraphs made into a list as one change of shape', () => {
    const lines = [
      'Semer les tomates en pot',
      'Arroser chaque matin avant huit heures',
      'Récolter à la fin du mois d’août',
    ];
    const result = compareBodies([intro, ...lines.map(p), tools], [intro, ul(...lines), tools]);
    expect(result.lines[1]).toBe('bulletList [changed]');
    expect(result.lines.filter((line) => /\[(added|removed|moved)\]|\{/.test(line))).toEqual([]);
  });

  it('tells an item added to a list', () => {
    const { lines } = compareBodies([ul('Semer', 'Récolter')], [ul('Semer', 'Arroser souvent', 'Récolter')]);
    expect(lines.slice(3, 5)).toEqual(['  listItem [added]', '    paragraph: {+Arroser souvent+}']);
  });

  it('tells a row added to a table', () => {
    const before = [
      ['Légume', 'Semis'],
      ['Tomate', 'mars'],
      ['Courge', 'mai'],
    ];
    const { lines, changeCount } = compareBodies(
      [table(...before)],
      [table(before[0]!, before[1]!, ['Haricot', 'juin'], before[2]!)],
    );
    expect(lines.filter((line) => line.startsWith('  tableRow'))).toEqual([
      '  tableRow',
      '  tableRow',
      '  tableRow [added]',
      '  tableRow',
    ]);
    expect(changeCount).toBe(1);
  });

  it('tells a column added to a table in each row, and nothing else', () => {
    const { lines } = compareBodies(
      [table(['Légume', 'Récolte'], ['Tomate', 'août'], ['Courge', 'octobre'])],
      [table(['Légume', 'Semis', 'Récolte'], ['Tomate', 'mars', 'août'], ['Courge', 'mai', 'octobre'])],
    );
    expect(lines.filter((line) => /[[{]/.test(line))).toEqual([
      '    tableCell [added]',
      '      paragraph: {+Semis+}',
      '    tableCell [added]',
      '      paragraph: {+mars+}',
      '    tableCell [added]',
      '      paragraph: {+mai+}',
    ]);
  });

  it('tells a changed cell inside its cell', () => {
    const { lines } = compareBodies(
      [table(['Légume', 'Semis'], ['Tomate', 'en mars'], ['Courge', 'mai'])],
      [table(['Légume', 'Semis'], ['Tomate', 'en avril'], ['Courge', 'mai'])],
    );
    expect(lines.filter((line) => /[[{]/.test(line))).toEqual(['      paragraph: en {-mars-}{+avril+}']);
  });

  it('tells words put in bold as formatted', () => {
    const { lines, changeCount } = compareBodies(
      [p('L’eau est un bien commun.')],
      [p([text('L’eau est un '), text('bien commun', 'bold'), text('.')])],
    );
    expect(lines).toEqual(['paragraph: L’eau est un {+bold: bien commun}.']);
    expect(changeCount).toBe(1);
  });

  it('shows both pictures when one was replaced, and one when its text changed', () => {
    const replaced = compareBodies(
      [intro, image('a1', 'Le potager'), tools],
      [intro, image('b2', 'Le potager'), tools],
    );
    expect(replaced.lines.slice(1, 3)).toEqual(['image [removed]', 'image [added]']);
    const described = compareBodies(
      [intro, image('a1', 'Le potager'), tools],
      [intro, image('a1', 'Le potager en juin'), tools],
    );
    expect(described.lines[1]).toBe('image [changed]');
  });

  it('tells a rewritten section as old blocks, then new ones, between those that stayed', () => {
    const { lines } = compareBodies(
      [intro, rules, water, tools],
      [
        intro,
        p('Le composteur municipal passe maintenant le vendredi.'),
        p('Un calendrier affiché à l’entrée rappelle qui vient.'),
        tools,
      ],
    );
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'paragraph',
      'paragraph [removed]',
      'paragraph [removed]',
      'paragraph [added]',
      'paragraph [added]',
      'paragraph',
    ]);
  });

  it('takes text cut in pieces by edits for the same text', () => {
    const { changeCount } = compareBodies(
      [p([text('Les jar'), text('dins')])],
      [p([text('Les '), text('jardins')])],
    );
    expect(changeCount).toBe(0);
  });

  it('takes blocks added one after the other for one change', () => {
    const { body, changeCount } = compareBodies([intro], [intro, rules, water, tools]);
    expect(changeCount).toBe(1);
    expect((body.content ?? []).map((block) => block.attrs?.['change'])).toEqual([
      undefined,
      { kind: 'added', person: null, number: 1 },
      { kind: 'added', person: null, number: 1, continued: true },
      { kind: 'added', person: null, number: 1, continued: true },
    ]);
  });

  it('numbers the changes in reading order', () => {
    const { body, changeCount } = compareBodies(
      [h(1, 'Jardins'), intro, tools],
      [
        h(2, 'Jardins'),
        p('Les jardins partagés du quartier accueillent chaque dimanche une vingtaine de familles.'),
        tools,
        water,
      ],
    );
    const numbers = [...JSON.stringify(body).matchAll(/"number":(\d+)/g)].map((match) => Number(match[1]));
    expect(changeCount).toBe(3);
    expect([...new Set(numbers)]).toEqual([1, 2, 3]);
  });
});

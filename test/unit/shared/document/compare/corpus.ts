import type { BodyNode } from '#shared/document/noteContent.ts';
import { h, image, p, table, text, ul } from './showComparison.ts';

/** An edit, and what a careful person says of it: written by hand before any comparison was run. */
export interface ScriptedEdit {
  readonly name: string;
  readonly before: readonly BodyNode[];
  readonly after: readonly BodyNode[];
  /** The merged note, line by line, as `showBody` writes it. */
  readonly expected: readonly string[];
  /** Where another way of saying it is as right: of two that changed places, either one moved. */
  readonly orElse?: readonly string[];
  /** How many changes they count. */
  readonly changes: number;
}

const intro = 'Les jardins partagés du quartier accueillent chaque samedi une trentaine de familles.';
const rules = 'Chaque parcelle est entretenue par deux personnes qui se relaient pendant tout l’été.';
const water = 'L’arrosage se fait tôt le matin, avec l’eau de pluie recueillie dans les barils.';
const tools = 'Les outils sont rangés dans la remise et nettoyés après chaque utilisation.';
const line = (words: string): string => `paragraph: ${words}`;
const item = (words: string, depth = 1): string[] => [
  `${'  '.repeat(depth)}listItem`,
  `${'  '.repeat(depth + 1)}paragraph: ${words}`,
];
const ol = (...items: readonly string[]): BodyNode => ({ ...ul(...items), type: 'orderedList' });
const quote = (...content: readonly BodyNode[]): BodyNode => ({ type: 'blockquote', content });
const link = (words: string, href: string): BodyNode => ({
  type: 'text',
  text: words,
  marks: [{ type: 'link', attrs: { href } }],
});
const row = (...cells: readonly BodyNode[]): BodyNode => ({ type: 'tableRow', content: cells });
const cell = (words: string, attrs?: Record<string, unknown>): BodyNode => ({
  type: 'tableCell',
  ...(attrs ? { attrs } : {}),
  content: [p(words)],
});
const cellLines = (...words: readonly string[]): string[] =>
  words.flatMap((word) => ['    tableCell', `      paragraph: ${word}`]);

/** Thirty kinds of edit. */
export const corpus: readonly ScriptedEdit[] = [
  {
    name: 'a word replaced',
    before: [p(intro), p(rules)],
    after: [p(intro.replace('samedi', 'dimanche')), p(rules)],
    expected: [
      line(
        'Les jardins partagés du quartier accueillent chaque {-samedi-}{+dimanche+} une trentaine de familles.',
      ),
      line(rules),
    ],
    changes: 1,
  },
  {
    name: 'a spelling mended inside a word',
    before: [p('Les benevoles arrivent à neuf heures.')],
    after: [p('Les bénévoles arrivent à neuf heures.')],
    expected: [line('Les {-benevoles-}{+bénévoles+} arrivent à neuf heures.')],
    changes: 1,
  },
  {
    name: 'a word made inclusive',
    before: [p('Un mot des auteurs du carnet.')],
    after: [p('Un mot des auteur·trice·s du carnet.')],
    expected: [line('Un mot des {-auteurs-}{+auteur·trice·s+} du carnet.')],
    changes: 1,
  },
  {
    name: 'a comma added',
    before: [p('Le matin on arrose les semis.')],
    after: [p('Le matin, on arrose les semis.')],
    expected: [line('Le matin{+,+} on arrose les semis.')],
    changes: 1,
  },
  {
    name: 'a sentence added at the end of a paragraph',
    before: [p('Le samedi, on jardine.'), p(tools)],
    after: [p('Le samedi, on jardine. Le soir, on danse.'), p(tools)],
    expected: [line('Le samedi, on jardine.{+ Le soir, on danse.+}'), line(tools)],
    changes: 1,
  },
  {
    name: 'a sentence removed from the middle',
    before: [p('Le samedi, on jardine. Le soir, on danse. Le dimanche, on cuisine.')],
    after: [p('Le samedi, on jardine. Le dimanche, on cuisine.')],
    expected: [line('Le samedi, on jardine.{- Le soir, on danse.-} Le dimanche, on cuisine.')],
    changes: 1,
  },
  {
    name: 'two sentences changed places',
    before: [p('Le soir on danse sous les arbres. Le matin on arrose les semis.')],
    after: [p('Le matin on arrose les semis. Le soir on danse sous les arbres.')],
    expected: [
      line(
        '{-Le soir on danse sous les arbres. -}Le matin on arrose les semis.{+ Le soir on danse sous les arbres.+}',
      ),
    ],
    orElse: [
      line(
        '{+Le matin on arrose les semis. +}Le soir on danse sous les arbres.{- Le matin on arrose les semis.-}',
      ),
    ],
    changes: 2,
  },
  {
    name: 'a paragraph split',
    before: [p(`${rules} ${water}`)],
    after: [p(`${rules} `), p(water)],
    expected: [line(`${rules} {+¶+}`), line(water)],
    changes: 1,
  },
  {
    name: 'two paragraphs joined',
    before: [p(`${rules} `), p(water)],
    after: [p(`${rules} ${water}`)],
    expected: [line(`${rules} {-¶-}${water}`)],
    changes: 1,
  },
  {
    name: 'a paragraph added between two',
    before: [p(intro), p(tools)],
    after: [p(intro), p(water), p(tools)],
    expected: [line(intro), `paragraph [added]: {+${water}+}`, line(tools)],
    changes: 1,
  },
  {
    name: 'a paragraph removed',
    before: [p(intro), p(water), p(tools)],
    after: [p(intro), p(tools)],
    expected: [line(intro), `paragraph [removed]: {-${water}-}`, line(tools)],
    changes: 1,
  },
  {
    name: 'a paragraph moved',
    before: [p(intro), p(rules), p(water), p(tools)],
    after: [p(rules), p(water), p(tools), p(intro)],
    expected: [line(rules), line(water), line(tools), `paragraph [moved]: ${intro}`],
    changes: 1,
  },
  {
    name: 'a paragraph moved and edited',
    before: [p(intro), p(rules), p(water), p(tools)],
    after: [p(rules), p(water), p(tools), p(intro.replace('samedi', 'dimanche'))],
    expected: [
      line(rules),
      line(water),
      line(tools),
      'paragraph [moved]: Les jardins partagés du quartier accueillent chaque {-samedi-}{+dimanche+} une trentaine de familles.',
    ],
    changes: 2,
  },
  {
    name: 'a heading demoted',
    before: [h(1, 'Règles du jardin'), p(rules)],
    after: [h(2, 'Règles du jardin'), p(rules)],
    expected: ['heading [changed]: Règles du jardin', line(rules)],
    changes: 1,
  },
  {
    name: 'a paragraph made a heading',
    before: [p('Les outils de la remise'), p(tools)],
    after: [h(2, 'Les outils de la remise'), p(tools)],
    expected: ['heading [changed]: Les outils de la remise', line(tools)],
    changes: 1,
  },
  {
    name: 'a section moved with its heading',
    before: [h(1, 'Règles'), p(rules), h(1, 'Arrosage'), p(water), h(1, 'Outils de la remise'), p(tools)],
    after: [h(1, 'Outils de la remise'), p(tools), h(1, 'Règles'), p(rules), h(1, 'Arrosage'), p(water)],
    expected: [
      'heading [moved]: Outils de la remise',
      `paragraph [moved]: ${tools}`,
      'heading: Règles',
      line(rules),
      'heading: Arrosage',
      line(water),
    ],
    changes: 1,
  },
  {
    name: 'a list item added',
    before: [ul('Semer', 'Récolter')],
    after: [ul('Semer', 'Arroser souvent', 'Récolter')],
    expected: [
      'bulletList',
      ...item('Semer'),
      '  listItem [added]',
      '    paragraph: {+Arroser souvent+}',
      ...item('Récolter'),
    ],
    changes: 1,
  },
  {
    name: 'a list item indented',
    before: [ul('Semer les tomates', 'Arroser chaque matin', 'Récolter en août')],
    after: [ul([p('Semer les tomates'), ul('Arroser chaque matin')], 'Récolter en août')],
    expected: [
      'bulletList',
      ...item('Semer les tomates'),
      '    bulletList',
      '      listItem [moved]',
      '        paragraph: Arroser chaque matin',
      ...item('Récolter en août'),
    ],
    changes: 1,
  },
  {
    name: 'two list items that changed places',
    before: [ul('Semer les tomates en pot', 'Arroser chaque matin', 'Récolter en août')],
    after: [ul('Arroser chaque matin', 'Semer les tomates en pot', 'Récolter en août')],
    expected: [
      'bulletList',
      '  listItem [moved]',
      '    paragraph: Arroser chaque matin',
      ...item('Semer les tomates en pot'),
      ...item('Récolter en août'),
    ],
    orElse: [
      'bulletList',
      ...item('Arroser chaque matin'),
      '  listItem [moved]',
      '    paragraph: Semer les tomates en pot',
      ...item('Récolter en août'),
    ],
    changes: 1,
  },
  {
    name: 'a bulleted list numbered',
    before: [ul('Semer', 'Arroser', 'Récolter')],
    after: [ol('Semer', 'Arroser', 'Récolter')],
    expected: ['orderedList [changed]', ...item('Semer'), ...item('Arroser'), ...item('Récolter')],
    changes: 1,
  },
  {
    name: 'a paragraph put in a quote',
    before: [p(intro), p(water), p(tools)],
    after: [p(intro), quote(p(water)), p(tools)],
    expected: [line(intro), 'blockquote [changed]', `  paragraph [changed]: ${water}`, line(tools)],
    changes: 2,
  },
  {
    name: 'a row added to a table',
    before: [table(['Légume', 'Semis'], ['Tomate', 'mars'], ['Courge', 'mai'])],
    after: [table(['Légume', 'Semis'], ['Tomate', 'mars'], ['Haricot', 'juin'], ['Courge', 'mai'])],
    expected: [
      'table',
      '  tableRow',
      ...cellLines('Légume', 'Semis'),
      '  tableRow',
      ...cellLines('Tomate', 'mars'),
      '  tableRow [added]',
      ...cellLines('{+Haricot+}', '{+juin+}'),
      '  tableRow',
      ...cellLines('Courge', 'mai'),
    ],
    changes: 1,
  },
  {
    name: 'a column added to a table',
    before: [table(['Légume', 'Récolte'], ['Tomate', 'août'])],
    after: [table(['Légume', 'Semis', 'Récolte'], ['Tomate', 'mars', 'août'])],
    expected: [
      'table',
      '  tableRow',
      ...cellLines('Légume'),
      '    tableCell [added]',
      '      paragraph: {+Semis+}',
      ...cellLines('Récolte'),
      '  tableRow',
      ...cellLines('Tomate'),
      '    tableCell [added]',
      '      paragraph: {+mars+}',
      ...cellLines('août'),
    ],
    changes: 2,
  },
  {
    name: 'two cells merged',
    before: [
      {
        type: 'table',
        content: [row(cell('Semis'), cell('au printemps')), row(cell('Tomate'), cell('mars'))],
      },
    ],
    after: [
      {
        type: 'table',
        content: [row(cell('Semis au printemps', { colspan: 2 })), row(cell('Tomate'), cell('mars'))],
      },
    ],
    expected: [
      'table',
      '  tableRow',
      '    tableCell [changed]',
      '      paragraph: Semis{+ au printemps+}',
      '    tableCell [removed]',
      '      paragraph: {-au printemps-}',
      '  tableRow',
      ...cellLines('Tomate', 'mars'),
    ],
    changes: 3,
  },
  {
    name: 'a cell changed',
    before: [table(['Légume', 'Semis'], ['Tomate', 'en mars'])],
    after: [table(['Légume', 'Semis'], ['Tomate', 'en avril'])],
    expected: [
      'table',
      '  tableRow',
      ...cellLines('Légume', 'Semis'),
      '  tableRow',
      ...cellLines('Tomate', 'en {-mars-}{+avril+}'),
    ],
    changes: 1,
  },
  {
    name: 'words put in bold',
    before: [p('L’eau est un bien commun.')],
    after: [p([text('L’eau est un '), text('bien commun', 'bold'), text('.')])],
    expected: [line('L’eau est un {+bold: bien commun}.')],
    changes: 1,
  },
  {
    name: 'a link that leads elsewhere',
    before: [p([text('Voir '), link('le plan', 'https://exemple.org/2024'), text('.')])],
    after: [p([text('Voir '), link('le plan', 'https://exemple.org/2025'), text('.')])],
    expected: [line('Voir {+link -link: le plan}.')],
    changes: 1,
  },
  {
    name: 'an image replaced',
    before: [p(intro), image('a1', 'Le potager'), p(tools)],
    after: [p(intro), image('b2', 'Le potager'), p(tools)],
    expected: [line(intro), 'image [removed]', 'image [added]', line(tools)],
    changes: 2,
  },
  {
    name: 'the words of an image changed',
    before: [p(intro), image('a1', 'Le potager')],
    after: [p(intro), image('a1', 'Le potager en juin')],
    expected: [line(intro), 'image [changed]'],
    changes: 1,
  },
  {
    name: 'a whole section rewritten',
    before: [h(1, 'Arrosage'), p(rules), p(water), h(1, 'Outils de la remise'), p(tools)],
    after: [
      h(1, 'Arrosage'),
      p('Le composteur municipal passe maintenant le vendredi.'),
      p('Un calendrier affiché à l’entrée rappelle qui vient.'),
      h(1, 'Outils de la remise'),
      p(tools),
    ],
    expected: [
      'heading: Arrosage',
      `paragraph [removed]: {-${rules}-}`,
      `paragraph [removed]: {-${water}-}`,
      'paragraph [added]: {+Le composteur municipal passe maintenant le vendredi.+}',
      'paragraph [added]: {+Un calendrier affiché à l’entrée rappelle qui vient.+}',
      'heading: Outils de la remise',
      line(tools),
    ],
    changes: 2,
  },
  {
    name: 'a text replaced by a shorter one that says the same',
    before: [p('Nous vous informons que la réunion aura lieu mardi soir à la bibliothèque du quartier.')],
    after: [p('La réunion aura lieu mardi soir à la bibliothèque.')],
    expected: [
      line(
        '{-Nous vous informons que la-}{+La+} réunion aura lieu mardi soir à la bibliothèque{- du quartier-}.',
      ),
    ],
    changes: 2,
  },
];

import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import type { Nodes } from 'mdast';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { CarnetId } from '#shared/domain/ids.ts';
import { numberBody } from '#shared/document/numbering.ts';
import { emptySheet, type NoteSheet } from '#shared/document/sheet.ts';
import type { BookContent, BookNote } from '#server/export/BookContent.ts';
import { bodyToMdast } from '#server/export/markdown/bodyToMdast.ts';
import { mdastToText, writeMarkdown } from '#server/export/markdown/writeMarkdown.ts';
import { fullBody } from '../../shared/document/sampleBody.ts';
import { bookContent } from '../../../support/bookContent.ts';
import { bookNote } from '../../../support/bookNote.ts';

const { signal } = new AbortController();

function carnetOf(notes: readonly BookNote[], more: Partial<BookContent> = {}): BookContent {
  return bookContent({
    id: 'id' as CarnetId,
    subject: 'carnet',
    title: 'Le carnet des voisinages',
    description: 'Ce que nous avons appris.',
    authors: ['Ana'],
    language: 'fr',
    date: Date.UTC(2026, 2, 1),
    notes,
    outside: (id) =>
      id === 'ailleurs' ? { title: 'Une autre', kind: 'note', definition: '', forms: [] } : null,
    loadAttachment: () => Promise.resolve(null),
    ...more,
  });
}

/** The files of an export, by path. */
async function filesOf(content: BookContent): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const { path, bytes } of writeMarkdown(content, signal).parts)
    files.set(path, Buffer.from(bytes).toString());
  return files;
}

/** A body as Markdown, without what stands around it. */
function markdownOf(body: BodyNode): string {
  const tree = bodyToMdast(body, {
    language: 'fr',
    numbering: numberBody(body),
    attachmentHref: (id) => `./medias/${id}.png`,
    noteHref: (id) => (id === 'dedans' ? './Dedans.md' : null),
    noteTitle: (id) => (id === 'dedans' ? 'Dedans' : id === 'dehors' ? 'Dehors' : null),
    outsideReference: () => null,
    onLoss: () => undefined,
  });
  return mdastToText(tree);
}

const marked = (text: string, ...types: string[]): BodyNode => ({
  type: 'text',
  text,
  marks: types.map((type) => ({ type })),
});
const cell = (type: string, text: string, attrs = {}): BodyNode => ({
  type,
  attrs,
  content: [build.paragraph(text)],
});
const row = (...content: BodyNode[]): BodyNode => ({ type: 'tableRow', content });

/** Text of a parsed file, as a reader sees it. */
function textOf(node: Nodes): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value;
  if (node.type === 'break') return '\n';
  return 'children' in node ? node.children.map(textOf).join('') : '';
}
const parse = (markdown: string) =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

describe('a body as Markdown', () => {
  test.each<[string, BodyNode[], string]>([
    [
      'headings, below that of the title',
      [build.heading(1, 'Un'), build.heading(3, 'Trois')],
      '## Un\n\n#### Trois\n',
    ],
    [
      'marks, one inside the other',
      [build.paragraph('a ', marked('b ', 'bold'), marked('c', 'bold', 'italic'), marked('d', 'strike'))],
      'a **b _c_**~~d~~\n',
    ],
    [
      'what Markdown has no sign for, as HTML',
      [build.paragraph('H', marked('2', 'subscript'), 'O ', marked('souligné', 'underline'))],
      'H<sub>2</sub>O <u>souligné</u>\n',
    ],
    [
      'a list in a list, and tasks',
      [
        build.bulletList('un', { blocks: [build.paragraph('deux'), build.orderedList('a', 'b')] }),
        build.taskList({ done: true, item: 'fait' }, { done: false, item: 'à faire' }),
      ],
      '- un\n- deux\n  1. a\n  2. b\n\n* [x] fait\n* [ ] à faire\n',
    ],
    [
      'a table of one line a cell',
      [
        {
          type: 'table',
          content: [
            row(cell('tableHeader', 'Mois'), cell('tableHeader', 'A|B')),
            row(cell('tableCell', 'mars'), cell('tableCell', '*2*')),
          ],
        },
      ],
      '| Mois | A\\|B  |\n| ---- | ----- |\n| mars | \\*2\\* |\n',
    ],
    [
      'a table of merged cells, as HTML without an empty line in it',
      [{ type: 'table', content: [row(cell('tableCell', 'a\n\nb', { colspan: 2 }))] }],
      '<table><tbody><tr><td colspan="2"><p>a&#10;&#10;b</p></td></tr></tbody></table>\n',
    ],
    [
      'footnotes, at the end',
      [build.paragraph('Un', build.footnote('La note.'), ' mot.')],
      'Un[^1] mot.\n\n[^1]: La note.\n',
    ],
    [
      'formulas',
      [build.paragraph({ type: 'mathInline', attrs: { latex: 'a^2' } }), build.mathBlock('\\sum x')],
      '$a^2$\n\n$$\n\\sum x\n$$\n',
    ],
    ['code', [build.codeBlock('python', 'a = 1\n\nb = 2')], '```python\na = 1\n\nb = 2\n```\n'],
    [
      'what stands out',
      [{ type: 'callout', attrs: { kind: 'warning' }, content: [build.paragraph('Doucement.')] }],
      '> [!WARNING]\n>\n> Doucement.\n',
    ],
    [
      'a link to a note that is there, to one that is not, and to one that may not be seen',
      [
        build.paragraph(
          { type: 'noteLink', attrs: { noteId: 'dedans', text: null } },
          ' ',
          { type: 'noteLink', attrs: { noteId: 'dehors', text: null } },
          ' ',
          { type: 'noteLink', attrs: { noteId: 'caché', text: null } },
        ),
      ],
      '[Dedans](./Dedans.md) Dehors note non accessible\n',
    ],
    [
      'a picture with its caption, and a reference to it',
      [
        {
          type: 'image',
          attrs: { attachmentId: 'plan', alt: 'Le plan', label: 'plan' },
          content: [{ type: 'figureCaption', content: [{ type: 'text', text: 'Le jardin' }] }],
        },
        build.paragraph('Voir ', { type: 'crossReference', attrs: { label: 'plan', form: 'number' } }),
      ],
      '<a id="ref-plan"></a>![Le plan](./medias/plan.png)\n\n**Figure\u00a01.** Le jardin\n\nVoir [figure\u00a01](#ref-plan)\n',
    ],
    [
      'no break at the end of a line, where its sign would be read',
      [build.paragraph('un', build.hardBreak(), 'deux', build.hardBreak())],
      'un\\\ndeux\n',
    ],
    [
      'the call of a note that begins a line and is not the note itself',
      [build.paragraph(build.footnote('La note.'), ': un mot.')],
      '[^1]\\: un mot.\n\n[^1]: La note.\n',
    ],
    [
      'the words of a link that are not the call of a note',
      [build.paragraph(build.link('https://exemple.org/', '^1'), build.footnote('La note.'))],
      '[\\^1](https://exemple.org/)[^1]\n\n[^1]: La note.\n',
    ],
    [
      'nothing of what is only suggested',
      [build.paragraph('oui', marked(' non', 'suggestionInsert'), marked(' encore', 'suggestionDelete'))],
      'oui encore\n',
    ],
  ])('has %s', (_, blocks, wanted) => {
    expect(markdownOf(build.body(...blocks))).toBe(wanted);
  });

  test('holds every node and mark of the schema, and does not write what it does not know', () => {
    const markdown = markdownOf(fullBody);
    for (const words of [
      'Avant-propos',
      'gras',
      'coopératives',
      'Une note ',
      'Marie Tremblay',
      'cette autre note',
    ])
      expect(markdown).toContain(words);
    expect(markdown).not.toContain('ajout');
    expect(markdownOf(build.body({ type: 'nouveau', content: [build.paragraph('gardé')] }))).toBe('gardé\n');
  });

  test('says the letters that were typed, whatever they are', () => {
    const signs = fc.constantFrom(
      ...Array.from('*_`[]()<>#+-=.!|~$\\&:/ \n\tab1é«»'),
      '1. ',
      '- ',
      '[^1]',
      '&amp;',
      '<b>',
      'https://a.org',
      '    ',
      '---',
      '```',
    );
    const words = fc.array(signs, { minLength: 1, maxLength: 14 }).map((all) => all.join(''));
    const types = fc.subarray(['bold', 'italic', 'strike']);
    const runs = fc.array(fc.tuple(words, types), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(runs, (all) => {
        const line = all.map(([text, marks]) => marked(text.replaceAll(/[\n\t]/g, ' '), ...marks));
        const typed = line.map((piece) => piece.text ?? '').join('');
        const read = textOf(parse(markdownOf(build.body(build.paragraph(...line)))));
        expect(read.replaceAll(/\s+/g, ' ').trim()).toBe(typed.replaceAll(/\s+/g, ' ').trim());
      }),
      {
        numRuns: 500,
        // Found by a hundred thousand: a reference made of a letter beside `~~` met a backslash, or a `_`.
        examples: [
          [
            [
              ['\\ ', ['bold']],
              ['*', []],
            ],
          ],
          [
            [
              ['\\1', []],
              ['*', ['strike']],
            ],
          ],
          [
            [
              ['*', ['bold', 'italic', 'strike']],
              ['1_a', ['bold', 'italic']],
            ],
          ],
          [
            [
              ['*', ['strike']],
              ['a_1. ', []],
              ['*', ['bold', 'italic']],
            ],
          ],
        ],
      },
    );
  });
});

describe('a carnet as a folder of Markdown', () => {
  const title = 'Le jardin : « suite » #1';
  const notes = [
    bookNote({
      id: 'un',
      title,
      body: build.body(
        build.heading(1, 'Plan', { label: 'plan' }),
        { type: 'image', attrs: { attachmentId: 'image', alt: 'Un plan', width: 50 } },
        { type: 'image', attrs: { attachmentId: 'perdue', alt: 'Perdue' } },
        build.paragraph({ type: 'noteLink', attrs: { noteId: 'deux', text: null } }),
      ),
      authors: ['Ana', 'Tom'],
      categories: ['Récits'],
      lock: { day: '2026-03-05', sentence: '' },
      publishedAt: Date.UTC(2026, 0, 2, 3, 4),
      modifiedAt: Date.UTC(2026, 1, 2, 3, 4),
    }),
    bookNote({
      id: 'deux',
      title,
      body: build.body(
        build.paragraph(
          { type: 'crossReference', attrs: { label: 'plan', form: 'title' } },
          { type: 'noteLink', attrs: { noteId: 'secret', text: null } },
        ),
      ),
    }),
  ];
  const loadAttachment: BookContent['loadAttachment'] = (id) =>
    Promise.resolve(
      id === 'image' ? { bytes: Buffer.from('png'), name: 'le plan.png', mediaType: 'image/png' } : null,
    );

  test('has a file for each note, its media, and one that is read first', async () => {
    const files = await filesOf(carnetOf(notes, { loadAttachment }));
    expect([...files.keys()]).toEqual([
      'medias/le plan.png',
      'Le jardin « suite » #1.md',
      'Le jardin « suite » #1 (2).md',
      'LISEZ-MOI.md',
    ]);
    const first = files.get('Le jardin « suite » #1.md') ?? '';
    expect(first).toBe(`---
title: "Le jardin : « suite » #1"
id: "un"
kind: "note"
language: "fr"
authors: ["Ana","Tom"]
categories: ["Récits"]
licence: "cc-by-sa-4.0"
published: "2026-01-02T03:04:00.000Z"
modified: "2026-02-02T03:04:00.000Z"
adopted: "2026-03-05"
---

# Le jardin : « suite » #1

## <a id="ref-plan"></a>Plan

![Un plan](./medias/le%20plan.png)

*Perdue*

[Le jardin : « suite » #1](./Le%20jardin%20%C2%AB%20suite%20%C2%BB%20%231%20\\(2\\).md)
`);
    expect(files.get('Le jardin « suite » #1 (2).md')).toContain(
      '[Plan](./Le%20jardin%20%C2%AB%20suite%20%C2%BB%20%231.md#ref-plan)note non accessible',
    );
  });

  test('says what was not kept, and where', async () => {
    const files = await filesOf(carnetOf(notes, { loadAttachment }));
    const index = files.get('LISEZ-MOI.md') ?? '';
    expect(index).toContain('1. [Le jardin : « suite » #1](./');
    expect(index).toContain('## Ce que Markdown n’a pas pu garder');
    expect(index).toContain('la largeur et la place des images');
    expect(index).toContain('des images ou des fichiers qui n’existent plus');
    expect(index).toContain('des liens vers des notes que vous ne pouvez pas lire');
    expect(index).not.toContain('couleurs');
    expect(index).not.toContain('secret');
  });

  test('leads from each link to a file that is there', async () => {
    const files = await filesOf(carnetOf(notes, { loadAttachment }));
    const linked: string[] = [];
    const follow = (node: Nodes): void => {
      if (node.type === 'link' || node.type === 'image') {
        const [path = ''] = node.url.split('#');
        linked.push(decodeURIComponent(path).replace(/^\.\//, ''));
      }
      if ('children' in node) for (const child of node.children) follow(child);
    };
    for (const [path, text] of files) if (path.endsWith('.md')) follow(parse(text));
    expect(linked).toHaveLength(5);
    for (const path of linked) expect([...files.keys()]).toContain(path);
  });

  test('is in English for an English carnet, and ends no head early', async () => {
    const odd = bookNote({ id: 'x', title: '---\ntitle: "no"', language: 'en', body: build.body() });
    const files = await filesOf(carnetOf([odd], { language: 'en' }));
    expect([...files.keys()].at(-1)).toBe('README.md');
    const file = [...files.values()][0] ?? '';
    expect(file.split('\n').filter((line) => line === '---')).toHaveLength(2);
    expect(file).toContain(String.raw`title: "---\ntitle: \"no\""`);
  });
});

test('the sheet of a term or of an organisation stands before its text, and that of no other', async () => {
  const sheet: NoteSheet = {
    ...emptySheet,
    definition: 'Qui *écrit*\navec d’autres.',
    feminine: ['autrice'],
    plural: ['auteurs', 'autrices'],
    address: '12, rue des Érables\nRimouski',
    region: 'bas-saint-laurent',
    phone: '418 555-0123',
    email: 'bonjour@exemple.org',
    site: 'https://exemple.org/',
  };
  const body = build.body(build.paragraph('Texte.'));
  const files = await filesOf(
    carnetOf([
      bookNote({ id: 'a', title: 'Auteur', kind: 'term', sheet, body }),
      bookNote({ id: 'b', title: 'Coop', kind: 'organisation', sheet, body }),
      bookNote({ id: 'c', title: 'Note', kind: 'note', sheet, body }),
    ]),
  );
  const textOf = (name: string): string | undefined => files.get(name)?.split('---\n').at(-1)?.trim();
  expect(textOf('Auteur.md')).toBe(
    '# Auteur\n\nQui \\*écrit\\*\\\navec d’autres.\n\n- **Féminin** – autrice\n- **Pluriel** – auteurs, autrices\n\nTexte.',
  );
  expect(textOf('Coop.md')).toBe(
    '# Coop\n\n- **Adresse** – 12, rue des Érables\\\n  Rimouski\n- **Région** – Bas-Saint-Laurent\n- **Téléphone** – [418 555-0123](tel:418-555-0123)\n' +
      '- **Courriel** – <bonjour@exemple.org>\n- **Site** – [exemple.org](https://exemple.org/)\n\nTexte.',
  );
  expect(textOf('Note.md')).toBe('# Note\n\nTexte.');
});

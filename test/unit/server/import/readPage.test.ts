import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { normalBody } from '#shared/document/normalBody.ts';
import { bodyToProseMirror } from '#shared/document/writeContent.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { ImportTree } from '#server/import/ImportTree.ts';
import { readText } from '#server/import/readPage.ts';
import { resolveBody } from '#server/import/resolveBody.ts';

const tree = new ImportTree(
  ['Un.md', 'dossier/Autre note 0123456789abcdef0123456789abcdef.md', 'images/a.png', 'b.pdf'],
  [
    { id: 'un' as NoteId, path: 'Un.md', title: 'Un', kind: 'note', labels: {} },
    {
      id: 'autre' as NoteId,
      path: 'dossier/Autre note 0123456789abcdef0123456789abcdef.md',
      title: 'Autre note',
      kind: 'note',
      labels: {},
    },
  ],
);
const media = new Map(
  (['images/a.png', 'b.pdf'] as const).map((path) => [
    path as string,
    {
      id: path.replaceAll(/[/.]/g, '-') as never,
      path,
      isOwnFile: false,
      kind: path.endsWith('png') ? ('image' as const) : ('file' as const),
      type: path.endsWith('png') ? 'image/png' : 'application/pdf',
      name: path.split('/').at(-1) ?? '',
      bytes: 12,
      width: path.endsWith('png') ? 4 : null,
      height: path.endsWith('png') ? 3 : null,
    },
  ]),
);

function read(text: string, format: 'markdown' | 'html' = 'markdown'): { body: BodyNode; losses: object } {
  const page = readText(text, format);
  const resolved = resolveBody(page.body, {
    path: 'Un.md',
    tree,
    labels: page.labels,
    mediumOf: (path) => media.get(path) ?? null,
  });
  return { body: resolved.body, losses: { ...page.losses, ...resolved.losses } };
}
const picture = build.image({
  attachmentId: 'images-a-png',
  alt: 'Un plan',
  naturalWidth: 4,
  naturalHeight: 3,
});
const file = {
  type: 'file',
  attrs: { attachmentId: 'b-pdf', name: 'le rapport', mediaType: 'application/pdf', size: 12 },
};
const underlined = (piece: build.Inline): BodyNode => build.marked({ type: 'underline' }, piece);

test.each<[string, string, BodyNode[], object]>([
  [
    'headings, below that of the title',
    '# T\n\n## Un\n\n#### Trois',
    [build.heading(1, 'Un'), build.heading(3, 'Trois')],
    {},
  ],
  [
    'headings that begin at one',
    '# T\n\n# Un\n\n## Deux',
    [build.heading(1, 'Un'), build.heading(2, 'Deux')],
    {},
  ],
  [
    'HTML around Markdown',
    'a <u>b **c**</u>',
    [build.paragraph('a ', underlined('b '), build.bold(underlined('c')))],
    {},
  ],
  [
    'amounts of money, and formulas',
    'De 5 $ à 6 $, $a^2$.',
    [build.paragraph('De 5 $ à 6 $, ', build.mathInline('a^2'), '.')],
    {},
  ],
  [
    'tasks beside items',
    '- [x] a\n- b',
    [build.taskList({ done: true, item: 'a' }), build.bulletList('b')],
    {},
  ],
  ['footnotes', 'a[^1]\n\n[^1]: b *c*', [build.paragraph('a', build.footnote('b ', build.italic('c')))], {}],
  ['a footnote that calls itself', 'a[^1]\n\n[^1]: b[^1]', [build.paragraph('a', build.footnote('b'))], {}],
  [
    'GitHub’s alerts',
    '> [!WARNING]\n> Doucement.',
    [build.callout('warning', build.paragraph('Doucement.'))],
    {},
  ],
  [
    'Obsidian’s callouts, with their titles',
    '> [!tip]- Un *mot*\n> Deux',
    [
      build.callout(
        'tip',
        build.paragraph(build.bold('Un '), build.marked({ type: 'italic' }, build.bold('mot'))),
        build.paragraph('Deux'),
      ),
    ],
    {},
  ],
  [
    'a link to a note, by its title and by other words',
    '[Un](./Un.md) [là](Un.md)',
    [build.paragraph(build.noteLink('un'), ' ', build.noteLink('un', 'là'))],
    {},
  ],
  [
    'links of a wiki',
    '[[Autre note]] [[un|là]] \\[[Un]]',
    [build.paragraph(build.noteLink('autre'), ' ', build.noteLink('un', 'là'), ' [[Un]]')],
    {},
  ],
  ['a picture of a wiki', '![[a.png|300]]', [{ ...picture, attrs: { ...picture.attrs, alt: '' } }], {}],
  [
    'links that lead nowhere',
    '[a](Rien.md) [b](javascript:alert(1)) [c](#ici)',
    [build.paragraph('a b c')],
    { deadLinks: ['Rien.md'], badLinks: ['javascript:alert(1)'], innerLinks: ['#ici'] },
  ],
  [
    'a picture in a line',
    'a ![Un plan](images/a.png) b',
    [build.paragraph('a'), picture, build.paragraph('b')],
    {},
  ],
  [
    'a picture that is not there',
    '![Un plan](c.png)',
    [build.paragraph(build.italic('Un plan'))],
    { missingMedia: ['c.png'] },
  ],
  [
    'a picture of the web',
    '![a](https://exemple.org/a.png)',
    [build.image({ src: 'https://exemple.org/a.png', alt: 'a' })],
    { remoteMedia: ['https://exemple.org/a.png'] },
  ],
  [
    'a file, alone and in a line',
    '[le rapport](b.pdf)\n\nVoir [le rapport](b.pdf).',
    [file, build.paragraph('Voir le rapport.'), file],
    {},
  ],
  [
    'HTML that is not for notes',
    'a <blink>b</blink>\n\n<script>alert(1)</script>\n\n<iframe src="https://exemple.org/"></iframe>',
    [
      build.paragraph('a b'),
      build.paragraph('<script>alert(1)</script>'),
      build.paragraph('<iframe src="https://exemple.org/"></iframe>'),
    ],
    { html: ['script', 'iframe', 'blink'] },
  ],
  [
    'a footnote of several paragraphs',
    'a[^1]\n\n[^1]: b\n\n    c',
    [build.paragraph('a', build.footnote('b', build.hardBreak(), 'c'))],
    { footnoteBlocks: [] },
  ],
  [
    'HedgeDoc’s containers, and none in code',
    ':::warning Attention\nUn\n- deux\n:::\n\n:::spoiler Plus\ntrois\n:::\n\n```\n:::info\n:::\n```\n\n:::info\nouvert',
    [
      build.callout(
        'warning',
        build.paragraph(build.bold('Attention')),
        build.paragraph('Un'),
        build.bulletList('deux'),
      ),
      build.details('Plus', build.paragraph('trois')),
      build.codeBlock(null, ':::info\n:::'),
      build.paragraph(':::info ouvert'),
    ],
    {},
  ],
  [
    'what HedgeDoc and Outline mark, and no comparison',
    'Un ==mot marqué==, ++ajouté++; a ==b, x==1 et y==2, C++ et G++, `==non==`',
    [
      build.paragraph(
        'Un ',
        build.marked({ type: 'highlight' }, 'mot marqué'),
        ', ',
        build.marked({ type: 'underline' }, 'ajouté'),
        '; a ==b, x==1 et y==2, C++ et G++, ',
        build.code('==non=='),
      ),
    ],
    {},
  ],
  [
    'Notion’s callouts',
    '<aside>\n💡 Un mot\n\n</aside>',
    [build.callout('info', build.paragraph('💡 Un mot'))],
    {},
  ],
])('Markdown gives %s', (_, markdown, blocks, losses) => {
  const { body, losses: found } = read(markdown);
  expect(normalBody(body)).toEqual(normalBody(build.body(...blocks)));
  expect(found).toEqual(losses);
});

describe('the head of a file', () => {
  test('gives its title, its language and its category; what is not kept is said', () => {
    const page = readText(
      '---\ntitle: "Un : deux"\nlang: en\ncategories:\n  - Récits\ntags: [a, b]\n---\nTexte.',
      'markdown',
    );
    expect(page).toMatchObject({
      title: 'Un : deux',
      language: 'en',
      category: 'Récits',
      losses: { properties: ['tags'] },
    });
    expect(page.body.content).toHaveLength(1);
  });

  test('is none where a rule stands above a text', () => {
    const page = readText('---\nUn texte\n---\n\nUn autre.', 'markdown');
    expect(page.title).toBe('');
    expect(JSON.stringify(page.body)).toContain('Un texte');
  });
});

test('a text without marks is paragraphs and lines', () => {
  expect(readText('Un\n  deux\n\n\n# trois', 'text').body).toEqual(
    build.body(build.paragraph('Un', build.hardBreak(), '  deux'), build.paragraph('# trois')),
  );
});

const sign = fc.constantFrom(
  ...Array.from('\n\n  <>/[]()!#*_`|:-"&$~^=\\ab1é'),
  '<table>',
  '<td>',
  '</table>',
  '<details>',
  '<ul>',
  '<li>',
  '<a href="',
  '<img src="',
  '<p>',
  '<b>',
  '</b>',
  '<svg>',
  '<math>',
  '<pre>',
  '<!--',
  '<x-footnote>',
  '<figure>',
  '<td colspan="99999999999">',
  '![',
  '](a.png)',
  '[^1]',
  '[^1]: ',
  '> ',
  '- [ ] ',
  '| a | b |\n|--|--|\n',
  '```',
  '$$',
  '[[Un]]',
  '<a id="ref-a"></a>',
  '**Figure\u00a01.** ',
  'javascript:',
  '<span lang="en">',
);

test('[R219] whatever it holds, a file gives content of the schema', () => {
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 40 }), (signs) => {
      for (const format of ['markdown', 'html'] as const)
        expect(() => bodyToProseMirror(read(signs.join(''), format).body)).not.toThrow();
    }),
    { numRuns: 1_500 },
  );
});

test('[R219] what is nested without end is read at the depth that notes have', () => {
  for (const nested of ['> '.repeat(300), '<blockquote>'.repeat(2_000), '- '.repeat(200), '<b>'.repeat(500)])
    expect(() => bodyToProseMirror(read(`${nested}a`).body)).not.toThrow();
  expect(read(`${'<blockquote>'.repeat(90)}a`).losses).toHaveProperty('depth');
});

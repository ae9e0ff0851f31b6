import { describe, expect, test } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { normalBody } from '#shared/document/normalBody.ts';
import { bodyToProseMirror } from '#shared/document/writeContent.ts';
import type { CarnetId } from '#shared/domain/ids.ts';
import type { BookAsset, BookContent, BookNote } from '#server/export/BookContent.ts';
import { writeSite } from '#server/export/site/writeSite.ts';
import { readText } from '#server/import/readPage.ts';
import { fullBody } from '../../shared/document/sampleBody.ts';
import { bookContent } from '../../../support/bookContent.ts';
import { bookNote } from '../../../support/bookNote.ts';
import { filesOf, readImport, zipOf } from '../../../support/readImport.ts';

const bodyOf = (html: string): BodyNode => normalBody(readText(html, 'html').body);

test.each<[string, string, BodyNode[]]>([
  [
    'spaces as a browser shows them',
    '<p>\n  Un\n  <b> mot </b>\n</p>\n\n<p>&nbsp;</p>',
    [build.paragraph('Un ', build.bold('mot'))],
  ],
  [
    'text without paragraphs',
    'Un<br>deux<div>trois</div>',
    [build.paragraph('Un', build.hardBreak(), 'deux'), build.paragraph('trois')],
  ],
  [
    'what Google’s documents are wrapped in',
    '<b style="font-weight:normal"><p>Un</p></b>',
    [build.paragraph('Un')],
  ],
  [
    'a mark around blocks',
    '<em><p>Un</p><p>deux</p></em>',
    [build.paragraph(build.italic('Un')), build.paragraph(build.italic('deux'))],
  ],
  [
    'Etherpad’s lists',
    '<ul class="bullet"><li>un<ul class="bullet"><li>deux</ul></li></ul>',
    [build.bulletList({ blocks: [build.paragraph('un'), build.bulletList('deux')] })],
  ],
  [
    'lists in lists without an item',
    '<ol><li>un</li><ul><li>deux</li></ul></ol>',
    [build.orderedList({ blocks: [build.paragraph('un'), build.bulletList('deux')] })],
  ],
  [
    'Notion’s tasks',
    '<ul class="to-do-list"><li><div class="checkbox checkbox-on"></div> <span>fait</span></li></ul>',
    [build.taskList({ done: true, item: 'fait' })],
  ],
  [
    'merged cells, and a caption',
    '<table><caption>Mois</caption><tr><th colspan="2">A</th></tr><tr><td rowspan="9">b</td><td></td></tr></table>',
    [
      build.paragraph('Mois'),
      {
        type: 'table',
        content: [
          {
            type: 'tableRow',
            content: [{ type: 'tableHeader', attrs: { colspan: 2 }, content: [build.paragraph('A')] }],
          },
          {
            type: 'tableRow',
            content: [
              { type: 'tableCell', content: [build.paragraph('b')] },
              { type: 'tableCell', content: [build.paragraph()] },
            ],
          },
        ],
      },
    ],
  ],
  [
    'notes at the end, where they are called',
    '<p>Un<sup><a href="#fn1">1</a></sup></p><ol><li id="fn1">Deux <a href="#r1">↩</a></li></ol>',
    [build.paragraph('Un', build.footnote('Deux'))],
  ],
  [
    'definitions',
    '<dl><dt>Un</dt><dd>Deux</dd></dl>',
    [build.paragraph(build.bold('Un')), build.paragraph('Deux')],
  ],
  [
    'code as it stands',
    '<pre><code class="language-js">a\n  b</code></pre>',
    [build.codeBlock('js', 'a\n  b')],
  ],
  [
    'nothing that acts or leads around',
    '<nav>Menu</nav><script>a()</script><style>b</style><p onclick="c()">Un</p><template>d</template>',
    [build.paragraph('Un')],
  ],
])('a page gives %s', (_, html, blocks) => {
  expect(bodyOf(html)).toEqual(normalBody(build.body(...blocks)));
});

test('a page says its title, its language, and what is its text', () => {
  const page = readText(
    '<!doctype html><html lang="en"><title>Site – Un</title><body><header>Site</header><main><h1>Un</h1><h2>Deux</h2></main><footer>Pied</footer></body></html>',
    'html',
  );
  expect(page).toMatchObject({ title: 'Un', language: 'en' });
  expect(normalBody(page.body)).toEqual(build.body(build.heading(1, 'Deux')));
});

describe('a site of ours', () => {
  const bytes = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const assets: Readonly<Record<string, BookAsset>> = {
    image1: { name: 'pont.png', bytes, mediaType: 'image/png' },
    file1: { name: 'Rapport.pdf', bytes: Buffer.from('%PDF-1.7'), mediaType: 'application/pdf' },
    sound1: { name: 'a.ogg', bytes: Buffer.from('OggS et du son'), mediaType: 'audio/ogg' },
    film1: { name: 'a.webm', bytes: Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 1]), mediaType: 'video/webm' },
  };
  const style = { css: '', files: new Map() };
  const { signal } = new AbortController();
  /** What a site says of a body: not the language of code, the form of a reference, terms, who is named, pictures of the web, what a film begins with. */
  const said = (node: BodyNode): BodyNode[] => {
    if (node.type === 'paragraph' && (node.content ?? []).length === 0) return [];
    if (node.type === 'image' && node.attrs?.['src'] !== undefined) return [];
    if (node.type === 'mention') return [{ type: 'text', text: '@Marie Tremblay' }];
    if (node.type === 'noteLink') return [build.noteLink('deux', 'celle-là')];
    const marks = node.marks?.filter(({ type }) => type !== 'termLink') ?? [];
    return [
      {
        ...node,
        ...(node.marks !== undefined && { marks }),
        ...(node.type === 'video' && { attrs: { ...node.attrs, posterId: null } }),
        ...(node.type === 'codeBlock' && { attrs: { language: null } }),
        ...(node.type === 'crossReference' && { attrs: { ...node.attrs, form: 'number' } }),
        ...(node.content !== undefined && { content: node.content.flatMap(said) }),
      },
    ];
  };
  const mainOf = (html: Buffer | undefined): string =>
    /<article>.*<\/article>/s.exec(html?.toString() ?? '')?.[0] ?? '';

  test('[R220] says the same after it was imported and made a site again', async () => {
    const notes = [
      bookNote({ id: 'un', title: 'Une', body: said(fullBody)[0] as BodyNode }),
      bookNote({
        id: 'deux',
        title: 'Deux',
        body: build.body(build.paragraph(build.noteLink('un'), ' ', build.noteLink('deux', 'celle-ci'))),
      }),
    ];
    const content = bookContent({
      id: 'c' as CarnetId,
      subject: 'carnet',
      title: 'Le carnet',
      description: 'Ce que nous savons.',
      notes,
      loadAttachment: (id) => Promise.resolve(assets[id] ?? null),
    });
    const first = await filesOf(writeSite(content, style, signal).parts);
    const { plan, bodies } = await readImport(await zipOf(first));
    expect(plan.preview.notes.map(({ title }) => title)).toEqual(['Une', 'Deux']);
    expect(plan).toMatchObject({ description: 'Ce que nous savons.', preview: { title: 'Le carnet' } });
    for (const body of bodies) bodyToProseMirror(body);
    const again: BookContent = {
      ...content,
      notes: plan.notes.map((note, at) => ({
        ...(notes[at] as BookNote),
        id: note.id,
        body: bodies[at] as BodyNode,
      })),
      loadAttachment: (id) => {
        const medium = [...plan.media.values()].find((one) => one.id === id);
        const asset = Object.values(assets).find(({ name }) => name === medium?.name);
        return Promise.resolve(asset ?? null);
      },
    };
    const second = await filesOf(writeSite(again, style, signal).parts);
    for (const name of Object.keys(first).filter((one) => one.endsWith('.html') && one !== 'index.html'))
      expect(mainOf(second[name])).toBe(mainOf(first[name]));
  });
});

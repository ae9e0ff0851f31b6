import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { normalBody } from '#shared/document/normalBody.ts';
import { emptySheet, type NoteSheet } from '#shared/document/sheet.ts';
import { bodyToProseMirror } from '#shared/document/writeContent.ts';
import type { CarnetId } from '#shared/domain/ids.ts';
import type { BookAsset, BookContent, BookNote } from '#server/export/BookContent.ts';
import { writeMarkdown } from '#server/export/markdown/writeMarkdown.ts';
import { fullBody } from '../../shared/document/sampleBody.ts';
import { bookContent } from '../../../support/bookContent.ts';
import { bookNote } from '../../../support/bookNote.ts';
import { filesOf, readImport, zipOf } from '../../../support/readImport.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const assets: Readonly<Record<string, BookAsset>> = {
  image1: { name: 'un pont (1).png', bytes: png, mediaType: 'image/png' },
  file1: { name: 'Rapport.pdf', bytes: Buffer.from('%PDF-1.7 rapport'), mediaType: 'application/pdf' },
  sound1: { name: 'a.ogg', bytes: Buffer.from('OggS et du son'), mediaType: 'audio/ogg' },
  film1: {
    name: 'a.webm',
    bytes: Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 1, 2, 3]),
    mediaType: 'video/webm',
  },
};

function carnetOf(notes: readonly BookNote[], more: Partial<BookContent> = {}): BookContent {
  return bookContent({
    id: 'carnet' as CarnetId,
    subject: 'carnet',
    title: 'Le carnet',
    description: 'Ce que nous savons.',
    notes,
    loadAttachment: (id) => Promise.resolve(assets[id] ?? null),
    ...more,
  });
}

const textOf = (files: Readonly<Record<string, Buffer>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [name, bytes.toString().replace(/^id: ".*"$/m, 'id')]),
  );

/** Exports, imports, exports again. @returns both exports, as texts by path, without the ids of the notes. */
async function twice(content: BookContent): Promise<[Record<string, string>, Record<string, string>]> {
  const { signal } = new AbortController();
  const first = await filesOf(writeMarkdown(content, signal).parts);
  const { plan, bodies } = await readImport(await zipOf(first));
  // What it made is content of the schema.
  for (const body of bodies) bodyToProseMirror(body);
  const notes = plan.notes.map((note, at) => {
    const before = content.notes[at] as BookNote;
    return {
      ...before,
      id: note.id,
      title: note.title,
      kind: note.kind,
      body: bodies[at] as BodyNode,
      sheet: note.sheet ?? emptySheet,
    };
  });
  const loadAttachment: BookContent['loadAttachment'] = (id) => {
    const medium = [...plan.media.values()].find((one) => one.id === id);
    const bytes = medium === undefined ? undefined : first[medium.path];
    if (medium === undefined || bytes === undefined) return Promise.resolve(null);
    return Promise.resolve({ name: medium.name, bytes, mediaType: medium.type });
  };
  const again = {
    ...content,
    title: plan.preview.title,
    description: plan.description,
    notes,
    loadAttachment,
  };
  return [textOf(first), textOf(await filesOf(writeMarkdown(again, signal).parts))];
}

/** Neither says everything: what the first export said that it lost, the second has not lost again. */
const withoutReport = (files: Record<string, string>): Record<string, string> => ({
  ...files,
  'LISEZ-MOI.md': (files['LISEZ-MOI.md'] ?? '').split('\n## Ce que')[0] ?? '',
});

test('[R220] a note with every node and mark says the same after an export, an import and an export', async () => {
  const named: Record<string, string> = {
    AAAAAAAAAAAAAAAAAAAAAA: 'deux',
    term1: 'terme',
  };
  const swap = (node: BodyNode): BodyNode =>
    JSON.parse(
      Object.entries(named).reduce(
        (text, [from, to]) => text.replaceAll(`"${from}"`, `"${to}"`),
        JSON.stringify(node),
      ),
    ) as BodyNode;
  const [first, second] = await twice(
    carnetOf([
      bookNote({ id: 'un', title: 'La première : « une »', body: swap(fullBody) }),
      bookNote({
        id: 'deux',
        title: 'La deuxième',
        body: build.body(
          build.paragraph(
            'Voir ',
            build.crossReference('pont'),
            ' et ',
            build.crossReference('intro', 'title'),
            '.',
          ),
          build.paragraph(build.noteLink('un'), ' puis ', build.noteLink('deux', 'celle-ci')),
        ),
      }),
      bookNote({
        id: 'terme',
        title: 'Coopérative',
        kind: 'term',
        body: build.body(build.paragraph('Texte.')),
      }),
    ]),
  );
  expect(withoutReport(second)).toEqual(withoutReport(first));
});

test('[R220] the sheets of terms and of organisations come back, and their words stand once', async () => {
  const sheet: NoteSheet = {
    ...emptySheet,
    definition: 'Qui *écrit*\navec d’autres.',
    feminine: ['autrice'],
    plural: ['auteurs, autrices', 'autrices'],
    address: '12, rue des Érables\nRimouski',
    region: 'bas-saint-laurent',
    phone: '418 555-0123, poste 4',
    email: 'bonjour@exemple.org',
    site: 'https://www.exemple.org/',
    coordinates: { latitude: 48.45, longitude: -68.52 },
  };
  const body = build.body(build.paragraph('Texte.'), build.bulletList('un'));
  const content = carnetOf([
    bookNote({ id: 'a', title: 'Auteur', kind: 'term', sheet, body }),
    bookNote({ id: 'b', title: 'Coop', kind: 'organisation', sheet, body }),
    bookNote({ id: 'c', title: 'Sans fiche', kind: 'term', body: build.body() }),
  ]);
  const { plan, bodies } = await readImport(
    await zipOf(await filesOf(writeMarkdown(content, new AbortController().signal).parts)),
  );
  const { address, region, phone, email, site, coordinates, ...term } = sheet;
  expect(plan.notes.map((note) => note.sheet)).toEqual([
    { ...emptySheet, ...term },
    { ...emptySheet, address, region, phone, email, site, coordinates },
    null,
  ]);
  expect(bodies.slice(0, 2).map(normalBody)).toEqual([body, body]);
  const [first, second] = await twice(content);
  expect(withoutReport(second)).toEqual(withoutReport(first));
});

const signs = fc.constantFrom(
  ...Array.from('*_`[]()<>#+-=.!|~$\\&:/ ab1é«»^{}"\''),
  '[[',
  ']]',
  '![[',
  '1. ',
  '- ',
  '[^1]',
  '&amp;',
  '<b>',
  '</p>',
  '<!--',
  'https://a.org',
  'a@b.org',
  '---',
  '```',
  '$$',
  ':::',
  '[!NOTE] ',
  '**Figure\u00a01.** ',
);
const typed = fc.array(signs, { minLength: 1, maxLength: 10 }).map((all) => all.join(''));
/** Markdown keeps no space at the edge of a line, nor of a cell. */
const words = typed.map((text) => text.trim() || 'a');
const markTypes = fc.subarray(['bold', 'italic', 'strike', 'underline', 'highlight', 'superscript']);
const run: fc.Arbitrary<BodyNode> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(words, markTypes)
      .map(([text, types]) => ({ type: 'text', text, marks: types.map((type) => ({ type })) })),
  },
  words.map((text) => ({ type: 'text', text: text, marks: [{ type: 'code' }] })),
  words.map((text) => build.link('https://exemple.org/a?b=(1)', text)),
  fc.constant(build.hardBreak()),
  words.map((text) => build.footnote(text)),
  fc.constantFrom('a^2', '\\frac{a}{b}', 'a_{1}').map((latex) => build.mathInline(latex)),
  fc.constantFrom('un', 'deux').map((id) => build.noteLink(id)),
);
const line = fc.array(run, { minLength: 1, maxLength: 4 });
const paragraph = line.map((all) => build.paragraph(...all));
const { block } = fc.letrec<{ block: BodyNode; blocks: readonly BodyNode[] }>((tie) => ({
  blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }),
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 5, arbitrary: paragraph },
    fc.tuple(fc.constantFrom(1, 2, 3, 4), words).map(([level, text]) => build.heading(level as 1, text)),
    fc.constantFrom(build.horizontalRule(), build.pageBreak(), build.mathBlock('\\sum x')),
    fc
      .tuple(fc.constantFrom('js', null), words)
      .map(([language, text]) => build.codeBlock(language, `${text}\n\n  ${text}`)),
    fc.array(words, { minLength: 1, maxLength: 3 }).map((cells) => build.table(cells, cells)),
    fc
      .array(tie('blocks'), { minLength: 1, maxLength: 2 })
      .map((items) =>
        build.bulletList(...items.map((blocks) => ({ blocks: [build.paragraph('a'), ...blocks] }))),
      ),
    fc.array(words, { minLength: 1, maxLength: 3 }).map((items) => build.orderedList(...items)),
    fc
      .array(fc.record({ done: fc.boolean(), item: words.map((text) => `a${text}`) }), {
        minLength: 1,
        maxLength: 3,
      })
      .map((tasks) => build.taskList(...tasks)),
    tie('blocks').map((blocks) => build.blockquote(build.paragraph('a'), ...blocks)),
    fc
      .tuple(fc.constantFrom('info', 'warning', 'tip', 'citation'), tie('blocks'))
      .map(([kind, blocks]) => build.callout(kind as 'info', ...blocks)),
    fc.tuple(words, tie('blocks')).map(([text, blocks]) => build.details(text, ...blocks)),
    words.map((alt) => build.image({ attachmentId: 'image1', alt: alt })),
  ),
}));

test('[R220] whatever it says, a note says the same after an export, an import and an export', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(block, { minLength: 1, maxLength: 5 }), async (blocks) => {
      const [first, second] = await twice(
        carnetOf([
          bookNote({ id: 'un', title: 'Une', body: normalBody(build.body(...blocks)) }),
          bookNote({ id: 'deux', title: 'Deux', body: build.body() }),
        ]),
      );
      expect(second['Une.md']).toBe(first['Une.md']);
    }),
    { numRuns: 150 },
  );
}, 60_000);

import { expect, test } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import { extractText } from '#shared/document/extractText.ts';
import { normalBody } from '#shared/document/normalBody.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { bodyToProseMirror } from '#shared/document/writeContent.ts';
import { carnetOfWord } from '#server/import/carnetOfWord.ts';
import { writeDocx } from '#server/export/docx/writeDocx.ts';
import { bookContent } from '../../../support/bookContent.ts';
import { bookNote } from '../../../support/bookNote.ts';
import { readImport, zipOf } from '../../../support/readImport.ts';
import { readZip } from '../../../support/readZip.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const strike = (text: string): BodyNode => build.marked({ type: 'strike' }, text);
const under = (text: string): BodyNode => build.marked({ type: 'underline' }, text);
const sup = (text: string): BodyNode => build.marked({ type: 'superscript' }, text);

const blocks: readonly BodyNode[] = [
  build.heading(1, 'Un'),
  build.paragraph(
    'a ',
    build.bold('b'),
    ' ',
    build.italic('c'),
    ' ',
    strike('d'),
    ' ',
    under('e'),
    ' ',
    sup('f'),
    ' ',
    build.code('g()'),
  ),
  build.paragraph(
    'Un',
    build.footnote('La ', build.italic('note'), '.'),
    ' mot.',
    build.hardBreak(),
    'Une ligne.',
  ),
  build.paragraph(build.link('https://exemple.org/a?b=1', 'un lien'), build.mathInline('a^2')),
  { type: 'paragraph', attrs: { textAlign: 'center' }, content: [{ type: 'text', text: 'au milieu' }] },
  build.heading(2, 'Deux'),
  build.bulletList('un', { blocks: [build.paragraph('deux'), build.orderedList('a', 'b')] }),
  build.taskList({ done: true, item: 'fait' }, { done: false, item: 'à faire' }),
  build.blockquote(build.paragraph('Une citation.'), build.paragraph('Longue.')),
  build.callout('warning', build.paragraph('Doucement.')),
  build.codeBlock(null, 'a = 1\n\n  b = 2'),
  build.mathBlock('\\sum x'),
  build.table(['Mois', 'Pluie'], ['mars', '2']),
  build.image({ attachmentId: 'image', alt: 'Un plan' }, 'Le jardin'),
  build.paragraph('Fin.'),
];

async function wordOf(body: BodyNode): Promise<Uint8Array> {
  const content = bookContent({
    subject: 'note',
    title: 'Le titre',
    authors: ['Ana'],
    notes: [bookNote({ id: 'un', title: 'Le titre', body })],
    loadAttachment: () => Promise.resolve({ name: 'plan.png', bytes: png, mediaType: 'image/png' }),
  });
  return writeDocx(content, 'letter', new AbortController().signal, () => undefined);
}

/** What a document says of a body: a picture has its bytes, and no size of its own. */
const plain = (node: BodyNode): BodyNode => {
  const { attachmentId: _a, naturalWidth: _w, naturalHeight: _h, ...attrs } = node.attrs ?? {};
  return { ...node, attrs, ...(node.content !== undefined && { content: node.content.map(plain) }) };
};

test('[R221] a note that is exported as a document of Word and imported says the same', async () => {
  const { plan, bodies } = await readImport(await wordOf(build.body(...blocks)), 'Le titre.docx');
  const [body] = bodies as [BodyNode];
  bodyToProseMirror(body);
  expect(plan.notes.map(({ title }) => title)).toEqual(['Le titre']);
  expect(normalBody(plain(body))).toEqual(normalBody(plain(build.body(...blocks))));
  expect([...plan.media.values()]).toMatchObject([{ kind: 'image', bytes: png.length }]);
  expect(plan.preview.losses).toEqual([]);
});

test('[R221] what is no document of Word, or a bomb of one, is left out and said', async () => {
  const word = Buffer.from(await wordOf(build.body(build.paragraph('Un'))));
  const files = Object.fromEntries(readZip(word));
  const { plan } = await readImport(
    await zipOf({
      'bon.docx': word,
      'faux.docx': 'rien',
      'vide.docx': await zipOf({ 'a.txt': 'a' }),
      'bombe.docx': await zipOf({ ...files, 'word/media/a.png': Buffer.alloc(70 * 1024 * 1024) }),
    }),
  );
  expect(plan.preview).toMatchObject({
    notes: [{ title: 'Le titre' }],
    unread: { count: 3, paths: ['bombe.docx', 'faux.docx', 'vide.docx'] },
  });
});

test('[R221] what Word has and notes do not is said', async () => {
  const files = Object.fromEntries(readZip(Buffer.from(await wordOf(build.body(build.paragraph('Un'))))));
  const formula =
    '<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>';
  const document = String(files['word/document.xml']).replace('Un</w:t></w:r>', `Un</w:t></w:r>${formula}`);
  const { plan, bodies } = await readImport(
    await zipOf({ ...files, 'word/document.xml': document }),
    'a.docx',
  );
  expect(plan.preview.losses).toMatchObject([{ loss: 'word', examples: ['oMath'] }]);
  expect(JSON.stringify(bodies)).toContain('Unab');
});

test('[R245] a carnet that is exported as a document of Word and imported has its notes again, with their categories, links and notes at the foot', async () => {
  const one = build.body(
    build.paragraph(
      'Voir ',
      build.noteLink('b'),
      build.footnote('Au pied de un.'),

      '.',
    ),
    build.heading(1, 'Dedans'),
    build.image({ attachmentId: 'image', alt: 'Un plan', label: 'plan' }, 'Le jardin'),
    build.paragraph('La ', build.crossReference('plan'), '.'),
  );
  const two = build.body(
    build.paragraph('Retour à ', build.noteLink('a'), build.footnote('Au pied de deux.'), '.'),
    build.heading(2, 'Plus bas'),
  );
  const three = build.body(build.paragraph('Seule & sans <catégorie>.'));
  const content = bookContent({
    subject: 'carnet',
    title: 'Le carnet & le reste',
    description: 'Trois notes.',
    authors: ['Ana'],
    parts: ['Commencer', 'Tenir'],
    notes: [
      bookNote({ id: 'a', title: 'Un', part: 'Commencer', body: one }),
      bookNote({ id: 'b', title: 'Deux < trois', part: 'Tenir', body: two }),
      bookNote({ id: 'c', title: 'Trois', part: null, body: three }),
    ],
    loadAttachment: () => Promise.resolve({ name: 'plan.png', bytes: png, mediaType: 'image/png' }),
  });
  const bytes = await writeDocx(content, 'letter', new AbortController().signal, () => undefined);
  const { plan, bodies } = await readImport(bytes, 'Carnet.docx');
  expect([plan.preview.title, plan.description]).toEqual(['Le carnet & le reste', 'Trois notes.']);
  expect(plan.notes.map(({ title, category }) => [title, category])).toEqual([
    ['Un', 'Commencer'],
    ['Deux < trois', 'Tenir'],
    ['Trois', null],
  ]);
  const ids = plan.notes.map(({ id }) => id as string);
  const linked = (node: BodyNode): BodyNode => ({
    ...node,
    ...(node.type === 'noteLink' && {
      attrs: { noteId: ['a', 'b', 'c'][ids.indexOf(String(node.attrs?.['noteId']))] },
    }),
    ...(node.content !== undefined && { content: node.content.map(linked) }),
  });
  const said = (body: BodyNode | undefined) => normalBody(linked(plain(body ?? build.body())));
  expect(bodies.map((body) => extractText(body))).toEqual([one, two, three].map((body) => extractText(body)));
  expect(bodies.slice(1).map(said)).toEqual([two, three].map((body) => normalBody(plain(body))));
  expect(bodies[0]?.content?.map(({ type }) => type)).toEqual(['paragraph', 'heading', 'image', 'paragraph']);
});

test('[R245] a document of Word that merely looks like one stays a note', async () => {
  expect(carnetOfWord('<h1>Titre</h1><p>Texte</p><h2><a id="n1"></a>Un</h2>')).toBeNull();
  expect(carnetOfWord('<h1>Titre</h1><p class="public-meta">Ana</p><h2>Un</h2>')).toBeNull();
});

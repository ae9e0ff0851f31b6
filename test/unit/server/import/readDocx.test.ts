import { expect, test } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import { normalBody } from '#shared/document/normalBody.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { bodyToProseMirror } from '#shared/document/writeContent.ts';
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
  build.paragraph(build.link('https://exemple.org/a?b=1', 'un lien'), ' et ', build.mathInline('a^2')),
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

import { expect, test } from 'vitest';
import { AppError } from '#shared/api/errorCodes.ts';
import { extractText } from '#shared/document/extractText.ts';
import { zipSync } from 'fflate';
import * as build from '#shared/document/buildContent.ts';
import { normalBody } from '#shared/document/normalBody.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { readImport } from '../../../support/readImport.ts';

const text = (words: string): Uint8Array => Buffer.from(words);
const page = 'Private & Shared/Quartier 0123456789abcdef0123456789abcdef';
const first = {
  [`${page}.md`]: text(
    '# Quartier\n\n[Jardin](Quartier%200123456789abcdef0123456789abcdef/Jardin%20fedcba9876543210fedcba9876543210.md)\n',
  ),
  'index.html': text('<h1>Partie 1</h1>'),
};
const second = {
  [`${page}/Jardin fedcba9876543210fedcba9876543210.md`]: text('# Jardin\n\nUn potager.\n'),
  'index.html': text('<h1>Partie 2</h1>'),
};
const bare = ({ 'index.html': _, ...files }: Record<string, Uint8Array>): Record<string, Uint8Array> => files;
/** As Notion sends what it exports: parts in an archive. @param level - 0: stored as they are. */
const sent = (level: 0 | 9, ...parts: Record<string, Uint8Array>[]): Uint8Array =>
  zipSync(
    Object.fromEntries(parts.map((part, at) => [`ExportBlock-1f2e-Part-${at + 1}.zip`, zipSync(part)])),
    { level },
  );

test.each([0, 9] as const)(
  '[R247] an archive of archives is read as what they hold together (packed: %s)',
  async (level) => {
    const { plan, bodies } = await readImport(sent(level, bare(first), bare(second)), 'Export.zip');
    expect(plan.notes.map(({ title }) => title)).toEqual(['Quartier', 'Jardin']);
    expect(extractText(bodies[1] ?? { type: 'doc' }).trim()).toBe('Un potager.');
    expect(plan.preview.links).toBe(1);
    expect(plan.preview.unused.count).toBe(0);
  },
);

test('[R247] what two parts have under one name is there twice', async () => {
  const { plan } = await readImport(sent(9, { 'a.md': text('Un') }, { 'a.md': text('Deux') }), 'Export.zip');
  expect(plan.notes.map(({ file, title }) => [file, title]).length).toBe(2);
});

test('[R247] an archive beside other files stays a file, and archives are not read deeper than once', async () => {
  const inner = zipSync({ 'a.md': text('Dedans') });
  const beside = zipSync({ 'b.md': text('# B\n\n[fichiers](tout.zip)\n'), 'tout.zip': inner });
  expect((await readImport(beside, 'b.zip')).plan.notes.map(({ title }) => title)).toEqual(['B']);
  const deeper = zipSync({ 'un.zip': zipSync({ 'deux.zip': inner }) });
  await expect(readImport(deeper, 'c.zip')).rejects.toMatchObject({ code: 'import_empty' });
  await expect(readImport(deeper, 'c.zip')).rejects.toBeInstanceOf(AppError);
});

test('[R247] a part that is damaged, or that says that it is longer than it may be, is refused', async () => {
  const broken = zipSync({ 'un.zip': text('pas une archive, mais assez longue pour en être une') });
  await expect(readImport(broken, 'a.zip')).rejects.toMatchObject({ code: 'import_unreadable' });
  const packed = Buffer.from(zipSync({ 'un.zip': zipSync({ 'a.md': text('Un') }) }, { level: 9 }));
  // The length of what is packed, as the list says it.
  packed.writeUInt32LE(0x7fff_ffff, packed.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
  await expect(readImport(packed, 'a.zip')).rejects.toMatchObject({ code: 'import_too_large' });
});

/** As Outline writes a collection: titles as headings, links and uploads relative to the file, sizes in the place of titles, people as links of its own. */
test('[R215] a collection of Outline becomes notes, with its links, pictures, files and marks; people stay as their names', async () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const home = [
    '# Accueil\n',
    'Bonjour @[Ana](mention://1/user/2), voir [Le compost](./Accueil/Le%20compost.md).\\\nSuite ==vue==.\n',
    ' ![Le terrain](uploads/u/a/plan.png "right-50 =300x200")\n',
    '[rapport.pdf 1234](uploads/u/b/rapport.pdf)\n\n',
    ':::success\nFait.\n\n:::\n',
    '- [x] semer\n',
    '$$\nx^2\n$$\n',
  ].join('\n');
  const { plan, bodies } = await readImport(
    zipSync({
      'Jardin/Accueil.md': text(home),
      'Jardin/Accueil/Le compost.md': text('# Le compost\n\nRetour à [Accueil](./../Accueil.md).\n'),
      'Jardin/uploads/u/a/plan.png': png,
      'Jardin/uploads/u/b/rapport.pdf': text('%PDF-1.4'),
    }),
    'Jardin.zip',
  );
  expect(plan.notes.map(({ title, category }) => [title, category])).toEqual([
    ['Accueil', null],
    ['Le compost', 'Accueil'],
  ]);
  const names = new Map<string, string>([
    ...plan.notes.map(({ id, title }) => [id, title] as const),
    ...[...plan.media.keys()].map((id, at) => [id, `média ${at + 1}`] as const),
  ]);
  const named = ({ attrs = {}, ...node }: BodyNode): BodyNode => {
    const { naturalWidth: _w, naturalHeight: _h, ...kept } = attrs;
    return {
      ...node,
      attrs: Object.fromEntries(
        Object.entries(kept).map(([key, value]) => [key, names.get(String(value)) ?? value]),
      ),
      ...(node.content !== undefined && { content: node.content.map(named) }),
    };
  };
  expect(bodies.map((body) => normalBody(named(body)))).toEqual(
    [
      build.body(
        build.paragraph(
          'Bonjour @Ana, voir ',
          build.noteLink('Le compost'),
          '.',
          build.hardBreak(),
          'Suite ',
          build.marked({ type: 'highlight' }, 'vue'),
          '.',
        ),
        build.image({ attachmentId: 'média 1', alt: 'Le terrain' }),
        {
          type: 'file',
          attrs: { attachmentId: 'média 2', name: 'rapport.pdf 1234', mediaType: 'application/pdf', size: 8 },
        },
        build.callout('tip', build.paragraph('Fait.')),
        build.taskList({ done: true, item: 'semer' }),
        build.mathBlock('x^2'),
      ),
      build.body(build.paragraph('Retour à ', build.noteLink('Accueil'), '.')),
    ].map((body) => normalBody(named(body))),
  );
});

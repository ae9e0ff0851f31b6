import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import { normalBody } from '#shared/document/normalBody.ts';
import { extractText } from '#shared/document/extractText.ts';
import { readImport, zipOf } from '../../../support/readImport.ts';

const fixture = (name: string): Promise<Buffer> =>
  readFile(path.join(import.meta.dirname, '../../../fixtures/import', name));

/** The file is what Etherpad's own exporter (2.5) makes of a pad of these lines. */
test('[R215] a pad that Etherpad exports as HTML becomes its lines, its lists within each other, and its marks', async () => {
  const { plan, bodies } = await readImport(await fixture('etherpad.html'), 'assemblee-du-jardin.html');
  expect(plan.notes.map(({ title, language }) => [title, language])).toEqual([['assemblee-du-jardin', 'fr']]);
  expect(normalBody(bodies[0]!)).toEqual(
    normalBody(
      build.body(
        build.paragraph('Assemblée du jardin — 12 mars'),
        build.paragraph(build.bold('Présent·es : '), 'Awa, Hélène & Tom <coordination>'),
        build.paragraph(
          'Le ',
          build.italic('compost'),
          ' et le ',
          { ...build.bold('potager'), marks: [{ type: 'bold' }, { type: 'italic' }] },
          ', ',
          build.marked({ type: 'underline' }, 'souligné'),
          ', ',
          build.marked({ type: 'strike' }, 'abandonné'),
          '.',
        ),
        build.paragraph(
          'Voir ',
          build.link('https://exemple.org/plan?a=1&b=2', 'https://exemple.org/plan?a=1&b=2'),
          ', ou écrire.',
        ),
        build.paragraph('À faire'),
        build.bulletList(
          {
            blocks: [
              build.paragraph('Semer'),
              build.bulletList('tomates', {
                blocks: [build.paragraph('courges\u00a0 (deux\u00a0 espaces)'), build.bulletList('jaunes')],
              }),
            ],
          },
          'Arroser',
        ),
        build.orderedList(
          {
            blocks: [
              build.paragraph('Ouvrir la séance'),
              build.orderedList('ordre du jour', 'tour de table'),
            ],
          },
          'Voter',
        ),
        build.paragraph('Entre deux'),
        { ...build.orderedList('Clore'), attrs: { start: 3 } },
        build.bulletList({ blocks: [build.paragraph('en retrait'), build.bulletList('plus loin')] }),
        build.paragraph('\u00a0une espace au début et 🌱 à la fin'),
      ),
    ),
  );
  expect(plan.preview.losses).toEqual([]);
});

test('[R215] a pad that Etherpad exports as text keeps each line', async () => {
  const bytes = await fixture('etherpad.txt');
  const { bodies } = await readImport(bytes, 'assemblee-du-jardin.txt');
  const lines = (text: string): string[] => text.split(/\n+/).map((line) => line.trim());
  const said = bodies[0]!.content!.map((block) => extractText(block)).join('\n');
  expect(lines(said).filter(Boolean)).toEqual(lines(bytes.toString()).filter(Boolean));
});

const pad = `---
title: Réunion du jardin
tags: jardin, réunion
lang: fr
robots: noindex, nofollow
---

# Réunion du jardin

###### tags: \`jardin\` \`réunion\`

[TOC]

## Ordre du jour

:::success
Adopté
:::

![](https://pad.exemple.org/uploads/upload_01.png =300x200)
Et \`![](a.png =30x20)\`.

\`\`\`javascript=101
let a = 1;
\`\`\`

\`\`\`!
![](b.png =30x20)
\`\`\`

> Bonne idée
> [name=Awa] [time=Sun, Jun 28, 2015 9:59 PM] [color=#907bf7]

Le 19^e^ siècle, H~2~O, 2^10 et ~~rayé~~, une note^[au vol] et une autre[^1].

{%youtube aqz-KE-bpKQ %}

[^1]: La note.
`;

/** As HedgeDoc's export of all of one's notes writes them: the text of each under its title, what a name may not hold as `_`, and a number where two have one title. */
test('[R215] the notes of somebody’s HedgeDoc become notes, with what it marks, and without what only it shows', async () => {
  const { plan, bodies } = await readImport(
    await zipOf({
      'Réunion du jardin.md': pad,
      'Un _ deux.md': 'Sans titre\n',
      'Un _ deux-1.md': '# Un / deux\n',
    }),
    'archive.zip',
  );
  expect(plan.notes.map(({ title, language }) => [title, language])).toEqual([
    ['Réunion du jardin', 'fr'],
    ['Un / deux', 'fr'],
    ['Un deux', 'fr'],
  ]);
  const link = (href: string) => build.link(href, href);
  expect(normalBody(bodies[0]!)).toEqual(
    normalBody(
      build.body(
        build.heading(1, 'Ordre du jour'),
        build.callout('tip', build.paragraph('Adopté')),
        build.image({ src: 'https://pad.exemple.org/uploads/upload_01.png', alt: '' }),
        build.paragraph('Et ', build.code('![](a.png =30x20)'), '.'),
        build.codeBlock('javascript', 'let a = 1;'),
        build.codeBlock(null, '![](b.png =30x20)'),
        build.blockquote(
          build.paragraph('Bonne idée', build.hardBreak(), '— Awa, Sun, Jun 28, 2015 9:59 PM'),
        ),
        build.paragraph(
          'Le 19',
          build.marked({ type: 'superscript' }, 'e'),
          ' siècle, H',
          build.marked({ type: 'subscript' }, '2'),
          'O, 2^10 et ',
          build.marked({ type: 'strike' }, 'rayé'),
          ', une note',
          build.footnote('au vol'),
          ' et une autre',
          build.footnote('La note.'),
          '.',
        ),
        build.paragraph(link('https://youtu.be/aqz-KE-bpKQ')),
      ),
    ),
  );
  const [properties] = plan.preview.losses.filter(({ loss }) => loss === 'properties');
  expect(properties?.examples.toSorted()).toEqual(['robots', 'tags']);
  expect(plan.preview.losses.map(({ loss }) => loss).toSorted()).toEqual(['properties', 'remoteMedia']);
});

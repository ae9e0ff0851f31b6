import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import { extractText } from '#shared/document/extractText.ts';
import { normalBody } from '#shared/document/normalBody.ts';
import { besideBlocks } from '#server/import/besideBlocks.ts';
import { readFrenchDate } from '#server/import/frenchDate.ts';
import { readText } from '#server/import/readPage.ts';

const fixture = (name: string): Promise<string> =>
  readFile(new URL(`../../../fixtures/praxis/${name}`, import.meta.url), 'utf8');
/** In Québec, in winter. */
const modifiedAt = Date.parse('2024-02-12T11:47:00-05:00');
const beside = {
  source: 'praxis',
  authors: ['Amina Diallo', 'Luc Tremblay'],
  terms: ['Concertation', 'Équité territoriale'],
  community: 'Chantiers nationaux des états généraux en développement des communautés',
  published: '17 novembre 2023',
  modified: '12 février 2024 11:47',
  modifiedAt,
  left: ['Visibilité : public'],
};

describe('[R233] a page of a note of Praxis', () => {
  test('that was kept as text is told by what stands beside its text, which is taken apart', async () => {
    const page = readText(await fixture('note.txt'), 'text');
    expect(page.title).toBe('Chantier transition socio-écologique');
    expect(page.beside).toEqual({
      ...beside,
      carnets: [
        {
          title: 'États généraux en développement des communautés - 2022',
          integrated: 'Intégré par Maya Roy, le 5 mars 2024 10:41',
        },
        {
          title: 'Chantier Transition socio-écologique',
          integrated: 'Intégré par Luc Tremblay, le 17 novembre 2023 14:19',
        },
      ],
    });
    const lists = (page.body.content ?? []).filter(({ type }) => type === 'bulletList');
    expect(lists.map(({ content }) => content?.length)).toEqual([2, 4]);
    const text = extractText(page.body);
    expect(text).toMatch(/^Transition socio-écologique\n/);
    expect(text).toMatch(/planifiées durant l’année\.$/);
    expect(page.losses).toEqual({ beside: ['Visibilité : public'] });
  });

  test('of the web keeps its text alone, wherever on the page the rest stands', async () => {
    const html = await fixture('note.html');
    const expected = {
      ...beside,
      community: 'Chantiers nationaux des états généraux',
      carnets: [
        {
          title: 'États généraux en développement des communautés - 2022',
          integrated: 'Intégré par Maya Roy, le 5 mars 2024 10:41',
        },
      ],
    };
    const apart = html.replaceAll(/<\/?(?:main|aside)>/g, '');
    for (const page of [readText(html, 'html'), readText(apart, 'html')]) {
      expect(page).toMatchObject({ title: 'Chantier transition socio-écologique', language: 'fr' });
      expect(page.beside).toEqual(expected);
      expect(normalBody(page.body).content).toEqual(
        normalBody(
          build.body(
            build.heading(1, 'Objectifs du chantier'),
            build.bulletList('Mettre à profit l’expertise', ['Sensibiliser et ', build.bold('former')]),
            build.heading(1, 'Publication'),
            build.paragraph('Comité Transition : ce comité a pour objectif d’établir une réflexion.'),
          ),
        ).content,
      );
      expect(page.losses).toEqual({ beside: ['Visibilité : public'] });
    }
  });

  test('without authors or terms is told too, and what stands after it stays', () => {
    const side =
      'Terme(s) relié(s)\n\nCarnet(s) relié(s)\n\nAuteur·trice(s) de note\n\nPublication\n\n1er mars 2024\n\nVisibilité\n\npublic';
    const page = readText(`Titre\n\nUn texte.\n\n${side}\n\nUn pied de page.`, 'text');
    expect(page.beside).toMatchObject({ authors: [], terms: [], carnets: [], published: '1er mars 2024' });
    expect(extractText(page.body)).toBe('Un texte.\nUn pied de page.');
    // On one line each, without a blank one.
    const dense = readText(`Titre\nUn texte.\n${side.replaceAll('\n\n', '\n')}\nUn pied.`, 'text');
    expect(dense).toMatchObject({ title: 'Titre', beside: { published: '1er mars 2024' } });
    expect(extractText(dense.body)).toBe('Un texte.\nUn pied.');
  });

  test.each([
    'Publication\n\n17 novembre 2023\n\nModification\n\nhier\n\nVisibilité\n\npublic\n\nCommunauté liée\n\nUne',
    'Sur Praxis, une note dit :\n\nAuteur·trice(s) de note\n\npuis\n\nPublication',
  ])('is nothing that only says some of its words: %j', (text) => {
    expect(readText(text, 'text')).toMatchObject({ title: '', beside: null, losses: {} });
  });

  test('says below its text who wrote it and when, and the terms that there are not', () => {
    const page = { ...beside, source: 'praxis', carnets: [] } as const;
    const facts =
      'Note de Praxis, par Amina Diallo et Luc Tremblay, publiée le 17 novembre 2023, modifiée le 12 février 2024 11:47. ' +
      'Communauté liée\u00a0: Chantiers nationaux des états généraux en développement des communautés.';
    expect(besideBlocks(page, ['Concertation', 'Équité'])).toEqual([
      build.horizontalRule(),
      build.paragraph(facts),
      build.paragraph('Termes reliés\u00a0: Concertation, Équité.'),
    ]);
    expect(besideBlocks({ ...page, authors: [], modified: '', community: '' }, [])).toEqual([
      build.horizontalRule(),
      build.paragraph('Note de Praxis, publiée le 17 novembre 2023.'),
    ]);
  });
});

test.each([
  ['12 fevrier 2024 11:47', '2024-02-12T11:47:00-05:00'],
  ['1er juillet 2024, a 9 h 05', '2024-07-01T09:05:00-04:00'],
  ['17 novembre 2023', '2023-11-17T12:00:00-05:00'],
  ['31 fevrier 2024', null],
  ['12 brumaire 2024', null],
  ['hier', null],
])('« %s » is read as it was written in Québec', (words, expected) => {
  expect(readFrenchDate(words, 'America/Toronto')).toBe(expected === null ? null : Date.parse(expected));
});

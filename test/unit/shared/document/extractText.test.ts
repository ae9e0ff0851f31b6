import { describe, expect, it } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import {
  countWords,
  extractAttachments,
  extractExcerpt,
  extractHeadings,
  extractLinks,
  extractMentions,
  extractText,
} from '#shared/document/extractText.ts';
import { fullBody } from './sampleBody.ts';

describe('the text of a body', () => {
  it('separates blocks, puts footnotes after their block and cells apart', () => {
    const body = build.body(
      build.heading(1, 'Titre'),
      build.paragraph(
        'Un ',
        build.bold('mot'),
        build.footnote('Une note.'),
        ' et ',
        build.noteLink('n1'),
        '.',
      ),
      build.table(['A', 'B'], ['1', '2']),
      build.bulletList('un', 'deux'),
    );
    expect(extractText(body, { noteTitle: (id) => (id === 'n1' ? 'Autre note' : null) })).toBe(
      'Titre\nUn mot et Autre note.\nUne note.\nA\tB\n1\t2\nun\ndeux',
    );
  });

  it('gives the text of nodes that no version knows', () => {
    const text = extractText({
      type: 'doc',
      content: [
        { type: 'hologram', content: [{ type: 'beam', content: [{ type: 'text', text: 'lumière' }] }] },
      ],
    });
    expect(text).toBe('lumière');
  });

  it('finds headings, links, attachments and mentions in a body that holds everything', () => {
    expect(extractHeadings(fullBody)).toEqual([
      { level: 2, text: 'Avant-propos', id: 'block1', label: 'intro' },
    ]);
    expect(extractLinks(fullBody)).toEqual(['AAAAAAAAAAAAAAAAAAAAAA']);
    expect(extractAttachments(fullBody)).toEqual(['image1', 'file1', 'sound1', 'film1']);
    expect(extractMentions(fullBody)).toEqual(['p1']);
  });

  it('keeps the no-break spaces of an excerpt', () => {
    expect(extractExcerpt(build.body(build.paragraph('Choisissez\n «\u00a0Partager\u00a0»\u202f!')))).toBe(
      'Choisissez «\u00a0Partager\u00a0»\u202f!',
    );
  });

  it('cuts an excerpt after a whole word and leaves headings out', () => {
    const body = build.body(
      build.heading(1, 'Titre'),
      build.paragraph('Les coopératives d’habitation, ailleurs et ici.'),
    );
    expect(extractExcerpt(body)).toBe('Les coopératives d’habitation, ailleurs et ici.');
    expect(extractExcerpt(body, 32)).toBe('Les coopératives d’habitation…');
    expect(extractExcerpt(build.body(build.heading(1, 'Titre')))).toBe('Titre');
    expect(extractExcerpt(build.body())).toBe('');
  });
});

describe('the count of words', () => {
  it.each([
    ['', 0],
    ['Bonjour', 1],
    ['l’amitié d’abord, aujourd’hui', 3],
    ['auteur·trice, acteurs.trices et engagé.e.s', 4],
    ['«\u00a0Bonjour\u00a0», dit-elle\u00a0: oui\u202f!', 3],
    ['le 12\u00a0000e — ou presque – jour', 5],
    ['12\u202f000\u00a0$ en 2024', 3],
    ['a/b c…d', 3],
    ['un\ndeux\ttrois', 3],
    ['* - — « »', 0],
  ])('%j has %i', (text, words) => {
    expect(countWords(text)).toBe(words);
  });
});

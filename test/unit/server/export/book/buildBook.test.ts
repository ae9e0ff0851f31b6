import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { personColours } from '#shared/domain/Person.ts';
import { emptySheet } from '#shared/document/sheet.ts';
import type { BookContent, BookNote, OutsideNote } from '#server/export/BookContent.ts';
import { bookLabels, joinNames } from '#server/export/bookLabels.ts';
import { cssString, shortTitle } from '#server/export/book/pageRules.ts';
import { arrangeBook } from '#server/export/book/arrangeBook.ts';
import { coverInk } from '#server/export/book/coverColours.ts';
import { editionDigest } from '#server/export/book/edition.ts';
import { buildBook, type BuildBookOptions, type BuiltBook } from '#server/export/book/buildBook.ts';
import { bookContent, bookOptions } from '../../../../support/bookContent.ts';
import { bookNote } from '../../../../support/bookNote.ts';

function book(
  subject: 'note' | 'carnet',
  notes: readonly [string, BodyNode, string?][],
  pageNumbers = true,
): BuiltBook {
  const content = bookContent({
    id: 'id' as CarnetId,
    subject,
    title: 'Un <carnet>',
    description: 'Une description',
    authors: ['Ana'],
    language: 'fr',
    date: Date.UTC(2026, 2, 1, 12),
    notes: notes.map(([title, body, language = 'fr'], at) =>
      bookNote({
        id: `id${at}`,
        title,
        language,
        body,
        authors: ['Ana', 'Tom'],
        modifiedAt: Date.UTC(2026, 2, 1, 12),
        isWhole: title !== 'Abîmée',
      }),
    ),
    outside: (noteId) =>
      noteId === 'ailleurs' ? { title: 'Ailleurs', kind: 'note', definition: '', forms: [] } : null,
    loadAttachment: () => Promise.resolve(null),
  });
  return buildBook(content, {
    ...bookOptions(),
    fontRules: '',
    attachmentUrl: (id) => `/attachments/${id}`,
    pageNumbers,
  });
}

describe('a book', () => {
  it('shifts headings so that the outline goes from the carnet to its notes to their headings', () => {
    const built = book('carnet', [['Premier', build.body(build.heading(1, 'Un'), build.heading(2, 'Deux'))]]);
    expect([...built.html.matchAll(/<h(\d)[^>]* id="([^"]*)"/g)].map((one) => `${one[1]} ${one[2]}`)).toEqual(
      ['1 book', '2 contents', '2 n1', '3 n1-heading-1', '4 n1-heading-2', '2 index', '3 index-authors'],
    );
    expect(built.contents).toEqual(['n1', 'n1-heading-1', 'n1-heading-2', 'index']);
    expect(built.headings).toEqual([
      'Un <carnet>',
      'Table des matières',
      'Premier',
      'Un',
      'Deux',
      'Index',
      'Auteur·trices',
    ]);
  });

  it('[R173] prints the sheet of a term as a definition and that of an organisation as an address, and no other', () => {
    const sheet = {
      ...emptySheet,
      definition: 'Qui <écrit>.',
      plural: ['auteurs', 'autrices'],
      address: '12, rue des Érables\nRimouski',
      phone: '418 555-0123',
    };
    const sheetOf = (kind: 'note' | 'term' | 'organisation'): string => {
      const content = bookContent({
        subject: 'note',
        id: 'a' as NoteId,
        title: 'Un',
        notes: [bookNote({ id: 'a', title: 'Un', body: build.body(build.paragraph('Texte.')), kind, sheet })],
      });
      const { html } = buildBook(content, { ...bookOptions(), fontRules: '', attachmentUrl: (id) => id });
      return (/<section class="note-sheet">.*?<\/section>/.exec(html)?.[0] ?? '').replaceAll('\u00ad', '');
    };
    expect(sheetOf('note')).toBe('');
    expect(sheetOf('term')).toBe(
      '<section class="note-sheet"><p class="sheet-definition">Qui &lt;écrit&gt;.</p>' +
        '<dl><div><dt>Pluriel</dt><dd>auteurs, autrices</dd></div></dl></section>',
    );
    expect(sheetOf('organisation')).toBe(
      '<section class="note-sheet"><dl><div><dt>Adresse</dt><dd>12, rue des Érables<br>Rimouski</dd></div>' +
        '<div><dt>Téléphone</dt><dd><a href="tel:418-555-0123" rel="noreferrer">418 555-0123</a></dd></div></dl></section>',
    );
  });

  it('says of a note that it was adopted', () => {
    const note = bookNote({
      id: 'a',
      title: 'Un',
      body: build.body(build.paragraph('Texte.')),
      authors: ['Ana'],
      lock: { day: '2026-03-05', sentence: null },
    });
    const content = bookContent({
      subject: 'note',
      id: 'a' as NoteId,
      title: 'Un',
      authors: ['Ana'],
      notes: [note],
    });
    const { html } = buildBook(content, { ...bookOptions(), fontRules: '', attachmentUrl: (id) => id });
    expect(html).toContain('Adoptée le\u00a05 mars 2026');
  });

  it('says of a damaged note that its text is incomplete, and of no other', () => {
    const { html } = book('carnet', [
      ['Entière', build.body()],
      ['Abîmée', build.body()],
    ]);
    expect(html.split('note abîmée, texte incomplet')).toHaveLength(2);
    expect(html.indexOf('texte incomplet')).toBeGreaterThan(html.lastIndexOf('Abîmée</h2>'));
  });

  it('links its notes to each other and gives links that leave it as text', () => {
    const links = build.body(
      build.paragraph(build.noteLink('id1'), build.noteLink('ailleurs'), build.noteLink('secret')),
    );
    const { html } = book('carnet', [
      ['Premier', links],
      ['Second', build.body()],
    ]);
    expect(html).toContain(
      '<a id="n1-use-1" class="note-link" href="#n2">Second</a><span class="page-ref" data-target="n2"> (p.\u00a0000)</span>',
    );
    expect(html).toContain('<span class="note-link">Ailleurs</span>');
    expect(html).toContain('note non acces');
  });

  it('counts figures through the whole and finds references in other notes', () => {
    const figure = (label: string): BodyNode =>
      build.image({ attachmentId: label, alt: '', label }, 'Légende');
    const { html } = book('carnet', [
      ['Premier', build.body(figure('a'), build.paragraph(build.crossReference('b')))],
      ['Second', build.body(figure('b'))],
    ]);
    expect(html).toContain('<a class="cross-reference" href="#n2-ref-b">figure\u00a02</a>');
    expect(html).toContain('id="n2-ref-b"');
  });

  it('keeps the language of each note', () => {
    const { html } = book('carnet', [
      ['Un', build.body(build.paragraph('organisation'))],
      ['One', build.body(build.callout('tip', build.paragraph('hyphenation'))), 'en'],
    ]);
    expect(html).toContain('<section class="note depth-2 note-2" lang="en">');
    expect(html).toContain('orga\u00adni\u00adsa\u00adtion');
    expect(html).toContain('hyphen\u00adation');
    expect(html).toContain('>Tip<');
  });

  it('escapes titles in the text and in the running headers', () => {
    const { html } = book('carnet', [['</style><script>alert(1)</script>"', build.body()]]);
    expect(html).not.toContain('<script>');
    expect(html.match(/<\/style>/g)).toHaveLength(1);
    expect(html).toContain('<title>Un &lt;carnet&gt;</title>');
  });

  it('has for a note alone neither cover nor contents, until it has many headings', () => {
    const one = book('note', [['Seule', build.body(build.heading(1, 'Un'))]]);
    expect(one.html).not.toMatch(/<section class="cover|<nav class="contents/);
    expect(one.html).toContain('<h1 class="note-title" id="n1">Seule</h1>');
    expect(one.html).toContain('<h2 id="n1-heading-1">');
    const long = book('note', [
      ['Seule', build.body(...Array.from({ length: 6 }, () => build.heading(1, 'Un')))],
    ]);
    expect(long.contents.length).toBe(6);
  });

  it('shows no page numbers where nobody can fill them in', () => {
    expect(book('carnet', [['Un', build.body()]], false).html).toContain('class="contents plain"');
    expect(book('carnet', [['Un', build.body()]]).html).not.toContain(' plain"');
  });

  it('leaves out what is only suggested', () => {
    const body = build.body(build.paragraph('a', build.marked({ type: 'suggestionInsert' }, 'bbb'), 'c'));
    expect(book('carnet', [['Un', body]]).html).toContain('<p>ac</p>');
  });
});

const carnet = (notes: readonly BookNote[], content: Partial<BookContent> = {}): BookContent =>
  bookContent({ subject: 'carnet', title: 'Carnet', notes, ...content });
/** Drawn, without the soft hyphens. */
const built = (content: BookContent, options: Partial<BuildBookOptions> = {}): BuiltBook => {
  const drawn = buildBook(content, {
    ...bookOptions(),
    fontRules: '',
    attachmentUrl: (id) => `/attachments/${id}`,
    ...options,
  });
  return { ...drawn, html: drawn.html.replaceAll('\u00ad', '') };
};
const line = build.body(build.paragraph('Texte.'));

describe('the parts of a book', () => {
  const note = (id: string, part: string | null): BookNote => bookNote({ id, title: id, body: line, part });

  it('are the categories in use, in their order; what stands before them opens the book, what is filed nowhere closes it', () => {
    const notes = [
      note('avant', null),
      note('b1', 'B'),
      note('seule', null),
      note('a1', 'A'),
      note('b2', 'B'),
    ];
    const { content, parts } = arrangeBook(carnet(notes, { parts: ['A', 'B', 'Vide'] }));
    expect(content.notes.map((one) => one.id)).toEqual(['avant', 'a1', 'b1', 'b2', 'seule']);
    expect(parts).toEqual([
      { title: 'A', from: 1 },
      { title: 'B', from: 2 },
      { title: null, from: 4 },
    ]);
  });

  it('set their notes one level lower, and those before them not', () => {
    const { html, headings } = built(carnet([note('avant', null), note('un', 'A')], { parts: ['A'] }));
    expect(
      [...html.matchAll(/<h(\d)[^>]* id="(n\d|part-\d)"/g)].map(([, level, id]) => `${level} ${id}`),
    ).toEqual(['2 n1', '2 part-1', '3 n2']);
    expect(headings).toEqual(['Carnet', 'Table des matières', 'avant', 'A', 'un']);
  });

  it('are none where the carnet uses no category', () => {
    expect(arrangeBook(carnet([note('un', null)], { parts: ['A'] })).parts).toEqual([]);
  });
});

describe('the numbers of a book', () => {
  const body = build.body(
    build.heading(1, 'Un'),
    build.heading(2, 'Un un'),
    build.heading(1, 'Hors compte', { numbered: false }),
    build.heading(1, 'Deux'),
    build.heading(3, 'Sous deux'),
  );

  it('stand before chapters and headings where they are asked for', () => {
    const content = carnet([
      bookNote({ id: 'a', title: 'A', body: line }),
      bookNote({ id: 'b', title: 'B', body }),
    ]);
    expect(built(content, { numbered: true }).headings.slice(2)).toEqual([
      '1 A',
      '2 B',
      '2.1 Un',
      '2.1.1 Un un',
      'Hors compte',
      '2.2 Deux',
      '2.2.1 Sous deux',
    ]);
    expect(built(content).headings.slice(2)).toEqual([
      'A',
      'B',
      'Un',
      'Un un',
      'Hors compte',
      'Deux',
      'Sous deux',
    ]);
  });

  it('are given to whatever has a caption, in the order of the book, and listed', () => {
    const figure = build.image({ attachmentId: 'i', alt: '' }, 'Une image');
    const table = build.figure('table', 'Un tableau', [build.table(['A'], ['1'])]);
    const silent = build.image({ attachmentId: 'i', alt: '' });
    const content = carnet([
      bookNote({ id: 'a', title: 'A', body: build.body(figure, silent, table) }),
      bookNote({ id: 'b', title: 'B', body: build.body(figure) }),
    ]);
    const { html } = built(content);
    const listed = [...html.matchAll(/<span class="contents-title">((?:Figure|Tableau)[^<]*)</g)];
    expect(listed.map(([, title]) => title)).toEqual([
      'Figure\u00a01. Une image',
      'Figure\u00a02. Une image',
      'Tableau\u00a01. Un tableau',
    ]);
    expect(content.notes[0]?.body.content?.[0]?.attrs?.['label']).toBeUndefined();
  });
});

describe('the back pages of a book', () => {
  const term = (termId: string, words: string): BodyNode =>
    build.marked({ type: 'termLink', attrs: { termId } }, words);
  const outside = (id: string): OutsideNote | null =>
    id === 'commun'
      ? { title: 'commun', kind: 'term', definition: 'Ce qui est tenu à plusieurs.', forms: ['communs'] }
      : id === 'coop'
        ? { title: 'La Coop', kind: 'organisation', definition: '', forms: [] }
        : null;

  it('hold the terms and organisations that the book links to, and lead back to them', () => {
    const body = build.body(
      build.paragraph('Un ', term('commun', 'commun'), ' de ', build.noteLink('coop'), '.'),
    );
    const { html } = built(carnet([bookNote({ id: 'a', title: 'A', body, authors: ['Ana'] })], { outside }));
    expect(html).toContain('<a id="n1-use-1" class="term-link" href="#term-1">commun</a>');
    expect(html).toContain('<a id="n1-use-2" class="note-link" href="#organisation-1">La Coop</a>');
    expect(html).toMatch(/id="term-1"><dfn>commun<\/dfn> .*\(communs\).*data-targets="n1-use-1"/);
    expect(html).toMatch(/id="organisation-1">La Coop, .*data-targets="n1-use-2"/);
  });

  it('leave out terms that are only suggested, or that the reader may not see', () => {
    const suggested = build.marked({ type: 'suggestionInsert' }, term('commun', 'commun'));
    const body = build.body(
      build.paragraph('Un ', suggested, term('secret', 'secret'), build.noteLink('cache')),
    );
    const { html } = built(
      carnet([bookNote({ id: 'a', title: 'A', body, terms: ['secret' as NoteId] })], { outside }),
    );
    expect(html).not.toContain('id="lexicon"');
    expect(html).not.toContain('id="index"');
    expect(html).not.toMatch(/href="#(secret|cache|term)/);
  });

  it('number the links out of the book, and on paper the text calls them', () => {
    const to = (address: string): BodyNode => build.link(address, 'là');
    const body = build.body(
      build.paragraph(to('https://b.example/'), ' ', to('https://a.example/'), ' ', to('https://b.example/')),
    );
    const content = carnet([bookNote({ id: 'a', title: 'A', body })]);
    const paper = built(content, { variant: 'print' }).html;
    expect([...paper.matchAll(/class="link-call" href="#link-(\d)"/g)].map(([, number]) => number)).toEqual([
      '1',
      '2',
      '1',
    ]);
    expect(paper).toMatch(/id="link-1".*https:\/\/b\.example\/.*id="link-2".*https:\/\/a\.example\//);
    expect(built(content).html).not.toContain('class="link-call"');
  });
});

describe('an edition', () => {
  it('has another digest as soon as a word is another, and the same for the same words', () => {
    const one = carnet([bookNote({ id: 'a', title: 'A', body: line })]);
    const same = carnet([bookNote({ id: 'a', title: 'A', body: build.body(build.paragraph('Texte.')) })], {
      date: 5,
    });
    const other = carnet([bookNote({ id: 'a', title: 'A', body: build.body(build.paragraph('Texte')) })]);
    expect(editionDigest(one)).toMatch(/^[0-9a-f]{64}$/);
    expect(editionDigest(same)).toBe(editionDigest(one));
    expect(editionDigest(other)).not.toBe(editionDigest(one));
    expect(built(one).html.replaceAll(' ', '')).toContain(editionDigest(one));
  });
});

describe('the colours of covers', () => {
  it('are those of the interface', async () => {
    const css = await readFile('renderer/styles/tokens.css', 'utf8');
    for (const colour of personColours)
      expect(css).toContain(`--person-${colour}: light-dark(${coverInk(colour)},`);
  });
});

describe('the words of a book', () => {
  it('write French dates with « 1er » and join names', () => {
    expect(bookLabels('fr').formatDate(Date.UTC(2026, 2, 1, 12))).toBe('1er mars 2026');
    expect(bookLabels('fr-CA').formatDate(Date.UTC(2026, 2, 11, 12))).toBe('11 mars 2026');
    expect(bookLabels('en').formatDate(Date.UTC(2026, 2, 1, 12))).toBe('March 1, 2026');
    expect(
      [[], ['A'], ['A', 'B'], ['A', 'B', 'C']].map((names) => joinNames(names, bookLabels('fr'))),
    ).toEqual(['', 'A', 'A et B', 'A, B et C']);
  });

  it('fit running headers and stay inside their quotes', () => {
    expect(shortTitle('Un titre assez long pour être coupé', 20)).toBe('Un titre assez long…');
    expect(cssString('a"b\\c</style>\n')).toBe('"a\\22 b\\5c c\\3c \\2f style\\3e \\a "');
  });
});

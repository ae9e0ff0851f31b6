import { describe, expect, it } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { emptySheet } from '#shared/document/sheet.ts';
import type { BookContent } from '#server/export/BookContent.ts';
import { bookLabels, joinNames } from '#server/export/bookLabels.ts';
import { cssString, shortTitle } from '#server/export/bookStyle.ts';
import { buildBook, type BuiltBook } from '#server/export/buildBook.ts';
import { bookNote } from '../../../support/bookNote.ts';

function book(
  subject: 'note' | 'carnet',
  notes: readonly [string, BodyNode, string?][],
  pageNumbers = true,
): BuiltBook {
  const content: BookContent = {
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
    outsideTitle: (noteId) => (noteId === 'ailleurs' ? 'Ailleurs' : null),
    loadAttachment: () => Promise.resolve(null),
  };
  return buildBook(content, {
    format: 'a5',
    fontRules: '',
    attachmentUrl: (id) => `/attachments/${id}`,
    pageNumbers,
  });
}

describe('a book', () => {
  it('shifts headings so that the outline goes from the carnet to its notes to their headings', () => {
    const built = book('carnet', [['Premier', build.body(build.heading(1, 'Un'), build.heading(2, 'Deux'))]]);
    expect([...built.html.matchAll(/<h(\d) id="([^"]*)"/g)].map((one) => `${one[1]} ${one[2]}`)).toEqual([
      '1 book',
      '2 contents',
      '2 n1',
      '3 n1-heading-1',
      '4 n1-heading-2',
    ]);
    expect(built.contents).toEqual(['n1', 'n1-heading-1', 'n1-heading-2']);
    expect(built.headings).toEqual(['Un <carnet>', 'Table des matières', 'Premier', 'Un', 'Deux']);
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
      const content: BookContent = {
        subject: 'note',
        id: 'a' as NoteId,
        title: 'Un',
        description: '',
        authors: [],
        language: 'fr',
        date: 0,
        notes: [bookNote({ id: 'a', title: 'Un', body: build.body(build.paragraph('Texte.')), kind, sheet })],
        outsideTitle: () => null,
        loadAttachment: () => Promise.resolve(null),
      };
      const { html } = buildBook(content, { format: 'a5', fontRules: '', attachmentUrl: (id) => id });
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
    const content: BookContent = {
      subject: 'note',
      id: 'a' as NoteId,
      title: 'Un',
      description: '',
      authors: ['Ana'],
      language: 'fr',
      date: 0,
      notes: [note],
      outsideTitle: () => null,
      loadAttachment: () => Promise.resolve(null),
    };
    const { html } = buildBook(content, { format: 'a5', fontRules: '', attachmentUrl: (id) => id });
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
    expect(html).toContain('<a class="note-link" href="#n2">Second</a>');
    expect(html).toContain('<span class="note-link">Ailleurs</span>');
    expect(html).toContain('note non acces');
  });

  it('counts figures through the whole and finds references in other notes', () => {
    const figure = (label: string): BodyNode =>
      build.image({ attachmentId: label, alt: '', label }, 'Légende');
    const { html, attachments } = book('carnet', [
      ['Premier', build.body(figure('a'), build.paragraph(build.crossReference('b')))],
      ['Second', build.body(figure('b'))],
    ]);
    expect(html).toContain('<a class="cross-reference" href="#n2-ref-b">figure\u00a02</a>');
    expect(html).toContain('id="n2-ref-b"');
    expect(attachments).toEqual(['a', 'b']);
  });

  it('keeps the language of each note', () => {
    const { html } = book('carnet', [
      ['Un', build.body(build.paragraph('organisation'))],
      ['One', build.body(build.callout('tip', build.paragraph('hyphenation'))), 'en'],
    ]);
    expect(html).toContain('<section class="note note-2" lang="en">');
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
    expect(one.html).not.toMatch(/class="cover"|class="contents/);
    expect(one.html).toContain('<h1 id="n1">Seule</h1>');
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

import type { NoteKind } from '#shared/domain/Note.ts';
import type { Language } from '#shared/domain/Person.ts';
import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import type { NoteSheet } from '#shared/document/sheet.ts';
import { type SheetFact, sheetWords } from './sheetWords.ts';

function factHtml({ label, text, href }: SheetFact): string {
  const shown = escapeHtml(text).replaceAll('\n', '<br>');
  const value = href === null ? shown : `<a${htmlAttributes({ href, rel: 'noreferrer' })}>${shown}</a>`;
  return `<div><dt>${escapeHtml(label)}</dt><dd>${value}</dd></div>`;
}

/**
 * The sheet of a term (its definition, then its forms) or of an organisation (where it is and how it is reached), as HTML for pages and books; empty where there is none.
 * @param aside - what stands beside the facts of an organisation, HTML: a map.
 */
export function renderSheet(sheet: NoteSheet, kind: NoteKind, language: Language, aside = ''): string {
  const words = sheetWords(sheet, kind, language);
  if (words === null) return '';
  const definition =
    words.definition === '' ? '' : `<p class="sheet-definition">${escapeHtml(words.definition)}</p>`;
  const facts = words.facts.length === 0 ? '' : `<dl>${words.facts.map(factHtml).join('')}</dl>`;
  const inside = `${definition}${facts}${kind === 'term' ? '' : aside}`;
  return inside === '' ? '' : `<section class="note-sheet">${inside}</section>`;
}

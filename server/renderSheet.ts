import { phoneHref, siteName } from '#shared/domain/contact.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import type { Language } from '#shared/domain/Person.ts';
import { regionName } from '#shared/domain/regions.ts';
import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import { isEmptySheet, type NoteSheet, type TermForm, termForms } from '#shared/document/sheet.ts';

type Labels = Readonly<Record<TermForm | 'address' | 'region' | 'phone' | 'email' | 'site', string>>;

const labels: Readonly<Record<Language, Labels>> = {
  fr: {
    feminine: 'Féminin',
    plural: 'Pluriel',
    inclusive: 'Écriture inclusive',
    aliases: 'Autres noms',
    address: 'Adresse',
    region: 'Région',
    phone: 'Téléphone',
    email: 'Courriel',
    site: 'Site',
  },
  en: {
    feminine: 'Feminine',
    plural: 'Plural',
    inclusive: 'Inclusive writing',
    aliases: 'Other names',
    address: 'Address',
    region: 'Region',
    phone: 'Telephone',
    email: 'E-mail',
    site: 'Site',
  },
};

const fact = (label: string, html: string): string =>
  html === '' ? '' : `<div><dt>${escapeHtml(label)}</dt><dd>${html}</dd></div>`;

const link = (href: string, text: string): string =>
  `<a${htmlAttributes({ href, rel: 'noreferrer' })}>${escapeHtml(text)}</a>`;

/**
 * The sheet of a term (its definition, then its forms) or of an organisation (where it is and how it is reached), as HTML for pages and books; empty where there is none.
 * @param aside - what stands beside the facts of an organisation, HTML: a map.
 */
export function renderSheet(sheet: NoteSheet, kind: NoteKind, language: Language, aside = ''): string {
  if (isEmptySheet(sheet, kind)) return '';
  const words = labels[language];
  if (kind === 'term') {
    const forms = termForms.map((form) => fact(words[form], escapeHtml(sheet[form].join(', ')))).join('');
    const definition =
      sheet.definition === '' ? '' : `<p class="sheet-definition">${escapeHtml(sheet.definition)}</p>`;
    return `<section class="note-sheet">${definition}${forms === '' ? '' : `<dl>${forms}</dl>`}</section>`;
  }
  const { address, region, phone, email, site } = sheet;
  const facts = [
    fact(words.address, escapeHtml(address).replaceAll('\n', '<br>')),
    fact(words.region, region === null ? '' : escapeHtml(regionName(region, language))),
    fact(words.phone, phone === '' ? '' : link(phoneHref(phone), phone)),
    fact(words.email, email === '' ? '' : link(`mailto:${email}`, email)),
    fact(words.site, site === '' ? '' : link(site, siteName(site))),
  ].join('');
  if (facts === '' && aside === '') return '';
  return `<section class="note-sheet">${facts === '' ? '' : `<dl>${facts}</dl>`}${aside}</section>`;
}

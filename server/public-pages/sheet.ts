import { phoneHref, siteName } from '#shared/domain/contact.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import { regionName } from '#shared/domain/regions.ts';
import type { Language } from '#shared/domain/Person.ts';
import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import { isEmptySheet, type NoteSheet, otherNames, termForms } from '#shared/document/sheet.ts';
import { publicLabels } from './publicLabels.ts';

const fact = (label: string, html: string): string =>
  html === '' ? '' : `<div><dt>${escapeHtml(label)}</dt><dd>${html}</dd></div>`;

const link = (href: string, text: string): string =>
  `<a${htmlAttributes({ href, rel: 'noreferrer' })}>${escapeHtml(text)}</a>`;

/** The sheet of a term or an organisation on a public page; empty where there is none. */
export function publicSheet(sheet: NoteSheet, kind: NoteKind, language: Language): string {
  if (isEmptySheet(sheet, kind)) return '';
  const labels = publicLabels(language).sheet;
  if (kind === 'term') {
    const forms = termForms.map((form) => fact(labels[form], escapeHtml(sheet[form].join(', '))));
    return (
      '<section class="public-sheet">' +
      (sheet.definition === '' ? '' : `<p class="public-definition">${escapeHtml(sheet.definition)}</p>`) +
      (forms.join('') === '' ? '' : `<dl>${forms.join('')}</dl>`) +
      '</section>'
    );
  }
  const { address, region, phone, email, site } = sheet;
  const facts = [
    fact(labels.address, escapeHtml(address).replaceAll('\n', '<br>')),
    fact(labels.region, region === null ? '' : escapeHtml(regionName(region, language))),
    fact(labels.phone, phone === '' ? '' : link(phoneHref(phone), phone)),
    fact(labels.email, email === '' ? '' : link(`mailto:${email}`, email)),
    fact(labels.site, site === '' ? '' : link(site, siteName(site))),
  ].join('');
  return facts === '' ? '' : `<section class="public-sheet"><dl>${facts}</dl></section>`;
}

/** What the sheet says in schema.org's words: what the page is about. */
export function structuredSheet(sheet: NoteSheet, kind: NoteKind, name: string): Record<string, unknown> {
  if (kind === 'note' || isEmptySheet(sheet, kind)) return {};
  if (kind === 'term') {
    const names = otherNames(sheet, kind);
    return {
      mainEntity: {
        '@type': 'DefinedTerm',
        name,
        ...(sheet.definition === '' ? {} : { description: sheet.definition }),
        ...(names.length === 0 ? {} : { alternateName: names }),
      },
    };
  }
  const { address, region, coordinates, site, email, phone } = sheet;
  const isInQuebec = region !== null && region !== 'hors-quebec';
  return {
    mainEntity: {
      '@type': 'Organization',
      name,
      ...(site === '' ? {} : { url: site }),
      ...(email === '' ? {} : { email }),
      ...(phone === '' ? {} : { telephone: phone }),
      ...(address === '' && !isInQuebec
        ? {}
        : {
            address: {
              '@type': 'PostalAddress',
              ...(address === '' ? {} : { streetAddress: address.replaceAll('\n', ', ') }),
              ...(isInQuebec ? { addressRegion: 'QC', addressCountry: 'CA' } : {}),
            },
          }),
      ...(isInQuebec ? { areaServed: regionName(region, 'fr') } : {}),
      ...(coordinates === null
        ? {}
        : { location: { '@type': 'Place', geo: { '@type': 'GeoCoordinates', ...coordinates } } }),
    },
  };
}

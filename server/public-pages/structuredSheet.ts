import type { NoteKind } from '#shared/domain/Note.ts';
import { regionName } from '#shared/domain/regions.ts';
import { isEmptySheet, type NoteSheet, otherNames } from '#shared/document/sheet.ts';

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

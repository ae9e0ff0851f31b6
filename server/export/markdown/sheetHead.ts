import { type NoteSheet, termForms } from '#shared/document/sheet.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import type { FrontMatter } from './frontMatter.ts';

/** What a sheet says, field by field, for the head of a file: its words stand in the text too, for who reads it. Nothing of a note that has none. */
export function sheetHead(sheet: NoteSheet, kind: NoteKind): FrontMatter {
  const said = (text: string): string | null => (text === '' ? null : text);
  if (kind === 'term')
    return {
      definition: said(sheet.definition),
      ...Object.fromEntries(termForms.map((form) => [form, sheet[form]])),
    };
  if (kind !== 'organisation') return {};
  const { address, region, phone, email, site, coordinates } = sheet;
  return {
    address: said(address),
    region,
    phone: said(phone),
    email: said(email),
    site: said(site),
    coordinates: coordinates === null ? null : `${coordinates.latitude}, ${coordinates.longitude}`,
  };
}

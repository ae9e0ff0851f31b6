import type * as Y from 'yjs';
import { type Coordinates, checkCoordinates, readEmail, readPhone, readSite } from '../domain/contact.ts';
import type { NoteKind } from '../domain/Note.ts';
import { isRegion, type Region, regionName } from '../domain/regions.ts';
import { noteFields } from './fields.ts';

/** The forms that a term is found by, beside its title. */
export const termForms = ['feminine', 'plural', 'inclusive', 'aliases'] as const;
export type TermForm = (typeof termForms)[number];

/** The fields of a sheet, in the order in which they are shown. */
export const sheetFields = [
  'definition',
  ...termForms,
  'address',
  'region',
  'phone',
  'email',
  'site',
  'coordinates',
] as const;
export type SheetField = (typeof sheetFields)[number];

/** What an organisation tells in one value each. */
export const sheetContactKeys = ['region', 'coordinates', 'site', 'email', 'phone'] as const;
export type SheetContactKey = (typeof sheetContactKeys)[number];

/**
 * What a note says of itself beside its text: the definition and the forms of a term, the address and the contact details of an organisation. All of it is in
 * every note's document, so that it is kept when the kind is changed; which part is shown is for the kind to say.
 */
export interface NoteSheet extends Readonly<Record<TermForm, readonly string[]>> {
  readonly definition: string;
  /** Lines. */
  readonly address: string;
  readonly region: Region | null;
  readonly coordinates: Coordinates | null;
  /** `https:`; empty for none. */
  readonly site: string;
  readonly email: string;
  readonly phone: string;
}

/** A sheet with nothing on it. */
export const emptySheet: NoteSheet = {
  definition: '',
  feminine: [],
  plural: [],
  inclusive: [],
  aliases: [],
  address: '',
  region: null,
  coordinates: null,
  site: '',
  email: '',
  phone: '',
};

export const maxDefinitionLength = 2_000;
export const maxAddressLength = 500;
export const maxFormLength = 120;
/** How many forms of one sort a term has. */
export const maxForms = 50;

/** The definition of a term. */
export function definitionOf(doc: Y.Doc): Y.Text {
  return doc.getText(noteFields.definition);
}

/** The address of an organisation. */
export function addressOf(doc: Y.Doc): Y.Text {
  return doc.getText(noteFields.address);
}

/** The forms of one sort of a term. Two people who add one at once both see theirs kept. */
export function formsOf(doc: Y.Doc, form: TermForm): Y.Array<unknown> {
  return doc.getArray(noteFields[form]);
}

/** What an organisation tells in one value each: `region`, `coordinates`, `site`, `email`, `phone`. */
export function contactOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap(noteFields.contact);
}

/** A form as it is kept: one line, without room around it. */
export function readForm(text: string): string {
  return text.replaceAll(/[ \t\r\n]+/g, ' ').trim();
}

const contactReaders = { site: readSite, email: readEmail, phone: readPhone } as const;

/** A value of an organisation as it is compared and told: the region's id, two numbers, or as it stands; empty where it has not its form. */
export function contactText(key: SheetContactKey, value: unknown): string {
  if (key === 'region') return isRegion(value) ? value : '';
  if (key === 'coordinates') {
    const place = checkCoordinates(value);
    return place === null ? '' : `${place.latitude}, ${place.longitude}`;
  }
  return typeof value === 'string' && contactReaders[key](value) === value ? value : '';
}

function formsIn(values: readonly unknown[]): string[] {
  const forms = values
    .filter((value) => typeof value === 'string')
    .filter((value) => value.length <= maxFormLength)
    .map(readForm)
    .filter((value) => value !== '');
  return [...new Set(forms)].slice(0, maxForms);
}

/**
 * Reads the sheet of a note. It was written by people's applications: what is not of the expected form is left out. The document is not modified.
 */
export function readSheet(doc: Y.Doc): NoteSheet {
  const contact = contactOf(doc);
  const region = contact.get('region');
  return {
    definition: definitionOf(doc).toJSON().slice(0, maxDefinitionLength).trim(),
    feminine: formsIn(formsOf(doc, 'feminine').toArray()),
    plural: formsIn(formsOf(doc, 'plural').toArray()),
    inclusive: formsIn(formsOf(doc, 'inclusive').toArray()),
    aliases: formsIn(formsOf(doc, 'aliases').toArray()),
    address: addressOf(doc).toJSON().slice(0, maxAddressLength).trim(),
    region: isRegion(region) ? region : null,
    coordinates: checkCoordinates(contact.get('coordinates')),
    site: contactText('site', contact.get('site')),
    email: contactText('email', contact.get('email')),
    phone: contactText('phone', contact.get('phone')),
  };
}

/** Makes the forms of one sort be `next`, leaving alone those that stay. Call it in a transaction. */
export function writeForms(doc: Y.Doc, form: TermForm, next: readonly string[]): void {
  const list = formsOf(doc, form);
  const wanted = new Set(formsIn(next));
  const kept = new Set<string>();
  for (let at = list.length - 1; at >= 0; at -= 1) {
    const value = list.get(at);
    const written = typeof value === 'string' ? readForm(value) : '';
    if (wanted.has(written) && !kept.has(written)) kept.add(written);
    else list.delete(at, 1);
  }
  const added = [...wanted].filter((one) => !kept.has(one));
  if (added.length > 0) list.push(added);
}

/** Sets one value of an organisation, or takes it away. Call it in a transaction. */
export function writeContact(doc: Y.Doc, key: SheetContactKey, value: string | Coordinates | null): void {
  const contact = contactOf(doc);
  if (value === null || value === '') {
    if (contact.has(key)) contact.delete(key);
  } else if (JSON.stringify(contact.get(key)) !== JSON.stringify(value)) contact.set(key, value);
}

/** True when nothing of what this kind shows is filled in. */
export function isEmptySheet(sheet: NoteSheet, kind: NoteKind): boolean {
  if (kind === 'term') return sheet.definition === '' && termForms.every((form) => sheet[form].length === 0);
  if (kind === 'organisation') return organisationLines(sheet).length === 0 && sheet.coordinates === null;
  return true;
}

/** The words, beside its title, that a term is known by: any of its forms. None of another kind. */
export function otherNames(sheet: NoteSheet, kind: NoteKind): string[] {
  return kind === 'term' ? [...new Set(termForms.flatMap((form) => sheet[form]))] : [];
}

function organisationLines(sheet: NoteSheet): string[] {
  const { address, region, phone, email, site } = sheet;
  const lines = [address, region === null ? '' : regionName(region, 'fr'), phone, email, site];
  return lines.filter((line) => line !== '');
}

/** What the sheet says to who searches, one line an element. The forms of a term are names, and not in it. */
export function sheetText(sheet: NoteSheet, kind: NoteKind): string {
  if (kind === 'term') return sheet.definition;
  return kind === 'organisation' ? organisationLines(sheet).join('\n') : '';
}

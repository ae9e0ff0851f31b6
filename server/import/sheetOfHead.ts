import { extractText } from '#shared/document/extractText.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import {
  emptySheet,
  isEmptySheet,
  maxAddressLength,
  maxDefinitionLength,
  maxFormLength,
  maxForms,
  type NoteSheet,
  readForm,
  sheetFields,
  termForms,
} from '#shared/document/sheet.ts';
import { readCoordinates, readEmail, readPhone, readSite } from '#shared/domain/contact.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import { isRegion } from '#shared/domain/regions.ts';
import { sheetLabels } from '../sheetWords.ts';
import type { PageHead } from './pageHead.ts';

/** The names that a head may have for what a sheet says. */
export const sheetNames: ReadonlySet<string> = new Set(sheetFields);

/** The sheet that the head of a file of ours says; null where it says none. What has not its form is left out. */
export function sheetOfHead(fields: PageHead['fields'], kind: NoteKind): NoteSheet | null {
  const text = (name: string): string => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
  const forms = (name: string): string[] =>
    [fields.get(name) ?? []]
      .flat()
      .map(readForm)
      .filter((form) => form !== '' && form.length <= maxFormLength)
      .slice(0, maxForms);
  const region = text('region');
  const [latitude = '', longitude = ''] = text('coordinates').split(', ');
  const sheet: NoteSheet = {
    ...emptySheet,
    definition: text('definition').slice(0, maxDefinitionLength),
    ...Object.fromEntries(termForms.map((form) => [form, forms(form)])),
    address: text('address').slice(0, maxAddressLength),
    region: isRegion(region) ? region : null,
    phone: readPhone(text('phone')) ?? '',
    email: readEmail(text('email')) ?? '',
    site: text('site') === '' ? '' : (readSite(text('site')) ?? ''),
    coordinates: readCoordinates(latitude, longitude),
  };
  return isEmptySheet(sheet, kind) ? null : sheet;
}

const isFact = (item: BodyNode): boolean => {
  const [first] = item.content?.[0]?.content ?? [];
  const isBold = first?.marks?.some(({ type }) => type === 'bold') === true;
  return isBold && sheetLabels.has(first.text ?? '');
};

/** The text of a file without the words of its sheet, which stand before it: as far as they are what the sheet says. */
export function withoutSheetWords(
  blocks: readonly BodyNode[],
  { definition }: NoteSheet,
): readonly BodyNode[] {
  let rest = blocks;
  const [first] = rest;
  if (definition !== '' && first?.type === 'paragraph' && sameWords(extractText(first), definition))
    rest = rest.slice(1);
  const [list] = rest;
  return list?.type === 'bulletList' && (list.content ?? []).every(isFact) ? rest.slice(1) : rest;
}

const sameWords = (a: string, b: string): boolean =>
  a.replaceAll(/\s+/g, ' ').trim() === b.replaceAll(/\s+/g, ' ').trim();

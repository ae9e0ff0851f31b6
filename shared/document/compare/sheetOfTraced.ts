import { checkCoordinates } from '../../domain/contact.ts';
import { isRegion } from '../../domain/regions.ts';
import {
  maxAddressLength,
  maxDefinitionLength,
  maxForms,
  type NoteSheet,
  type SheetField,
  type TermForm,
} from '../sheet.ts';
import type { TracedSheet } from './TracedNode.ts';

/** A sheet at one moment as `readSheet` gives that of now. */
export function sheetOfTraced(sheet: TracedSheet): NoteSheet {
  const text = (field: SheetField): string => sheet[field].map((node) => node.text ?? '').join('');
  const forms = (form: TermForm): string[] => sheet[form].map((node) => node.text ?? '').slice(0, maxForms);
  const [latitude, longitude] = text('coordinates').split(', ').map(Number);
  const region = text('region');
  return {
    definition: text('definition').slice(0, maxDefinitionLength).trim(),
    feminine: forms('feminine'),
    plural: forms('plural'),
    inclusive: forms('inclusive'),
    aliases: forms('aliases'),
    address: text('address').slice(0, maxAddressLength).trim(),
    region: isRegion(region) ? region : null,
    coordinates: checkCoordinates({ latitude, longitude }),
    site: text('site'),
    email: text('email'),
    phone: text('phone'),
  };
}

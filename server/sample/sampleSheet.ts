import { emptySheet, type NoteSheet } from '#shared/document/sheet.ts';
import type { Random } from './random.ts';
import * as words from './words.ts';

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z]+/g, '-')
    .toLowerCase();

/** The sheet of a term: what it means, and how else it is written. */
export function sampleTerm(random: Random): NoteSheet {
  const forms = random.pick([
    { feminine: ['animatrice'], plural: ['animateurs', 'animatrices'], inclusive: ['animateur·trice'] },
    { feminine: ['intervenante'], plural: ['intervenants'], inclusive: ['intervenant·e'] },
    { feminine: [], plural: [], inclusive: [] },
  ]);
  return {
    ...emptySheet,
    ...forms,
    definition: `${random.pick(words.definitionBeginnings)} ${random.pick(words.definitionEndings)}.`,
    aliases: random.chance(0.4) ? [random.pick(words.subjects)] : [],
  };
}

/** The sheet of an organisation of a town; a few say less than the others. Numbers and addresses are of those that are given to nobody. */
export function sampleOrganisation(
  random: Random,
  [town, region, latitude, longitude]: (typeof words.towns)[number],
  number: number,
): NoteSheet {
  const near = (degrees: number): number => Math.round((degrees + (random.next() - 0.5) * 0.04) * 1e4) / 1e4;
  const domain = `${plain(town)}-${number}.example`;
  return {
    ...emptySheet,
    address: `${random.between(1, 2_400)}, ${random.pick(words.streets)}\n${town} (Québec)`,
    region,
    coordinates: random.chance(0.9) ? { latitude: near(latitude), longitude: near(longitude) } : null,
    site: random.chance(0.7) ? `https://www.${domain}` : '',
    email: `info@${domain}`,
    phone: `${random.pick([418, 450, 514, 819])} 555-${String(random.between(100, 199)).padStart(4, '0')}`,
  };
}

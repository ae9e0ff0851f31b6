import { formatDate } from '#shared/domain/dates.ts';

/** The words that a book adds to its notes. */
export interface BookLabels {
  readonly contents: string;
  readonly untitled: string;
  /** Between the last two names of a list. */
  readonly and: string;
  readonly carnet: string;
  /** Said of a damaged note. */
  readonly incomplete: string;
  readonly formatDate: (time: number) => string;
}

const french: BookLabels = {
  contents: 'Table des matières',
  untitled: 'Sans titre',
  and: 'et',
  carnet: 'Carnet',
  incomplete: 'note abîmée, texte incomplet',
  formatDate: (time) => formatDate(time, 'fr'),
};

const english: BookLabels = {
  contents: 'Contents',
  untitled: 'Untitled',
  and: 'and',
  carnet: 'Carnet',
  incomplete: 'damaged note, text incomplete',
  formatDate: (time) => formatDate(time, 'en'),
};

/** The words for a language tag: English for `en…`, French for every other. */
export function bookLabels(language: string): BookLabels {
  return /^en(-|$)/i.test(language) ? english : french;
}

/** « Ana Silva, Marie Tremblay et Tom Roy ». */
export function joinNames(names: readonly string[], labels: Pick<BookLabels, 'and'>): string {
  const last = names.at(-1);
  if (names.length < 2 || last === undefined) return last ?? '';
  return `${names.slice(0, -1).join(', ')} ${labels.and} ${last}`;
}

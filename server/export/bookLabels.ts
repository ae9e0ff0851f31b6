import { formatDate } from '#shared/domain/dates.ts';
import type { Language } from '#shared/domain/Person.ts';
import { lockWords, type NoteLock } from '#shared/domain/lock.ts';

/** The words that a book adds to its notes. */
export interface BookLabels {
  readonly language: Language;
  readonly contents: string;
  readonly untitled: string;
  /** Between the last two names of a list. */
  readonly and: string;
  readonly carnet: string;
  /** Said of a damaged note. */
  readonly incomplete: string;
  /** « Édition 2 ». */
  readonly edition: (number: number) => string;
  /** Said of a copy of an edition in which something is not there. */
  readonly notWhole: string;
  readonly formatDate: (time: number) => string;
  /** Said of a note that stands as it was adopted. */
  readonly lock: (lock: Pick<NoteLock, 'day' | 'sentence'>) => string;
}

const french: BookLabels = {
  language: 'fr',
  contents: 'Table des matières',
  untitled: 'Sans titre',
  and: 'et',
  carnet: 'Carnet',
  incomplete: 'note abîmée, texte incomplet',
  edition: (number) => `Édition\u00a0${number}`,
  notWhole: 'Cet exemplaire n’est donc pas l’édition entière, et n’en a pas l’empreinte.',
  formatDate: (time) => formatDate(time, 'fr'),
  lock: (lock) => lockWords(lock, 'fr'),
};

const english: BookLabels = {
  language: 'en',
  contents: 'Contents',
  untitled: 'Untitled',
  and: 'and',
  carnet: 'Carnet',
  incomplete: 'damaged note, text incomplete',
  edition: (number) => `Edition\u00a0${number}`,
  notWhole: 'So this copy is not the whole edition, and does not have its digest.',
  formatDate: (time) => formatDate(time, 'en'),
  lock: (lock) => lockWords(lock, 'en'),
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

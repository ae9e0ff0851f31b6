import type { Language } from '#shared/domain/Person.ts';
import { formatDateTime } from '#shared/domain/dates.ts';
import { type ChangesWords, changesWords } from './changesWords.ts';

const nb = '\u00a0';

/** The words that the parts of a book around its notes need, beside those of `bookLabels`. */
export interface BookWords {
  readonly part: (number: number) => string;
  /** The part of what was filed nowhere. */
  readonly otherNotes: string;
  readonly figures: string;
  readonly tables: string;
  /** Both. */
  readonly lists: string;
  readonly lexicon: string;
  readonly index: string;
  readonly authorsIndex: string;
  readonly organisationsIndex: string;
  readonly links: string;
  readonly changes: ChangesWords;
  /** « page 12 », in a sentence. */
  readonly page: (number: string) => string;
  /** « (p. 12) », behind a link. */
  readonly pageMark: (number: string) => string;
  /** Before pages. */
  readonly pages: string;
  readonly authors: string;
  readonly keptBy: string;
  readonly communities: string;
  readonly licence: string;
  readonly allRightsReserved: string;
  readonly notesUnder: (count: number) => string;
  readonly cite: string;
  /** Before which edition it is. */
  readonly published: string;
  readonly edition: string;
  readonly state: (time: number) => string;
  readonly digest: string;
  readonly setIn: (fonts: string) => string;
  readonly audio: string;
  readonly video: string;
}

const french: BookWords = {
  part: (number) => `Partie${nb}${number}`,
  otherNotes: 'Autres notes',
  figures: 'Figures',
  tables: 'Tableaux',
  lists: 'Figures et tableaux',
  lexicon: 'Lexique',
  index: 'Index',
  authorsIndex: 'Auteur·trices',
  organisationsIndex: 'Organisations',
  links: 'Liens cités',
  changes: changesWords.fr,
  page: (number) => `page${nb}${number}`,
  pageMark: (number) => `(p.${nb}${number})`,
  pages: 'p.',
  authors: 'Auteur·trices',
  keptBy: 'Carnet tenu par',
  communities: 'Communautés',
  licence: 'Licence',
  allRightsReserved: 'tous droits réservés',
  notesUnder: (count) => (count === 1 ? `1${nb}note` : `${count}${nb}notes`),
  cite: 'Pour citer',
  published: 'Édition',
  edition: 'État du texte',
  state: (time) => formatDateTime(time, 'fr'),
  digest: 'Empreinte SHA-256 du contenu',
  setIn: (fonts) => `Composé en ${fonts}, avec Calepin.`,
  audio: 'Enregistrement sonore',
  video: 'Vidéo',
};

const english: BookWords = {
  part: (number) => `Part${nb}${number}`,
  otherNotes: 'Other notes',
  figures: 'Figures',
  tables: 'Tables',
  lists: 'Figures and tables',
  lexicon: 'Lexicon',
  index: 'Index',
  authorsIndex: 'Authors',
  organisationsIndex: 'Organisations',
  links: 'Links cited',
  changes: changesWords.en,
  page: (number) => `page${nb}${number}`,
  pageMark: (number) => `(p.${nb}${number})`,
  pages: 'p.',
  authors: 'Authors',
  keptBy: 'Carnet kept by',
  communities: 'Communities',
  licence: 'Licence',
  allRightsReserved: 'all rights reserved',
  notesUnder: (count) => (count === 1 ? `1${nb}note` : `${count}${nb}notes`),
  cite: 'To cite',
  published: 'Edition',
  edition: 'State of the text',
  state: (time) => formatDateTime(time, 'en'),
  digest: 'SHA-256 digest of the content',
  setIn: (fonts) => `Set in ${fonts}, with Calepin.`,
  audio: 'Sound recording',
  video: 'Video',
};

const words: Readonly<Record<Language, BookWords>> = { fr: french, en: english };

/** The words for a language of `bookLabels`. */
export function bookWords(language: Language): BookWords {
  return words[language];
}

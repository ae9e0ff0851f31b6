import { formatDateTime } from '#shared/domain/dates.ts';
import type { Language } from '#shared/domain/Person.ts';
import type { VersionKind } from '#shared/domain/Version.ts';

const nb = '\u00a0';
const thin = '\u202f';

/** The words of the pages of an archive, beside those of a site. */
export interface ArchiveWords {
  readonly home: string;
  readonly about: string;
  /** What the file is, and how it comes back. */
  readonly whatItIs: string;
  readonly comesBack: string;
  readonly madeFor: (name: string, at: number, from: string | null) => string;
  readonly history: string;
  readonly versions: (count: number) => string;
  readonly kinds: Readonly<Record<VersionKind, string>>;
  readonly sameText: string;
  readonly textApart: string;
  readonly unreadable: string;
  readonly closedHistory: string;
  readonly damagedHistory: string;
  readonly noVersion: string;
  readonly discussion: string;
  readonly messages: (count: number) => string;
  readonly closed: string;
  readonly somebody: string;
  readonly otherFiles: string;
  readonly when: (at: number) => string;
}

const french: ArchiveWords = {
  home: 'Toutes les notes',
  about: 'Cette archive',
  whatItIs:
    'Ce fichier se lit dans tout navigateur, sans réseau. Il contient aussi, en entier, ce que Calepin garde de ces notes : leurs images et leurs fichiers, leur historique et ses preuves.',
  comesBack:
    'Pour les reprendre dans Calepin, choisissez «\u00a0Importer…\u00a0» et ce fichier. Rien ne se perd en route.',
  madeFor: (name, at, from) =>
    `Faite pour ${name} le ${formatDateTime(at, 'fr')}${from === null ? '' : `, depuis ${from}`}.`,
  history: 'Historique',
  versions: (count) => `${count}${nb}version${count > 1 ? 's' : ''}`,
  kinds: {
    first: 'Première version',
    sitting: 'Fin d’une séance',
    named: 'Version nommée',
    restore: 'Retour à une version',
  },
  sameText: 'Le même texte que la version d’avant.',
  textApart:
    'Son texte n’est pas montré ici pour ne pas alourdir la page ; Calepin le retrouve dans l’archive.',
  unreadable: 'Ce texte n’a pas pu être relu.',
  closedHistory:
    'L’historique de cette note est réservé à ses auteur·trices : l’archive en a le texte d’aujourd’hui, et rien d’avant.',
  damagedHistory:
    'L’historique de cette note est abîmé : l’archive en a le texte d’aujourd’hui, et rien d’avant.',
  noVersion: 'Aucune version encore.',
  discussion: 'Discussion',
  messages: (count) => `${count}${nb}message${count > 1 ? 's' : ''}`,
  closed: 'Discussion close',
  somebody: 'Une personne partie',
  otherFiles: 'Autres fichiers de la note',
  when: (at) => formatDateTime(at, 'fr'),
};

const english: ArchiveWords = {
  home: 'All the notes',
  about: 'This archive',
  whatItIs:
    'This file can be read in any browser, with no network. It also holds, whole, what Calepin keeps of these notes: their pictures and files, their history and its proofs.',
  comesBack: 'To take them up in Calepin, choose “Import…” and this file. Nothing is lost on the way.',
  madeFor: (name, at, from) =>
    `Made for ${name} on ${formatDateTime(at, 'en')}${from === null ? '' : `, from ${from}`}.`,
  history: 'History',
  versions: (count) => `${count}${nb}version${count === 1 ? '' : 's'}`,
  kinds: {
    first: 'First version',
    sitting: 'End of a sitting',
    named: 'Named version',
    restore: 'Return to a version',
  },
  sameText: 'The same text as the version before.',
  textApart: 'Its text is not shown here, to keep the page light; Calepin finds it in the archive.',
  unreadable: 'This text could not be read back.',
  closedHistory:
    'The history of this note is for its authors: the archive has its text of today, and nothing before.',
  damagedHistory:
    'The history of this note is damaged: the archive has its text of today, and nothing before.',
  noVersion: 'No version yet.',
  discussion: 'Discussion',
  messages: (count) => `${count}${nb}message${count === 1 ? '' : 's'}`,
  closed: 'Closed discussion',
  somebody: 'Somebody who left',
  otherFiles: 'Other files of the note',
  when: (at) => formatDateTime(at, 'en'),
};

/** French asks for a narrow space before `;`, and a whole one before `:`, which break no line. */
const spaced = (words: ArchiveWords): ArchiveWords =>
  Object.fromEntries(
    Object.entries(words).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll(' ;', `${thin};`).replaceAll(' :', `${nb}:`) : value,
    ]),
  ) as unknown as ArchiveWords;

const words: Readonly<Record<Language, ArchiveWords>> = { fr: spaced(french), en: english };

/** The words for a language of `bookLabels`. */
export const archiveWords = (language: Language): ArchiveWords => words[language];

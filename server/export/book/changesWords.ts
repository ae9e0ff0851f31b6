import type { Language } from '#shared/domain/Person.ts';

const nb = '\u00a0';

/** The words of the annex that tells what changed since the edition before. */
export interface ChangesWords {
  readonly title: (number: number) => string;
  /** @param from, to - the lines that name the two editions. */
  readonly between: (from: string, to: string) => string;
  readonly none: string;
  /** Said where one of the editions holds notes of which nothing is told. */
  readonly partial: string;
  readonly byAuthor: string;
  readonly byNote: string;
  readonly author: string;
  readonly notes: string;
  readonly added: string;
  readonly removed: string;
  /** Somebody who is not known, or may not be named. */
  readonly somebody: string;
  readonly came: string;
  readonly went: string;
  readonly changed: string;
  readonly wentBack: string;
  readonly moved: string;
  /** @param from, to - names of parts. */
  readonly movedBetween: (from: string, to: string) => string;
  readonly movedInto: (to: string) => string;
  readonly movedOutOf: (from: string) => string;
  readonly titleBefore: (title: string) => string;
  /** How what was added and removed is shown; HTML. */
  readonly legend: string;
  /** Said of the passages that are not quoted. */
  readonly morePassages: (count: Count) => string;
  /** What one author did to a note. @param added, removed - words; written as the language writes numbers. */
  readonly wordsOf: (added: Count, removed: Count) => string;
}

/** A number, and how it is written. */
export interface Count {
  readonly count: number;
  readonly written: string;
}

const french: ChangesWords = {
  title: (number) => `Ce qui a changé depuis l’édition${nb}${number}`,
  between: (from, to) => `De «${nb}${from}${nb}» à «${nb}${to}${nb}».`,
  none: 'Rien n’a changé entre ces deux éditions.',
  partial:
    'Des notes de ces éditions sont réservées à d’autres personnes ou n’existent plus. Rien n’en est dit ici.',
  byAuthor: 'Par auteur·trice',
  byNote: 'Note par note',
  author: 'Auteur·trice',
  notes: 'Notes',
  added: 'Mots ajoutés',
  removed: 'Mots retirés',
  somebody: 'Une personne inconnue',
  came: 'ajoutée',
  went: 'retirée',
  changed: 'modifiée',
  wentBack: 'revenue à un texte antérieur',
  moved: 'déplacée',
  movedBetween: (from, to) => `déplacée de «${nb}${from}${nb}» à «${nb}${to}${nb}»`,
  movedInto: (to) => `déplacée dans «${nb}${to}${nb}»`,
  movedOutOf: (from) => `sortie de «${nb}${from}${nb}»`,
  titleBefore: (title) => `auparavant «${nb}${title}${nb}»`,
  legend: 'Ce qui a été ajouté est <ins>en gras</ins>, ce qui a été retiré est <del>barré</del>.',
  morePassages: ({ count, written }) =>
    count === 1 ? 'et un autre passage' : `et ${written}${nb}autres passages`,
  wordsOf(added, removed) {
    const plural = ({ count }: Count): string => (count < 2 ? '' : 's');
    const parts = [
      ...(added.count === 0 ? [] : [`${added.written}${nb}mot${plural(added)} ajouté${plural(added)}`]),
      ...(removed.count === 0
        ? []
        : [
            added.count === 0
              ? `${removed.written}${nb}mot${plural(removed)} retiré${plural(removed)}`
              : `${removed.written} retiré${plural(removed)}`,
          ]),
    ];
    return parts.join(', ') || 'autres changements, sans effet sur les mots';
  },
};

const english: ChangesWords = {
  title: (number) => `What changed since edition${nb}${number}`,
  between: (from, to) => `From “${from}” to “${to}”.`,
  none: 'Nothing changed between these two editions.',
  partial:
    'Some notes of these editions are reserved for other people or no longer exist. Nothing is said of them here.',
  byAuthor: 'By author',
  byNote: 'Note by note',
  author: 'Author',
  notes: 'Notes',
  added: 'Words added',
  removed: 'Words removed',
  somebody: 'Somebody unknown',
  came: 'added',
  went: 'taken out',
  changed: 'changed',
  wentBack: 'back to an earlier text',
  moved: 'moved',
  movedBetween: (from, to) => `moved from “${from}” to “${to}”`,
  movedInto: (to) => `moved into “${to}”`,
  movedOutOf: (from) => `moved out of “${from}”`,
  titleBefore: (title) => `formerly “${title}”`,
  legend: 'What was added is <ins>in bold</ins>, what was removed is <del>struck through</del>.',
  morePassages: ({ count, written }) =>
    count === 1 ? 'and one more passage' : `and ${written}${nb}more passages`,
  wordsOf(added, removed) {
    const noun = ({ count }: Count): string => (count === 1 ? 'word' : 'words');
    const parts = [
      ...(added.count === 0 ? [] : [`${added.written}${nb}${noun(added)} added`]),
      ...(removed.count === 0
        ? []
        : [
            added.count === 0
              ? `${removed.written}${nb}${noun(removed)} removed`
              : `${removed.written} removed`,
          ]),
    ];
    return parts.join(', ') || 'other changes, in no word';
  },
};

export const changesWords: Readonly<Record<Language, ChangesWords>> = { fr: french, en: english };

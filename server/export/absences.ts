import type { Language } from '#shared/domain/Person.ts';
import type { Absent } from './BookContent.ts';
import { bookLabels } from './bookLabels.ts';

type Sentences = Readonly<Record<keyof Absent, (count: number) => string>>;

const nb = '\u00a0';

const french: Sentences = {
  withheld: (count) =>
    count === 1
      ? `Une note de ce carnet est réservée à d’autres personnes${nb}: elle n’est pas ici.`
      : `${count}${nb}notes de ce carnet sont réservées à d’autres personnes${nb}: elles ne sont pas ici.`,
  closedThen: (count) =>
    count === 1
      ? `Une note a changé depuis ce moment, et son texte d’alors est réservé à qui en voit l’historique${nb}: elle n’est pas ici.`
      : `${count}${nb}notes ont changé depuis ce moment, et leur texte d’alors est réservé à qui en voit l’historique${nb}: elles ne sont pas ici.`,
  gone: (count) =>
    count === 1
      ? `Une note de ce moment n’existe plus, ou n’a pas pu être relue${nb}: elle n’est pas ici.`
      : `${count}${nb}notes de ce moment n’existent plus, ou n’ont pas pu être relues${nb}: elles ne sont pas ici.`,
};

const english: Sentences = {
  withheld: (count) =>
    count === 1
      ? 'One note of this carnet is reserved for other people: it is not here.'
      : `${count}${nb}notes of this carnet are reserved for other people: they are not here.`,
  closedThen: (count) =>
    count === 1
      ? 'One note has changed since that moment, and its text of then is reserved for those who see its history: it is not here.'
      : `${count}${nb}notes have changed since that moment, and their text of then is reserved for those who see their history: they are not here.`,
  gone: (count) =>
    count === 1
      ? 'One note of that moment no longer exists, or could not be read back: it is not here.'
      : `${count}${nb}notes of that moment no longer exist, or could not be read back: they are not here.`,
};

const sentences: Readonly<Record<Language, Sentences>> = { fr: french, en: english };

/** What a book says of what is not in it, in its language; nothing where all of it is there. */
export function absenceSentences(absent: Absent, language: string): string[] {
  const words = sentences[bookLabels(language).language];
  return (['withheld', 'closedThen', 'gone'] as const).flatMap((kind) =>
    absent[kind] === 0 ? [] : [words[kind](absent[kind])],
  );
}

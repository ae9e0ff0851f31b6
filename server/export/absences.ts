import type { Language } from '#shared/domain/Person.ts';
import type { Absent, BookContent, BookEdition } from './BookContent.ts';
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
  outside: (count) =>
    count === 1
      ? `Un titre auquel cette édition renvoie n’existe plus, ou ne vous est pas ouvert${nb}: il n’est pas ici.`
      : `${count}${nb}titres auxquels cette édition renvoie n’existent plus, ou ne vous sont pas ouverts${nb}: ils ne sont pas ici.`,
  files: (count) =>
    count === 1
      ? `Une image ou un fichier de cette édition n’existe plus, ou ne vous est pas ouvert${nb}: il manque ici.`
      : `${count}${nb}images ou fichiers de cette édition n’existent plus, ou ne vous sont pas ouverts${nb}: ils manquent ici.`,
  people: (count) =>
    count === 1
      ? `Une personne nommée dans cette édition n’a plus de compte${nb}: son nom n’est plus ici.`
      : `${count}${nb}personnes nommées dans cette édition n’ont plus de compte${nb}: leurs noms ne sont plus ici.`,
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
  outside: (count) =>
    count === 1
      ? 'One title that this edition refers to no longer exists, or is not open to you: it is not here.'
      : `${count}${nb}titles that this edition refers to no longer exist, or are not open to you: they are not here.`,
  files: (count) =>
    count === 1
      ? 'One picture or file of this edition no longer exists, or is not open to you: it is missing here.'
      : `${count}${nb}pictures or files of this edition no longer exist, or are not open to you: they are missing here.`,
  people: (count) =>
    count === 1
      ? 'One person named in this edition has no account any more: their name is no longer here.'
      : `${count}${nb}people named in this edition have no account any more: their names are no longer here.`,
};

const sentences: Readonly<Record<Language, Sentences>> = { fr: french, en: english };

const order = ['withheld', 'closedThen', 'gone', 'outside', 'files', 'people'] as const;

/** What a book says of what is not in it, in its language; nothing where all of it is there. */
export function absenceSentences({ absent, edition, language }: BookContent): string[] {
  const labels = bookLabels(language);
  const words = sentences[labels.language];
  const missing = order.flatMap((kind) => (absent[kind] === 0 ? [] : [words[kind](absent[kind])]));
  return edition === null || edition.isWhole ? missing : [...missing, labels.notWhole];
}

/** « Édition 2 – Version déposée – 5 mars 2026 »; null for what is no edition. */
export function editionLine({
  edition,
  language,
}: {
  readonly edition: Pick<BookEdition, 'number' | 'title' | 'at'> | null;
  readonly language: string;
}): string | null {
  if (edition === null) return null;
  const labels = bookLabels(language);
  const { number, title, at } = edition;
  return [labels.edition(number), title, labels.formatDate(at)].filter(Boolean).join(' – ');
}

/** What each form says of its book at its beginning: which edition it is, what was said of it, what is not in it. */
export function standingSentences(content: BookContent): string[] {
  const line = editionLine(content);
  return [
    ...(line === null ? [] : [line]),
    content.edition?.remark ?? '',
    ...absenceSentences(content),
  ].filter(Boolean);
}

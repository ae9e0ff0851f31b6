import type { Language } from '#shared/domain/Person.ts';

interface SiteLabels {
  readonly skip: string;
  /** Name of the way to the neighbours of a page. */
  readonly turn: string;
  readonly previous: string;
  readonly next: string;
  /** Said of the notes of a carnet that whoever asks may not read. */
  readonly withheld: (count: number) => string;
  /** Folder of pictures and files. */
  readonly media: string;
}

const labels: Readonly<Record<Language, SiteLabels>> = {
  fr: {
    skip: 'Aller au texte',
    turn: 'D’une note à l’autre',
    previous: 'Précédente',
    next: 'Suivante',
    withheld: (count) =>
      count === 1
        ? 'Une note de ce carnet est réservée à d’autres personnes : elle n’est pas sur ce site.'
        : `${count} notes de ce carnet sont réservées à d’autres personnes : elles ne sont pas sur ce site.`,
    media: 'medias',
  },
  en: {
    skip: 'Skip to the text',
    turn: 'From note to note',
    previous: 'Previous',
    next: 'Next',
    withheld: (count) =>
      count === 1
        ? 'One note of this carnet is reserved for other people: it is not on this site.'
        : `${count} notes of this carnet are reserved for other people: they are not on this site.`,
    media: 'media',
  },
};

/** The words of a site's own pages, for the language of a book. */
export function siteLabels(language: Language): SiteLabels {
  return labels[language];
}

import type { Language } from '#shared/domain/Person.ts';

interface SiteLabels {
  readonly skip: string;
  /** Name of the way to the neighbours of a page. */
  readonly turn: string;
  readonly previous: string;
  readonly next: string;
  /** Folder of pictures and files. */
  readonly media: string;
}

const labels: Readonly<Record<Language, SiteLabels>> = {
  fr: {
    skip: 'Aller au texte',
    turn: 'D’une note à l’autre',
    previous: 'Précédente',
    next: 'Suivante',
    media: 'medias',
  },
  en: {
    skip: 'Skip to the text',
    turn: 'From note to note',
    previous: 'Previous',
    next: 'Next',
    media: 'media',
  },
};

/** The words of a site's own pages, for the language of a book. */
export function siteLabels(language: Language): SiteLabels {
  return labels[language];
}

import type { MarkdownLoss } from './MarkdownLosses.ts';

/** The words that the files of an export add to notes. */
export interface MarkdownLabels {
  /** The file that is read first. */
  readonly index: string;
  readonly media: string;
  readonly notes: string;
  /** Before what was not kept. */
  readonly lost: string;
  readonly losses: Readonly<Record<MarkdownLoss, string>>;
  readonly incomplete: string;
}

const french: MarkdownLabels = {
  index: 'LISEZ-MOI',
  media: 'medias',
  notes: 'Notes',
  lost: 'Ce que Markdown n’a pas pu garder',
  losses: {
    alignment: 'l’alignement du texte (centré, à droite, justifié)',
    colours: 'les couleurs du surligneur et des cellules',
    mediaLayout: 'la largeur et la place des images et des vidéos',
    passageLanguage: 'la langue d’un paragraphe, quand elle n’est pas celle de la note',
    missingMedia: 'des images ou des fichiers qui n’existent plus, ou que vous ne pouvez pas voir',
    hiddenLinks: 'des liens vers des notes que vous ne pouvez pas lire',
  },
  incomplete: 'Cette note est abîmée : son texte est incomplet.',
};

const english: MarkdownLabels = {
  index: 'README',
  media: 'media',
  notes: 'Notes',
  lost: 'What Markdown could not keep',
  losses: {
    alignment: 'the alignment of text (centred, right, justified)',
    colours: 'the colours of the highlighter and of cells',
    mediaLayout: 'the width and place of pictures and films',
    passageLanguage: 'the language of a paragraph that is not that of its note',
    missingMedia: 'pictures or files that no longer exist, or that you may not see',
    hiddenLinks: 'links to notes that you may not read',
  },
  incomplete: 'This note is damaged: its text is incomplete.',
};

/** The words for a language tag: English for `en…`, French for every other. */
export function markdownLabels(language: string): MarkdownLabels {
  return /^en(-|$)/i.test(language) ? english : french;
}

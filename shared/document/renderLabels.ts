import type { CalloutKind } from './vocabulary.ts';
import type { Reference } from './numbering.ts';

/** The few words that rendering adds to a note, in the language of that note. */
export interface RenderLabels {
  readonly notes: string;
  readonly backToText: (number: number) => string;
  readonly footnoteCall: (number: number) => string;
  readonly callouts: Readonly<Record<CalloutKind, string>>;
  readonly hiddenNote: string;
  readonly missingReference: string;
  readonly done: string;
  readonly toDo: string;
  readonly missingImage: string;
  readonly untitled: string;
  /** « figure 3 », inside a sentence. */
  readonly reference: (reference: Reference) => string;
  /** « Figure 3. » before a caption. */
  readonly captionNumber: (reference: Reference) => string;
}

const nb = '\u00a0';

const french: RenderLabels = {
  notes: 'Notes',
  backToText: (number) => `Retour à l’appel de note${nb}${number}`,
  footnoteCall: (number) => `Note${nb}${number}`,
  callouts: { info: 'À savoir', warning: 'Attention', tip: 'Conseil', citation: 'Citation' },
  hiddenNote: 'note non accessible',
  missingReference: 'renvoi introuvable',
  done: 'Fait',
  toDo: 'À faire',
  missingImage: 'Image non disponible',
  untitled: 'Sans titre',
  reference: ({ kind, number, title }) => {
    if (kind === 'heading') return `«${nb}${title}${nb}»`;
    return `${{ figure: 'figure', table: 'tableau', equation: 'équation' }[kind]}${nb}${number ?? ''}`;
  },
  captionNumber: ({ kind, number }) => `${kind === 'table' ? 'Tableau' : 'Figure'}${nb}${number ?? ''}.`,
};

const english: RenderLabels = {
  notes: 'Notes',
  backToText: (number) => `Back to note${nb}${number} in the text`,
  footnoteCall: (number) => `Note${nb}${number}`,
  callouts: { info: 'Good to know', warning: 'Caution', tip: 'Tip', citation: 'Quotation' },
  hiddenNote: 'note not accessible',
  missingReference: 'reference not found',
  done: 'Done',
  toDo: 'To do',
  missingImage: 'Image not available',
  untitled: 'Untitled',
  reference: ({ kind, number, title }) => {
    if (kind === 'heading') return `“${title}”`;
    return `${{ figure: 'figure', table: 'table', equation: 'equation' }[kind]}${nb}${number ?? ''}`;
  },
  captionNumber: ({ kind, number }) => `${kind === 'table' ? 'Table' : 'Figure'}${nb}${number ?? ''}.`,
};

/** The labels for a language tag: English for `en…`, French for every other. */
export function renderLabels(language: string): RenderLabels {
  return /^en(-|$)/i.test(language) ? english : french;
}

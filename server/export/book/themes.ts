import type { BookTheme } from '#shared/api/exports.ts';

/** A font as a package gives it. */
export interface FontPackage {
  readonly name: string;
  readonly styleSheets: readonly string[];
}

/** A family of letters, of which the first installed package is taken. */
export interface FontFamily {
  /** Path under which the page asks for its files. */
  readonly path: string;
  /** Name in the colophon. */
  readonly title: string;
  /** For CSS. */
  readonly stack: string;
  readonly packages: readonly FontPackage[];
}

/** How a book looks. The style sheet is one; a theme says what differs. */
export interface Theme {
  /** Running text. */
  readonly text: FontFamily;
  /** Titles of notes, parts and the cover. */
  readonly display: FontFamily;
  /** Headings inside notes. */
  readonly headings: FontFamily;
  /** Captions, tables, running heads, folios. */
  readonly small: FontFamily;
  readonly code: FontFamily;
  /** Size of the running text, as a share of the size that the page gives: letters of one size do not look alike in all fonts. */
  readonly size: number;
  /** The same of captions, tables and what else is small. */
  readonly smallSize: number;
  /** The same of the distance between lines. */
  readonly leading: number;
  readonly justified: boolean;
  /** Whether titles of chapters and parts stand in the middle. */
  readonly centred: boolean;
  /** Weight of titles. */
  readonly weight: number;
  /** Whether headings inside notes are small capitals and italics rather than bold. */
  readonly quietHeadings: boolean;
  /** Where numbers of pages stand: in the middle, or on the outer side as one leafs through. */
  readonly folio: 'centre' | 'outer';
}

/*
 * Chromium embeds a static font as TrueType and draws a variable one as Type 3 shapes: the same on paper, but a heavier
 * file, twice the time to print, and letters that some readers show less well. So static packages come first.
 */
const sourceSerif: FontFamily = {
  path: '/fonts/serif/',
  title: 'Source Serif',
  stack: "'Source Serif 4','Source Serif 4 Variable',serif",
  packages: [
    {
      name: '@fontsource/source-serif-4',
      styleSheets: ['400.css', '400-italic.css', '600.css', '600-italic.css'],
    },
    { name: '@fontsource-variable/source-serif-4', styleSheets: ['opsz.css', 'opsz-italic.css'] },
  ],
};
const inter: FontFamily = {
  path: '/fonts/sans/',
  title: 'Inter',
  stack: "'Inter','Inter Variable',sans-serif",
  packages: [
    { name: '@fontsource/inter', styleSheets: ['400.css', '400-italic.css', '500.css', '600.css'] },
    { name: '@fontsource-variable/inter', styleSheets: ['wght.css', 'wght-italic.css'] },
  ],
};
const garamond: FontFamily = {
  path: '/fonts/garamond/',
  title: 'EB Garamond',
  stack: "'EB Garamond','Source Serif 4',serif",
  packages: [
    {
      name: '@fontsource/eb-garamond',
      styleSheets: ['400.css', '400-italic.css', '500.css', '500-italic.css', '600.css', '600-italic.css'],
    },
  ],
};
const atkinson: FontFamily = {
  path: '/fonts/atkinson/',
  title: 'Atkinson Hyperlegible Next',
  stack: "'Atkinson Hyperlegible Next','Inter',sans-serif",
  packages: [
    {
      name: '@fontsource/atkinson-hyperlegible-next',
      styleSheets: ['400.css', '400-italic.css', '500.css', '600.css', '700.css', '700-italic.css'],
    },
  ],
};
const sourceCode: FontFamily = {
  path: '/fonts/code/',
  title: 'Source Code Pro',
  stack: "'Source Code Pro','DejaVu Sans Mono',monospace",
  packages: [{ name: '@fontsource/source-code-pro', styleSheets: ['400.css', '400-italic.css', '600.css'] }],
};

/**
 * - `clear`: Source Serif with Inter, the letters of the application: for guides and reports, in which one looks things up.
 * - `classic`: EB Garamond alone, small capitals and titles in the middle: for essays, stories and theses, read from end to end.
 * - `legible`: Atkinson Hyperlegible, larger and never justified: for whoever sees less well, and for reading aloud from a sheet.
 */
export const themes: Readonly<Record<BookTheme, Theme>> = {
  clear: {
    text: sourceSerif,
    display: sourceSerif,
    headings: inter,
    small: inter,
    code: sourceCode,
    size: 1,
    smallSize: 1,
    leading: 1,
    justified: true,
    centred: false,
    weight: 600,
    quietHeadings: false,
    folio: 'outer',
  },
  classic: {
    text: garamond,
    display: garamond,
    headings: garamond,
    small: garamond,
    code: sourceCode,
    size: 1.14,
    smallSize: 1.1,
    leading: 1,
    justified: true,
    centred: true,
    weight: 400,
    quietHeadings: true,
    folio: 'centre',
  },
  legible: {
    text: atkinson,
    display: atkinson,
    headings: atkinson,
    small: atkinson,
    code: sourceCode,
    size: 1.04,
    smallSize: 1,
    leading: 1.1,
    justified: false,
    centred: false,
    weight: 700,
    quietHeadings: false,
    folio: 'outer',
  },
};

/** The families of a theme, each once. */
export function familiesOf(theme: BookTheme): readonly FontFamily[] {
  const { text, display, headings, small, code } = themes[theme];
  return [...new Set([text, display, headings, small, code])];
}

/** Every family of every theme. */
export const allFamilies: readonly FontFamily[] = [sourceSerif, inter, garamond, atkinson, sourceCode];

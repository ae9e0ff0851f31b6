import { AlignmentType, BorderStyle, type ILevelsOptions, type IStylesOptions, LevelFormat } from 'docx';
import type { HighlightColour } from '#shared/document/vocabulary.ts';

/** Names of the paragraph styles beside Word's own: what is written in them can be restyled at once. */
export const styleIds = {
  meta: 'CalepinAbout',
  quote: 'Quote',
  code: 'CalepinCode',
  definition: 'CalepinDefinition',
  label: 'CalepinLabel',
} as const;

/** Grounds of the highlighter and of cells, as on the printed page. Hexadecimal RGB. */
export const grounds: Readonly<Record<HighlightColour, string>> = {
  yellow: 'FDF0B8',
  green: 'D9EFD8',
  blue: 'D8E8F6',
  pink: 'F9DDE6',
  orange: 'FBE2C6',
  purple: 'E8E0F4',
};

/** One step of indentation, in twips. */
export const indent = 420;

const ink = '17211F';
const quiet = '5B5650';
// Letters that come with Word, and that LibreOffice replaces by some of the same width.
const serif = 'Cambria';
const sans = 'Calibri';

const heading = (size: number, before: number) => ({
  run: { font: sans, size, bold: true, color: ink },
  paragraph: { spacing: { before, after: 120 }, keepNext: true, keepLines: true },
});

/**
 * Word's own styles for titles, headings, quotations, captions and footnotes, so that its navigation, its contents and its templates know them.
 * @param language - tag of the language that the text is checked in.
 */
export function docxStyles(language: string): IStylesOptions {
  return {
    default: {
      document: {
        run: { font: serif, size: 22, language: { value: language } },
        paragraph: { spacing: { after: 140, line: 300 } },
      },
      title: {
        run: { font: serif, size: 52, bold: true, color: ink },
        paragraph: { spacing: { after: 200 } },
      },
      heading1: heading(34, 480),
      heading2: heading(28, 360),
      heading3: heading(25, 300),
      heading4: heading(23, 260),
      heading5: heading(22, 220),
      heading6: heading(22, 220),
      caption: {
        run: { font: sans, size: 18, color: quiet },
        paragraph: { spacing: { before: 60, after: 200 } },
      },
      footnoteText: { run: { size: 18 }, paragraph: { spacing: { after: 40, line: 240 } } },
    },
    paragraphStyles: [
      {
        id: styleIds.meta,
        name: 'Calepin – à propos',
        basedOn: 'Normal',
        run: { font: sans, size: 18, color: quiet },
        paragraph: { spacing: { after: 240 } },
      },
      {
        id: styleIds.quote,
        name: 'Quote',
        basedOn: 'Normal',
        run: { italics: true, color: quiet },
        paragraph: {
          indent: { left: indent },
          border: { left: { style: BorderStyle.SINGLE, size: 12, space: 10, color: 'CFC8BD' } },
        },
      },
      {
        id: styleIds.code,
        name: 'Calepin – code',
        basedOn: 'Normal',
        run: { font: 'Consolas', size: 18, noProof: true },
        paragraph: {
          alignment: AlignmentType.LEFT,
          spacing: { line: 260 },
          shading: { fill: 'F4F2EE' },
        },
      },
      {
        id: styleIds.definition,
        name: 'Calepin – définition',
        basedOn: 'Normal',
        run: { size: 24 },
        paragraph: { spacing: { after: 160 } },
      },
      {
        id: styleIds.label,
        name: 'Calepin – étiquette',
        basedOn: 'Normal',
        run: { font: sans, size: 18, bold: true },
        paragraph: { spacing: { after: 60 }, keepNext: true },
      },
    ],
  };
}

/** Word knows nine levels of lists. */
export const deepestList = 8;

const levelsOf = (
  of: (level: number) => Pick<ILevelsOptions, 'format' | 'text' | 'start'>,
): ILevelsOptions[] =>
  Array.from({ length: deepestList + 1 }, (_, level) => ({
    level,
    alignment: AlignmentType.LEFT,
    ...of(level),
    style: { paragraph: { indent: { left: indent * (level + 1), hanging: indent * 0.75 } } },
  }));

export const bulletLevels = levelsOf((level) => ({
  format: LevelFormat.BULLET,
  text: ['•', '◦', '▪'][level % 3] ?? '•',
}));

const formats = {
  '1': LevelFormat.DECIMAL,
  a: LevelFormat.LOWER_LETTER,
  A: LevelFormat.UPPER_LETTER,
  i: LevelFormat.LOWER_ROMAN,
  I: LevelFormat.UPPER_ROMAN,
} as const;

/** @param type - how its numbers are written, as in HTML. */
export function numberLevels(type: keyof typeof formats, start: number): ILevelsOptions[] {
  return levelsOf((level) => ({ format: formats[type], text: `%${level + 1}.`, start }));
}

import type { BookVariant, PageFormat } from '#shared/api/exports.ts';

/** A page and the block of text on it. Lengths in mm: Chromium ignores some page sizes given by name. */
export interface PageGeometry {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly bottom: number;
  /** Margin on each side, the mean of both where they differ. */
  readonly side: number;
  /** What a printed page has more on its outer side than `side`, and less on its inner one. */
  readonly outward: number;
  /** Around the page, for what is cut off by a printing house; 0 on a screen. */
  readonly around: number;
  /** How far pictures reach over the edge of the page; 0 on a screen. */
  readonly bleed: number;
  /** Running text, in points. */
  readonly fontSize: number;
  readonly lineHeight: number;
}

type Sheet = Omit<PageGeometry, 'outward' | 'around' | 'bleed'>;

/** About 66 characters a line in each, and a block of text a little above the middle of the page. */
const sheets: Readonly<Record<PageFormat, Sheet>> = {
  a5: { width: 148, height: 210, top: 21, bottom: 23, side: 19, fontSize: 9.8, lineHeight: 13.8 },
  '6x9': { width: 152.4, height: 228.6, top: 23, bottom: 26, side: 20, fontSize: 10, lineHeight: 14.2 },
  a4: { width: 210, height: 297, top: 30, bottom: 33, side: 35, fontSize: 11.5, lineHeight: 16.4 },
  letter: { width: 215.9, height: 279.4, top: 28, bottom: 31, side: 37, fontSize: 11.5, lineHeight: 16.4 },
};

/** Room for crop marks, which stand clear of the bleed. */
const printAround = 10;
const printBleed = 3;

/** The page of a format. A printed one is surrounded by what is cut off, and leans outwards, away from the fold. */
export function pageGeometry(format: PageFormat, variant: BookVariant): PageGeometry {
  const sheet = sheets[format];
  return variant === 'screen'
    ? { ...sheet, outward: 0, around: 0, bleed: 0 }
    : { ...sheet, outward: sheet.side > 30 ? 3 : 1.5, around: printAround, bleed: printBleed };
}

/** Width of the block of text, in mm. */
export function textWidth(geometry: PageGeometry): number {
  return geometry.width - 2 * geometry.side;
}

/** Height of the block of text, in mm. */
export function textHeight(geometry: PageGeometry): number {
  return geometry.height - geometry.top - geometry.bottom;
}

import type { pageFormats } from '#shared/api/exports.ts';

export type PageFormat = (typeof pageFormats)[number];

/** A page and the block of text on it. Lengths in mm: Chromium ignores some page sizes given by name. */
export interface PageGeometry {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly bottom: number;
  /** Left and right alike: the book is read on a screen as often as on paper. */
  readonly side: number;
  /** Running text, in points. */
  readonly fontSize: number;
  readonly lineHeight: number;
}

/** About 66 characters a line in each, and a block of text a little above the middle of the page. */
export const pageGeometries: Readonly<Record<PageFormat, PageGeometry>> = {
  a5: { width: 148, height: 210, top: 21, bottom: 23, side: 19, fontSize: 9.8, lineHeight: 13.8 },
  a4: { width: 210, height: 297, top: 30, bottom: 33, side: 35, fontSize: 11.5, lineHeight: 16.4 },
  letter: { width: 215.9, height: 279.4, top: 28, bottom: 31, side: 37, fontSize: 11.5, lineHeight: 16.4 },
};

/** Width of the block of text, in mm. */
export function textWidth(geometry: PageGeometry): number {
  return geometry.width - 2 * geometry.side;
}

/** Height of the block of text, in mm. */
export function textHeight(geometry: PageGeometry): number {
  return geometry.height - geometry.top - geometry.bottom;
}

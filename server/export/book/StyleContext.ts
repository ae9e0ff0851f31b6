import type { BookVariant } from '#shared/api/exports.ts';
import type { PageGeometry } from './pageFormat.ts';
import type { Theme } from './themes.ts';

/** What the parts of the style sheet are made from. */
export interface StyleContext {
  readonly page: PageGeometry;
  readonly theme: Theme;
  readonly variant: BookVariant;
  /** Of the running text, in points. */
  readonly size: number;
  /** Between its lines, in points. */
  readonly leading: number;
  /** Level in HTML of the titles of notes: 1 for a note alone, 2 in a carnet, 3 in a carnet with parts. */
  readonly depth: number;
  /** The carnet's own colour, in CSS. */
  readonly colour: string;
}

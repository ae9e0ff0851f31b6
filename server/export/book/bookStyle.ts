import type { BookOptions } from '#shared/api/exports.ts';
import { backStyle } from './backStyle.ts';
import { frontStyle } from './frontStyle.ts';
import { headingStyle } from './headingStyle.ts';
import { pageGeometry } from './pageFormat.ts';
import { pageRules } from './pageRules.ts';
import { figureStyle, textStyle } from './textStyle.ts';
import type { StyleContext } from './StyleContext.ts';
import { themes } from './themes.ts';

/** The style sheet of a book, but for its fonts and its running heads. */
export function bookStyle(
  options: Pick<BookOptions, 'format' | 'theme' | 'variant'>,
  depth: number,
  colour: string,
): string {
  const page = pageGeometry(options.format, options.variant);
  const theme = themes[options.theme];
  const context: StyleContext = {
    page,
    theme,
    variant: options.variant,
    size: Math.round(page.fontSize * theme.size * 100) / 100,
    leading: Math.round(page.lineHeight * theme.leading * 100) / 100,
    depth,
    colour,
  };
  // A printing house often has one ink inside a book: what is coloured on a screen is ink there, but for the cover.
  const accent = options.variant === 'print' ? '#1d1b19' : colour;
  return [
    `:root{--accent:${accent};--cover:${colour}}`,
    pageRules(page, theme),
    textStyle(context),
    headingStyle(context),
    figureStyle(context),
    frontStyle(context),
    backStyle(context),
  ].join('\n');
}

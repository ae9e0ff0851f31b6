import type { PageGeometry } from './pageFormat.ts';
import type { Theme } from './themes.ts';

/** Text as a CSS string: whatever a title holds, it stays inside its quotes and inside its style element. */
export function cssString(text: string): string {
  const safe = text.replaceAll(
    /[^\p{L}\p{N} ’«»,.:;!?()·–—-]/gu,
    (sign) => `\\${(sign.codePointAt(0) ?? 0).toString(16)} `,
  );
  return `"${safe}"`;
}

/** A title that fits in one line of a running head. */
export function shortTitle(title: string, longest: number): string {
  const line = title.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= longest) return line;
  const cut = line.slice(0, longest);
  const end = cut.lastIndexOf(' ');
  return `${(end > longest / 2 ? cut.slice(0, end) : cut).trimEnd()}…`;
}

/** Pages that share a running head. */
export interface RunningHead {
  /** Class of the section, and name of its pages. */
  readonly name: string;
  readonly title: string;
}

/**
 * One `@page` rule for each section, so that its title stands at the head of its own pages: margin boxes know no
 * running strings in Chromium. On its first page the head is taken away afterwards (`markArtifacts`).
 * @param book - title of the whole, on left pages; empty for a note alone.
 */
export function runningHeads(book: string, heads: readonly RunningHead[], page: PageGeometry): string {
  const longest = Math.round((page.width - 2 * page.side) * 0.6);
  return heads
    .map(({ name, title }) => {
      const right = cssString(shortTitle(title, longest));
      const left = book ? cssString(shortTitle(book, longest)) : right;
      return `.${name}{page:${name}}
@page ${name}:left{@top-left{content:${left}}}
@page ${name}:right{@top-right{content:${right}}}`;
    })
    .join('\n');
}

/** Sizes and margins of the pages, and the type of their heads and numbers. */
export function pageRules(page: PageGeometry, theme: Theme): string {
  const { around, outward } = page;
  const margin = (left: number, right: number): string =>
    `${page.top + around}mm ${right + around}mm ${page.bottom + around}mm ${left + around}mm`;
  const inner = page.side - outward;
  const outer = page.side + outward;
  const type = theme.quietHeadings
    ? `font:italic 400 ${page.fontSize * 0.9}pt/1 ${theme.small.stack};color:#3f3b36`
    : `font:400 ${page.fontSize * 0.75}pt/1 ${theme.small.stack};letter-spacing:.02em;color:#6d6862`;
  const head = `{${type};vertical-align:bottom;padding-bottom:${page.top / 3}mm}`;
  const folio = `{content:counter(page);${theme.quietHeadings ? `font:400 ${page.fontSize}pt/1 ${theme.small.stack};font-variant-numeric:oldstyle-nums;color:#1d1b19` : `font:500 ${page.fontSize * 0.8}pt/1 ${theme.small.stack};font-variant-numeric:tabular-nums;color:#4c4842`};vertical-align:top;padding-top:${page.bottom / 3}mm}`;
  const folios =
    theme.folio === 'centre'
      ? `@page{@bottom-center${folio}}`
      : `@page:left{@bottom-left${folio}}@page:right{@bottom-right${folio}}`;
  const none =
    '@top-left{content:none}@top-right{content:none}@bottom-left{content:none}@bottom-center{content:none}@bottom-right{content:none}';
  const silent = ['cover', 'silent'];
  return `@page{size:${page.width + 2 * around}mm ${page.height + 2 * around}mm;@top-left${head}@top-right${head}}
@page:left{margin:${margin(outer, inner)}}@page:right{margin:${margin(inner, outer)}}
${folios}
${silent.map((name) => `@page ${name}{${none}}@page ${name}:left{${none}}@page ${name}:right{${none}}`).join('\n')}
@page cover{margin:0}@page cover:left{margin:0}@page cover:right{margin:0}
.blank-page{page:silent;break-before:page;height:1mm}`;
}

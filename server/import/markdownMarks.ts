import { htmlAttributes } from '#shared/document/escapeHtml.ts';

/** What HedgeDoc, Outline and Obsidian mark, and what HedgeDoc says is inserted: no sign of theirs stands in a word, or beside a space inside. */
const marked = /(?<![\p{L}\p{N}=])==(?=[^\s=])([^=]*[^\s=])==(?![\p{L}\p{N}=])/gu;
const inserted = /(?<![\p{L}\p{N}+])\+\+(?=[^\s+])([^+]*[^\s+])\+\+(?![\p{L}\p{N}+])/gu;
/** `19^e^`, as Pandoc and HedgeDoc write it: without a space. */
const raised = /\^([^\s^[\]]{1,40})\^/gu;
/** `^[a note where it is called]`, of Pandoc and HedgeDoc. */
const calledNote = /\^\[([^[\]]{1,2000})\]/gu;
/** `[name=Awa] [time=…] [color=…]`: who says what HedgeDoc quotes; the colour is of its looks. */
const speaker = /\s*\[name=([^[\]]{1,200})\]/gu;
const spokenAt = /\s*\[time=([^[\]]{1,100})\]/gu;
const spokenIn = /\s*\[color=[^[\]]{1,40}\]/gu;
/** `{%youtube id %}`: what HedgeDoc shows of other places. */
const shownFrom = /\{%\s*(youtube|vimeo|gist)\s+([\w./-]{1,200})\s*%\}/gu;
const places: Readonly<Record<string, string>> = {
  youtube: 'https://youtu.be/',
  vimeo: 'https://vimeo.com/',
  gist: 'https://gist.github.com/',
};

/** What other programs' Markdown marks in a text, as HTML. @param html - escaped. */
export function withMarks(html: string): string {
  return html
    .replaceAll(marked, '<mark>$1</mark>')
    .replaceAll(inserted, '<u>$1</u>')
    .replaceAll(calledNote, '<x-footnote>$1</x-footnote>')
    .replaceAll(raised, '<sup>$1</sup>')
    .replaceAll(speaker, '<br>— $1')
    .replaceAll(spokenAt, ', $1')
    .replaceAll(spokenIn, '')
    .replaceAll(shownFrom, (_, place: string, id: string) => {
      const address = `${places[place] ?? ''}${id}`;
      return `<a${htmlAttributes({ href: address })}>${address}</a>`;
    });
}

/** The language of a fence: HedgeDoc adds to it that lines are numbered (`=`, `=101`, `=+`) or folded (`!`). Null for none. */
export function fenceLanguage(written: string | null | undefined): string | null {
  return written?.replace(/(?:=\d*\+?|!)$/, '') || null;
}

const fence = /^ {0,3}(`{3,}|~{3,})/;
/** `![words](address =300x200 "title")`: the size, which other readers take for a part of no picture. */
const sized = /(!\[[^\]\n]*\]\([^\s()]+)\s+=\d*%?x\d*%?(?=\s*(?:"[^"\n]*"\s*)?\))/g;

/** Markdown without the sizes that HedgeDoc gives to pictures. What stands in code is left alone. */
export function withoutSizes(source: string): string {
  if (!/\s=\d*%?x/.test(source)) return source;
  let code: string | null = null;
  const lines = source.split('\n').map((line) => {
    const mark = fence.exec(line)?.[1] ?? null;
    if (code === null && mark !== null) code = mark;
    else if (code !== null) {
      if (mark?.startsWith(code) === true && line.trim() === mark) code = null;
      return line;
    }
    return line.replaceAll(sized, (all: string, picture: string, at: number) =>
      (line.slice(0, at).match(/`/g)?.length ?? 0) % 2 === 0 ? picture : all,
    );
  });
  return lines.join('\n');
}

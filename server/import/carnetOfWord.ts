import { bookWords } from '../export/book/bookWords.ts';

/** A note of a carnet in a document of Word, as HTML. */
export interface WordNote {
  /** What links to it are addressed to, beside the other notes. */
  readonly name: string;
  /** Begins with its title, as a heading of the first level; its own headings are `depth` levels too low. */
  readonly html: string;
  /** The part of the carnet that it stands in. */
  readonly category: string | null;
}

export interface WordCarnet {
  readonly title: string;
  readonly description: string;
  readonly depth: 1 | 2;
  readonly notes: readonly WordNote[];
}

/** A title of a note: our documents mark its place with the number of the note. */
const opening = /<h([12])>(?:<a id="_Toc[^"]*"><\/a>)?<a id="(n\d+)"><\/a>/g;
/** The name of a part, where it is the last before a title. */
const partName = /<h1>(?:<a id="[^"]*"><\/a>)*((?:(?!<h\d>|<\/h1>).)*)<\/h1>$/s;
const footnote = /<li id="((?:foot|end)note-\d+)">.*?<\/li>(?=<li id="(?:foot|end)note-|<\/ol>)/gs;

const plain = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim();

/** What our books call the notes that are in no category. */
const unfiled = ['fr', 'en'].map((language) => bookWords(language as 'fr' | 'en').otherNotes);

/** Divides HTML where notes begin, and takes the names of parts that stand before them out of it. */
function divide(html: string): { readonly head: string; readonly depth: number; readonly notes: WordNote[] } {
  const found = [...html.matchAll(opening)];
  const depth = Number(found[0]?.[1] ?? 0);
  const starts = found.filter(([, level]) => Number(level) === depth);
  let category: string | null = null;
  let head = html.slice(0, starts[0]?.index ?? html.length);
  const notes = starts.map((start, at): WordNote => {
    const before = at === 0 ? head : '';
    const named = depth === 2 ? partName.exec(before) : null;
    if (named !== null) head = before.slice(0, named.index);
    let text = html.slice(start.index, starts[at + 1]?.index ?? html.length);
    const own = named === null ? category : plain(named[1] ?? '');
    const next = depth === 2 && at + 1 < starts.length ? partName.exec(text) : null;
    category = next === null ? own : plain(next[1] ?? '');
    if (next !== null) text = text.slice(0, next.index);
    const titled = text.replace(`<h${depth}>`, '<h1>').replace(`</h${depth}>`, '</h1>');
    return {
      name: start[2] ?? '',
      html: titled,
      category: own === '' || unfiled.includes(own ?? '') ? null : own,
    };
  });
  return { head, depth, notes };
}

/**
 * Takes a carnet that we wrote as a document of Word apart into its notes, however it was written on since: by the places that its titles have, and its line about each
 * note. Links from note to note become addresses of their names.
 * @param html - as mammoth gives it.
 * @returns null for any other document.
 */
export function carnetOfWord(html: string): WordCarnet | null {
  const [, title] = /^<h1>(.*?)<\/h1><p class="public-meta">/s.exec(html) ?? [];
  if (title === undefined) return null;
  const calls = html.lastIndexOf('<ol><li id="');
  const isList = calls !== -1 && /^<ol><li id="(?:foot|end)note-/.test(html.slice(calls, calls + 40));
  const text = isList ? html.slice(0, calls) : html;
  const footnotes = new Map(
    isList ? [...html.slice(calls).matchAll(footnote)].map(([whole, id]) => [id, whole] as const) : [],
  );
  const { head, depth, notes } = divide(text);
  if ((depth !== 1 && depth !== 2) || new Set(notes.map(({ name }) => name)).size !== notes.length)
    return null;
  const homes = new Map(
    notes.flatMap((note) =>
      [...note.html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => [id, note.name] as const),
    ),
  );
  return {
    title: plain(title),
    description: [...head.matchAll(/<p>(.*?)<\/p>/gs)].map(([, inside]) => plain(inside ?? '')).join('\n\n'),
    depth,
    notes: notes.map((note) => {
      const linked = note.html.replaceAll(/ href="#([^"]*)"/g, (whole, id: string) => {
        const home = homes.get(id);
        if (home === undefined || home === note.name) return whole;
        return id === home ? ` href="${home}"` : ` href="${home}#${id}"`;
      });
      const called = [...linked.matchAll(/ href="#((?:foot|end)note-\d+)"/g)].flatMap(
        ([, id]) => footnotes.get(id) ?? [],
      );
      return { ...note, html: called.length === 0 ? linked : `${linked}<ol>${called.join('')}</ol>` };
    }),
  };
}

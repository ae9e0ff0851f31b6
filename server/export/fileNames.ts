import type { BookContent } from './BookContent.ts';
import { bookLabels } from './bookLabels.ts';

const longest = 100;

/** Media types that are packed by their own formats. */
export const isPacked = /^(image|audio|video)\/|zip|pdf|officedocument|opendocument/;

/**
 * A title as the name of a file or folder, without what file systems refuse.
 * @param otherwise - where nothing of it can stand.
 */
export function safeName(title: string, otherwise: string): string {
  const name = title
    .normalize('NFC')
    .replaceAll(/[\p{C}\\/:*?"<>|]/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const short = Array.from(name).slice(0, longest).join('').trim() || otherwise;
  // Names that Windows keeps for devices.
  return /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(short) ? `${short}_` : short;
}

/** What the file of a book is called, without its ending: « Vie de quartier – Édition 2 ». */
export function bookFileName({
  title,
  language,
  edition,
}: Pick<BookContent, 'title' | 'language' | 'edition'>): string {
  const labels = bookLabels(language);
  const name = safeName(title, labels.untitled);
  return edition === null ? name : `${name} – ${labels.edition(edition.number)}`;
}

/** Gives each a name that no other has in its folder, also where capitals are not told apart. */
export function uniqueNames(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    let name = wanted;
    for (let count = 2; taken.has(name.toLowerCase()); count++)
      name = wanted.replace(/(\.\w+)?$/, ` (${count})$1`);
    taken.add(name.toLowerCase());
    return name;
  };
}

import { bookLabels } from './bookLabels.ts';

const longest = 100;

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

/**
 * The name of a book's file: its title.
 * @returns for instance `Le carnet des voisinages.pdf`.
 */
export function exportFileName(content: { readonly title: string; readonly language: string }): string {
  return `${safeName(content.title, bookLabels(content.language).untitled)}.pdf`;
}

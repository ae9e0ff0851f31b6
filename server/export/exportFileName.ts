import { bookLabels } from './bookLabels.ts';

const longest = 100;

/**
 * The name of a book's file: its title, without what file systems refuse.
 * @returns for instance `Le carnet des voisinages.pdf`.
 */
export function exportFileName(content: { readonly title: string; readonly language: string }): string {
  const name = content.title
    .normalize('NFC')
    .replaceAll(/[\p{C}\\/:*?"<>|]/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const short = Array.from(name).slice(0, longest).join('').trim() || bookLabels(content.language).untitled;
  // Names that Windows keeps for devices.
  return `${/^(con|prn|aux|nul|com\d|lpt\d)$/i.test(short) ? `${short}_` : short}.pdf`;
}

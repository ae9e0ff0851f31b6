import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { builtStyleSheet } from '../../builtStyleSheet.ts';
import type { SiteStyle } from './SiteStyle.ts';

/** Addresses of files of the built interface in its own styles. */
const address = /url\(\/([^)]+)\)/g;

/** The look of the relay's public pages with its letters, to be given away. @param folder - of the built interface; nothing but the browser's own look where there is none. */
export async function loadSiteStyle(folder: string): Promise<SiteStyle> {
  const sheet = await builtStyleSheet(folder);
  if (sheet === null) return { css: '', files: new Map() };
  const css = await readFile(path.join(folder, sheet), 'utf8');
  const files = new Map<string, Uint8Array>();
  for (const [, file = ''] of css.matchAll(address))
    files.set(path.posix.basename(file), await readFile(path.join(folder, file)));
  return { css: css.replaceAll(address, (_, file: string) => `url(${path.posix.basename(file)})`), files };
}

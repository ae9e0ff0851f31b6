import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { idPattern } from '#shared/domain/ids.ts';
import type { RelayAddress } from './bundleProtocol.ts';

/** Ends of the names of archives: the second is that of the files that a browser opens too. */
const endings = ['.calepin', '.calepin.html'];

/** What is said where one cannot be opened. */
export const archiveWords: Readonly<Record<'fr' | 'en', { readonly notOpened: (name: string) => string }>> = {
  fr: {
    notOpened: (name) =>
      `« ${name} » ne peut pas être ouvert : le fichier n’est plus là, ou il est trop grand. Rien n’a changé.`,
  },
  en: {
    notOpened: (name) =>
      `“${name}” cannot be opened: the file is gone, or it is too large. Nothing has changed.`,
  },
};

/** Whether a file is an archive, by its name. */
export const isArchiveName = (file: string): boolean =>
  endings.some((ending) => file.toLowerCase().endsWith(ending));

/**
 * The archive that the arguments of a start name: what the system gives when somebody opens one.
 * @param folder - in which the start was made, for a path that says none.
 * @returns its whole path, or null when they name none.
 */
export function archiveOf(argv: readonly string[], folder: string): string | null {
  const file = argv.slice(1).find((argument) => !argument.startsWith('-') && isArchiveName(argument));
  return file === undefined ? null : path.resolve(folder, file);
}

/**
 * Hands an archive to the relay of this computer, which reads it and makes nothing before the person agrees.
 * @param relay - where it goes, with the local person's session.
 * @returns the page that shows what it holds.
 * @throws Error where the file cannot be read, or the relay does not take it.
 */
export async function sendArchive(file: string, relay: () => Promise<RelayAddress>): Promise<string> {
  const { size } = await stat(file);
  const { port, cookie } = await relay();
  const query = new URLSearchParams({ name: path.basename(file) });
  const address = `http://127.0.0.1:${port}`;
  const answer = await fetch(`${address}/api/imports?${query.toString()}`, {
    method: 'POST',
    headers: { cookie, origin: address, 'content-length': String(size) },
    body: Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>,
    duplex: 'half',
  } as RequestInit);
  if (!answer.ok) throw new Error(`the archive was not taken (${answer.status})`);
  const { id } = (await answer.json()) as { readonly id: string };
  if (!idPattern.test(id)) throw new Error('the relay answered something else');
  return `/#import=${id}`;
}

import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { SaveDialogOptions, SaveDialogReturnValue } from 'electron';
import type { RelayAddress } from './bundleProtocol.ts';

/**
 * Keeps a finished export where the person says. What is there under that name stays until the new file is whole.
 * @param ask - Electron's save dialogue.
 * @param relay - where the finished file is fetched from, with the local person's session.
 * @returns the file's name, or null when the person gave up.
 */
export function createSaveExport(
  ask: (options: SaveDialogOptions) => Promise<SaveDialogReturnValue>,
  relay: () => Promise<RelayAddress>,
): (exportId: string, suggestedName: string) => Promise<string | null> {
  return async (exportId, suggestedName) => {
    const extension = path.extname(suggestedName).slice(1) || 'pdf';
    const { canceled, filePath } = await ask({
      // A name with a folder in it would choose a place that the person did not.
      defaultPath: path.basename(suggestedName),
      filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
    });
    if (canceled || filePath === '') return null;
    const beside = `${filePath}.part`;
    try {
      await writeExport(exportId, relay, beside);
      await rename(beside, filePath);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
    return path.basename(filePath);
  };
}

/**
 * Fetches a finished export with the local person's session, and writes it as it comes: an archive may be longer than the memory.
 * @param file - what is there already is written over.
 * @throws Error when it is no longer there, or ends too early.
 */
export async function writeExport(
  exportId: string,
  relay: () => Promise<RelayAddress>,
  file: string,
): Promise<void> {
  const { port, cookie } = await relay();
  const answer = await fetch(`http://127.0.0.1:${port}/api/exports/${exportId}/file`, {
    headers: { cookie },
  });
  if (!answer.ok || answer.body === null) throw new Error(`the export is no longer there (${answer.status})`);
  const body = Readable.fromWeb(answer.body as ReadableStream<Uint8Array>);
  await pipeline(body, createWriteStream(file, { flush: true }));
}

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SaveDialogOptions, SaveDialogReturnValue } from 'electron';
import type { RelayAddress } from './bundleProtocol.ts';

/**
 * Keeps a finished export where the person says.
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
    await writeFile(filePath, await readExport(exportId, relay));
    return path.basename(filePath);
  };
}

/**
 * Fetches a finished export with the local person's session.
 * @throws Error when it is no longer there.
 */
export async function readExport(exportId: string, relay: () => Promise<RelayAddress>): Promise<Uint8Array> {
  const { port, cookie } = await relay();
  const answer = await fetch(`http://127.0.0.1:${port}/api/exports/${exportId}/file`, {
    headers: { cookie },
  });
  if (!answer.ok) throw new Error(`the export is no longer there (${answer.status})`);
  return new Uint8Array(await answer.arrayBuffer());
}

import type { OpenDialogOptions, OpenDialogReturnValue } from 'electron';

/**
 * Asks for a folder.
 * @param ask - Electron's open dialogue.
 * @returns its whole path, or null when the person gave up.
 */
export function createChooseFolder(
  ask: (options: OpenDialogOptions) => Promise<OpenDialogReturnValue>,
): () => Promise<string | null> {
  return async () => {
    const { canceled, filePaths } = await ask({ properties: ['openDirectory', 'createDirectory'] });
    return canceled ? null : (filePaths[0] ?? null);
  };
}

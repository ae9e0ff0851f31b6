import { open, readFile, rename } from 'node:fs/promises';

/**
 * Reads a file that holds a secret of this relay; makes it, readable for its owner alone, when there is none.
 * @param make - the text of a new one.
 */
export async function loadSecretFile(file: string, make: () => string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text !== null) return text;
  const made = make();
  await writeSecretFile(file, made);
  return made;
}

/** Writes a file that holds a secret, readable for its owner alone, whole or not at all. */
export async function writeSecretFile(file: string, text: string): Promise<void> {
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}

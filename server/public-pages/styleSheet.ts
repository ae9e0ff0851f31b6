import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** Address of the style that was built for pages without a script, or null where the interface was not built. */
async function findStyleSheet(folder: string): Promise<string | null> {
  try {
    const text = await readFile(path.join(folder, 'manifest.json'), 'utf8');
    const built = z.record(z.string(), z.object({ file: z.string() })).parse(JSON.parse(text));
    const file = built['styles/public.css']?.file;
    return file === undefined ? null : `/${file}`;
  } catch {
    return null;
  }
}

/** Looks the style up once it is there. @param folder - of the built interface. */
export function styleSheetOf(folder: string): () => Promise<string> {
  let known: Promise<string | null> | null = null;
  return async () => {
    known ??= findStyleSheet(folder);
    const found = await known;
    if (found === null) known = null;
    return found ?? '/styles/public.css';
  };
}

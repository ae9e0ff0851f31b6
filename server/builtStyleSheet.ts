import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/**
 * The style that was built for pages without a script.
 * @param folder - of the built interface.
 * @returns its path in `folder`, with `/`; null where the interface was not built.
 */
export async function builtStyleSheet(folder: string): Promise<string | null> {
  try {
    const text = await readFile(path.join(folder, 'manifest.json'), 'utf8');
    const built = z.record(z.string(), z.object({ file: z.string() })).parse(JSON.parse(text));
    return built['styles/public.css']?.file ?? null;
  } catch {
    return null;
  }
}

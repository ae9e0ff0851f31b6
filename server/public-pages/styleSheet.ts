import { builtStyleSheet } from '../builtStyleSheet.ts';

/** Looks up, once it is there, the address of the style of pages without a script. @param folder - of the built interface. */
export function styleSheetOf(folder: string): () => Promise<string> {
  let known: Promise<string | null> | null = null;
  return async () => {
    known ??= builtStyleSheet(folder);
    const found = await known;
    if (found === null) known = null;
    return `/${found ?? 'styles/public.css'}`;
  };
}

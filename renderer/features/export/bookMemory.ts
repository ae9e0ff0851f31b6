import { z } from 'zod';
import { type BookOptions, bookOptionsSchema } from '#shared/api/exports.ts';

const storageKey = 'calepin.books';
/** Carnets and notes whose choices are remembered, the newest last. */
const maxRemembered = 200;
const storedSchema = z.array(z.object({ id: z.string(), options: bookOptionsSchema })).catch([]);

function readAll(): z.infer<typeof storedSchema> {
  try {
    return storedSchema.parse(JSON.parse(localStorage.getItem(storageKey) ?? '[]'));
  } catch {
    return [];
  }
}

/** How this carnet, or note, was last made into a book on this device; as the last book of all where it never was. */
export function rememberedBook(id: string): BookOptions {
  const all = readAll();
  const own = all.find((one) => one.id === id) ?? all.at(-1);
  return own?.options ?? bookOptionsSchema.parse({});
}

/** Remembers on this device how a book was made. */
export function rememberBook(id: string, options: BookOptions): void {
  const others = readAll().filter((one) => one.id !== id);
  try {
    localStorage.setItem(storageKey, JSON.stringify([...others, { id, options }].slice(-maxRemembered)));
  } catch {
    // Then every book begins with the usual choices.
  }
}

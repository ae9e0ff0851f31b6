import { createHash } from 'node:crypto';
import type { BookContent } from '../BookContent.ts';

/** JSON with the keys of each object in order, so that what is equal is written alike. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/**
 * What tells two editions apart: SHA-256, in hexadecimal, of the canonical JSON of what the book says (title, description, and of each note its id, title,
 * authors, licence, sheet and body, in order). Pictures are in it by their ids, each of which is of one file for ever.
 */
export function editionDigest({ id, title, description, language, notes }: BookContent): string {
  const said = notes.map((note) => ({
    id: note.id,
    title: note.title,
    kind: note.kind,
    authors: note.authors,
    licence: note.licence,
    part: note.part,
    sheet: note.sheet,
    body: note.body,
  }));
  return createHash('sha256')
    .update(canonicalJson({ id, title, description, language, notes: said }))
    .digest('hex');
}

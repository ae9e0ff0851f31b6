import type { CollectionEntry } from '#shared/api/collections.ts';

/** What lists, filters and sorts look at: the note of a carnet's entry, the carnet of a base's; null for what is closed to the person. */
export function memberOf(entry: CollectionEntry | undefined) {
  return entry?.note ?? entry?.carnet ?? null;
}

/** Its title; empty for what has none, or is closed. */
export const titleOfMember = (entry: CollectionEntry | undefined): string => memberOf(entry)?.title ?? '';

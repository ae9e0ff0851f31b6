const day = 24 * 60 * 60 * 1000;

/** How long what is in the trash can be taken out again, in days. */
export const trashDays = 30;

/** When something that was put in the trash is destroyed. Unix milliseconds. */
export function destroyedAt(trashedAt: number): number {
  return trashedAt + trashDays * day;
}

/** What was put in the trash before this is destroyed now. */
export function oldestInTrash(now: number): number {
  return now - trashDays * day;
}

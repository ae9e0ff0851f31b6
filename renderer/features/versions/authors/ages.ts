const dayMs = 86_400_000;

/** How long ago something was written, the most recent first. */
export const ages = ['day', 'week', 'month', 'year', 'older'] as const;
const limits = [1, 7, 30, 365].map((days) => days * dayMs);

/** The place in `ages` of what was written at a time. Both in Unix milliseconds. */
export function ageOf(time: number, now: number): number {
  const found = limits.findIndex((limit) => now - time < limit);
  return found === -1 ? ages.length - 1 : found;
}

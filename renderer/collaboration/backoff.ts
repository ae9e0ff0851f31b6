/** Shortest and longest wait before a new connection, in milliseconds (threat model, section 6). */
export const reconnectDelays = { shortestMs: 500, longestMs: 30_000 } as const;

/**
 * How long to wait before connecting again: full jitter, so that a relay that starts again is not met by everyone at once.
 * @param failures - connections that failed in a row since the last one that worked; 0 for the first wait.
 * @param random - a number in [0, 1).
 * @returns milliseconds between 500 and 30,000.
 */
export function reconnectDelay(failures: number, random: number): number {
  const { shortestMs, longestMs } = reconnectDelays;
  const ceiling = Math.min(longestMs, shortestMs * 2 ** (Math.min(failures, 16) + 1));
  return Math.round(shortestMs + random * (ceiling - shortestMs));
}

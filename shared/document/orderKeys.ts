const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const base = digits.length;
const headLength = 4;
const headCount = base ** headLength;
const largestStep = 4096;

const keyPattern = /^[0-9A-Za-z]{4,256}$/;

/** A source of numbers from 0 (included) to 1 (excluded), such as `Math.random`. */
export type RandomSource = () => number;

function below(random: RandomSource, limit: number): number {
  return Math.min(limit - 1, Math.floor(random() * limit));
}

function writeHead(value: number): string {
  let out = '';
  let rest = value;
  for (let at = 0; at < headLength; at += 1) {
    out = digits.charAt(rest % base) + out;
    rest = Math.floor(rest / base);
  }
  return out;
}

function readHead(key: string): number {
  let value = 0;
  for (let at = 0; at < headLength; at += 1) value = value * base + digits.indexOf(key.charAt(at));
  return value;
}

/** A key ends in no zero, so that there is always room below it. */
function withoutZeroEnd(key: string, random: RandomSource): string {
  return key.endsWith('0') ? key + digits.charAt(1 + below(random, base - 1)) : key;
}

function jitter(random: RandomSource): string {
  return digits.charAt(below(random, base)) + digits.charAt(1 + below(random, base - 1));
}

/** Reads both keys as fractions in base 62 and picks one between; `upper` null stands for 1. */
function fractionBetween(lower: string, upper: string | null, random: RandomSource): string {
  let out = '';
  let ceiling = upper;
  for (let at = 0; ; at += 1) {
    const low = at < lower.length ? digits.indexOf(lower.charAt(at)) : 0;
    const high = ceiling === null ? base : at < ceiling.length ? digits.indexOf(ceiling.charAt(at)) : 0;
    if (high - low > 1) return out + digits.charAt(low + 1 + below(random, high - low - 1)) + jitter(random);
    out += digits.charAt(low);
    // From here on anything is under `upper`.
    if (high > low) ceiling = null;
  }
}

/**
 * A key that sorts between two others, for the manual order of a carnet. Keys are plain text compared by code unit
 * (`compareOrderKeys`), so that putting one entry elsewhere changes that entry alone. Two people who insert at the same
 * place at once get different keys in all but one case in thousands; equal keys are sorted by id.
 * @param lower - key of the entry before, or null at the beginning.
 * @param upper - key of the entry after, or null at the end.
 * @param random - the jitter; `Math.random` by default.
 * @returns a key greater than `lower` and less than `upper`. Where they are equal or out of order (a concurrent move), the
 * key comes right after `lower`. What is not a key (damaged content) counts as null.
 */
export function orderKeyBetween(
  lower: string | null,
  upper: string | null,
  random: RandomSource = Math.random,
): string {
  const low = lower !== null && isOrderKey(lower) ? lower : null;
  const high = upper !== null && isOrderKey(upper) ? upper : null;
  if (low === null && high === null) {
    return withoutZeroEnd(writeHead(Math.floor(headCount / 2) + below(random, largestStep)), random);
  }
  if (high === null && low !== null) {
    const head = readHead(low) + 1 + below(random, largestStep);
    return head < headCount ? withoutZeroEnd(writeHead(head), random) : fractionBetween(low, null, random);
  }
  if (low === null && high !== null) {
    const head = readHead(high) - 1 - below(random, largestStep);
    return head > 0 ? withoutZeroEnd(writeHead(head), random) : fractionBetween('', high, random);
  }
  if (low === null || high === null) throw new Error('unreachable');
  return low < high ? fractionBetween(low, high, random) : low + jitter(random);
}

/** `count` keys in rising order between two others, for placing several entries at once. */
export function orderKeysBetween(
  lower: string | null,
  upper: string | null,
  count: number,
  random: RandomSource = Math.random,
): string[] {
  const keys: string[] = [];
  let previous = lower;
  for (let at = 0; at < count; at += 1) {
    previous = orderKeyBetween(previous, upper, random);
    keys.push(previous);
  }
  return keys;
}

/** True for text that `orderKeyBetween` may have made. */
export function isOrderKey(value: unknown): value is string {
  return typeof value === 'string' && keyPattern.test(value) && !value.endsWith('0');
}

/** Sorts two keys; not `localeCompare`, which ignores case at first. */
export function compareOrderKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

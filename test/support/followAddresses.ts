import path from 'node:path';
import { expect } from 'vitest';

/**
 * Follows the addresses of pages that are handed over together, and checks that no page has an id twice.
 * @param pages - by the path of their files.
 * @param files - all of them, by path.
 * @returns those that lead nowhere, and how many lead to something here.
 */
export function followAddresses(
  pages: ReadonlyMap<string, Document>,
  files: ReadonlyMap<string, unknown>,
): { readonly lost: readonly string[]; readonly followed: number } {
  const lost: string[] = [];
  let followed = 0;
  for (const [name, read] of pages) {
    const ids = [...read.querySelectorAll('[id]')].map((one) => one.id);
    expect(new Set(ids).size, name).toBe(ids.length);
    for (const one of read.querySelectorAll('[href], [src], [poster]'))
      for (const attribute of ['href', 'src', 'poster']) {
        const address = one.getAttribute(attribute);
        if (address === null || /^[a-z]+:/.test(address)) continue;
        followed += 1;
        const [target = '', fragment] = address.split('#');
        const at =
          target === '' ? name : path.posix.join(path.posix.dirname(name), decodeURIComponent(target));
        const isThere =
          fragment === undefined ? files.has(at) : (pages.get(at)?.getElementById(fragment) ?? null) !== null;
        if (!isThere) lost.push(`${name}: ${address}`);
      }
  }
  return { lost, followed };
}

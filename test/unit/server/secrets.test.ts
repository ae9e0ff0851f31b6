import { expect, test } from 'vitest';
import { isId } from '#shared/domain/ids.ts';
import { hashSecret, newId, newSecret } from '#server/secrets.ts';

/** How many of the bits of all these values are sometimes 0 and sometimes 1. */
function varyingBits(values: readonly string[]): number {
  const all = values.map((value) => Buffer.from(value, 'base64url'));
  let varying = 0;
  for (let bit = 0; bit < (all[0]?.length ?? 0) * 8; bit++) {
    const seen = new Set(all.map((bytes) => ((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1));
    varying += seen.size - 1;
  }
  return varying;
}

test('an id has 128 random bits, a secret 256: neither can be guessed', () => {
  const ids = Array.from({ length: 200 }, () => newId<string>());
  const secrets = Array.from({ length: 200 }, newSecret);
  expect([ids.every(isId), varyingBits(ids), varyingBits(secrets)]).toEqual([true, 128, 256]);
  expect(new Set([...ids, ...secrets]).size).toBe(400);
});

test('what is kept of a secret does not give it back', () => {
  const secret = newSecret();
  expect(hashSecret(secret)).not.toContain(secret);
  expect(hashSecret(secret)).toBe(hashSecret(secret));
  expect(hashSecret(newSecret())).not.toBe(hashSecret(secret));
});

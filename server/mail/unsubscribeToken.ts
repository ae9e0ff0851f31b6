import { createHmac, timingSafeEqual } from 'node:crypto';
import { isId, type PersonId } from '#shared/domain/ids.ts';

function sign(secret: string, person: PersonId): Buffer {
  // The secret signs other things: the words before say what this is good for.
  return createHmac('sha256', secret).update(`calepin: no letters to ${person}`).digest();
}

/** What the link of a letter holds, so that whoever got the letter stops letters without signing in. It is good for that alone. */
export function unsubscribeToken(secret: string, person: PersonId): string {
  return `${person}.${sign(secret, person).toString('base64url')}`;
}

/** Whose letters a token stops; null when it was not signed here. */
export function personOfToken(secret: string, token: string): PersonId | null {
  const [person = '', signature = ''] = token.split('.');
  if (!isId(person)) return null;
  const wanted = sign(secret, person as PersonId);
  const given = Buffer.from(signature, 'base64url');
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? (person as PersonId) : null;
}

import type { Session } from '#shared/api/session.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from './newFullRelay.ts';
import { type KeptLetter, keepingMailer } from './letters.ts';

/** A password that nobody is asked to remember. */
export const password = 'quatre mots pour les tests';

export interface Community extends FullRelay {
  /** Letters that were sent, newest last. */
  readonly letters: readonly KeptLetter[];
  /** The first administrator's one-time link; used by `administrator`. */
  readonly link: string;
  /** Makes the first administrator's account. */
  administrator(email?: string): Promise<TestVisitor & { readonly session: Session }>;
}

/** What is sent to make an account. */
export function accountBody(email: string, secret?: string) {
  const [name = ''] = email.split('@');
  return { name, email, password, language: 'fr', ...(secret === undefined ? {} : { secret }) };
}

/** A whole community relay, with a mail server that keeps the letters. */
export async function newCommunity(
  options: Omit<Parameters<typeof newFullRelay>[0], 'mode'> = {},
): Promise<Community> {
  const mailer = keepingMailer();
  const full = await newFullRelay({ mailer, ...options, mode: 'community' });
  const link = (await full.relay.createAdministratorLink(true)) ?? '';
  return Object.assign(full, {
    letters: mailer.letters,
    link,
    async administrator(email = 'ada@exemple.org') {
      const visitor = full.visitor();
      const secret = new URL(link).hash.slice(1);
      const session = await visitor.json<Session>('POST', '/api/account', accountBody(email, secret));
      return Object.defineProperty({ ...visitor, session }, 'cookie', { get: () => visitor.cookie });
    },
  });
}

import type { Mailer } from '#server/accounts/Mailer.ts';
import type { WrittenLetter } from '#server/accounts/letters.ts';

export interface KeptLetter extends WrittenLetter {
  readonly to: string;
  /** The secret in its link. */
  readonly secret: string;
}

/** A mail server that keeps letters, newest last. */
export function keepingMailer(): Mailer & { readonly letters: readonly KeptLetter[] } {
  const letters: KeptLetter[] = [];
  return {
    letters,
    reaches: true,
    send: (to, letter, link) => {
      letters.push({ to, ...letter, secret: new URL(link).hash.slice(1) });
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

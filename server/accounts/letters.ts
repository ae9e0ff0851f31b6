import type { Language } from '#shared/domain/Person.ts';

/** A letter that the relay sends, and the one-time link in it. */
export interface MailLetter {
  readonly kind: 'verification' | 'recovery';
  readonly url: string;
}

/** What a letter says. */
export interface WrittenLetter {
  readonly subject: string;
  readonly text: string;
  /** The same for readers of HTML; absent where plain text is enough. */
  readonly html?: string;
  /** Address that stops letters of this kind when it is posted to, without signing in. */
  readonly unsubscribe?: string;
}

const french = {
  verification: (url: string): WrittenLetter => ({
    subject: 'Confirmez votre adresse pour Calepin',
    text: `Bonjour,

Pour confirmer que cette adresse est bien la vôtre, ouvrez ce lien dans le navigateur où vous utilisez Calepin :

${url}

Il est bon pendant 24 heures. Une adresse confirmée permet de retrouver votre compte si vous oubliez votre mot de passe.

Si vous n’avez pas créé de compte, vous n’avez rien à faire.
`,
  }),
  recovery: (url: string): WrittenLetter => ({
    subject: 'Choisissez un nouveau mot de passe pour Calepin',
    text: `Bonjour,

Pour choisir un nouveau mot de passe, ouvrez ce lien :

${url}

Il est bon une fois, pendant une heure. Les appareils où vous êtes en ligne devront se reconnecter.

Si vous n’avez rien demandé, votre mot de passe ne change pas et vous n’avez rien à faire.
`,
  }),
};

const english: typeof french = {
  verification: (url) => ({
    subject: 'Confirm your address for Calepin',
    text: `Hello,

To confirm that this address is yours, open this link in the browser where you use Calepin:

${url}

It is good for 24 hours. With a confirmed address you can get your account back if you forget your password.

If you did not create an account, there is nothing to do.
`,
  }),
  recovery: (url) => ({
    subject: 'Choose a new password for Calepin',
    text: `Hello,

To choose a new password, open this link:

${url}

It is good once, for one hour. Devices where you are signed in will have to sign in again.

If you asked for nothing, your password does not change and there is nothing to do.
`,
  }),
};

/** Writes a letter in a person's language. */
export function writeLetter({ kind, url }: MailLetter, language: Language): WrittenLetter {
  return (language === 'en' ? english : french)[kind](url);
}

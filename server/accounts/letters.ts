import type { Language } from '#shared/domain/Person.ts';

/** A letter that the relay sends, and the one-time link in it. */
export interface MailLetter {
  readonly kind: 'verification' | 'recovery' | 'newAddress' | 'addressChanged';
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
  newAddress: (url: string): WrittenLetter => ({
    subject: 'Confirmez votre nouvelle adresse pour Calepin',
    text: `Bonjour,

Pour que cette adresse devienne celle de votre compte, ouvrez ce lien dans le navigateur où vous utilisez Calepin :

${url}

Il est bon une fois, pendant 24 heures. D’ici là, l’ancienne adresse reste celle du compte.

Si vous n’avez rien demandé, vous n’avez rien à faire : rien ne change.
`,
  }),
  addressChanged: (url: string): WrittenLetter => ({
    subject: 'L’adresse de votre compte Calepin a changé',
    text: `Bonjour,

Cette adresse n’est plus celle de votre compte Calepin : une autre la remplace, à la demande d’une personne qui s’est nommée par votre mot de passe ou votre clé d’accès.

Si c’est vous, vous n’avez rien à faire. Sinon, prévenez tout de suite la personne qui tient ce Calepin :

${url}
`,
  }),
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
  newAddress: (url) => ({
    subject: 'Confirm your new address for Calepin',
    text: `Hello,

To make this address that of your account, open this link in the browser where you use Calepin:

${url}

It is good once, for 24 hours. Until then the old address stays that of the account.

If you asked for nothing, there is nothing to do: nothing changes.
`,
  }),
  addressChanged: (url) => ({
    subject: 'The address of your Calepin account has changed',
    text: `Hello,

This address is no longer that of your Calepin account: another takes its place, as asked by somebody who gave your password or your passkey.

If that is you, there is nothing to do. If not, tell whoever runs this Calepin at once:

${url}
`,
  }),
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

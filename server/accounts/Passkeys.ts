import type { z } from 'zod';
import type { PasskeySummary, webAuthnAnswerSchema } from '#shared/api/passkeys.ts';
import type { Auth } from './createAuth.ts';
import { refused } from './refused.ts';
import type { WithCookies } from './WithCookies.ts';

/** What the browser's WebAuthn answered, in the form that its schema checked; the library checks the rest. */
type WebAuthn = z.infer<typeof webAuthnAnswerSchema>;
type Answer = NonNullable<Parameters<Auth['api']['verifyPasskeyAuthentication']>[0]>['body']['response'];

/** Passkeys, by better-auth's plugin: the challenge is in a cookie, the answer is checked and counted there. */
export class Passkeys {
  readonly #api: () => Auth['api'];
  readonly #cookiesOf: (answer: Headers) => readonly string[];

  /** @param cookiesOf - the lines of `Set-Cookie` that are to be passed on. */
  constructor(api: () => Auth['api'], cookiesOf: (answer: Headers) => readonly string[]) {
    this.#api = api;
    this.#cookiesOf = cookiesOf;
  }

  /** Those of who is signed in by these headers, oldest first. */
  async list(headers: Headers): Promise<PasskeySummary[]> {
    const rows = await this.#api().listPasskeys({ headers });
    return rows
      .map(({ id, name, createdAt }) => ({
        id,
        name: name ?? '',
        createdAt: new Date(createdAt ?? 0).getTime(),
      }))
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  /** What to hand to the browser to make one. @throws AppError `sign_in_again` when the session is more than a day old. */
  async beginAdding(headers: Headers): Promise<WithCookies<object>> {
    const asked = this.#api().generatePasskeyRegistrationOptions({ headers, returnHeaders: true });
    const { response, headers: answer } = await refused(asked);
    return { value: response, cookies: this.#cookiesOf(answer) };
  }

  /** Keeps the one that the browser made. @throws AppError `passkey_failed`, `sign_in_again`. */
  async add(headers: Headers, response: WebAuthn, name: string): Promise<void> {
    await refused(this.#api().verifyPasskeyRegistration({ headers, body: { response, name } }));
  }

  /** Takes one off. */
  async remove(headers: Headers, id: string): Promise<void> {
    await refused(this.#api().deletePasskey({ headers, body: { id } }));
  }

  /** What to hand to the browser of somebody whom it is to name itself. */
  async beginSigningIn(): Promise<WithCookies<object>> {
    // With a session it would ask for the keys of that person alone.
    const asked = this.#api().generatePasskeyAuthenticationOptions({
      headers: new Headers(),
      returnHeaders: true,
    });
    const { response, headers: answer } = await asked;
    return { value: response, cookies: this.#cookiesOf(answer) };
  }

  /** @returns the session's cookie. @throws AppError `passkey_failed`, whatever was wrong. */
  async signIn(headers: Headers, response: WebAuthn): Promise<readonly string[]> {
    const asked = this.#api().verifyPasskeyAuthentication({
      headers,
      body: { response: response as unknown as Answer },
      returnHeaders: true,
    });
    const { headers: answer } = await refused(asked);
    return this.#cookiesOf(answer);
  }
}

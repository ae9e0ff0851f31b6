import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from 'pino';
import { AppError } from '#shared/api/errorCodes.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Language, Person } from '#shared/domain/Person.ts';
import { hashSecret } from '../secrets.ts';
import type { AuthTables } from './authTables.ts';
import { type Auth, challengeCookie, createAuth, stateCookie } from './createAuth.ts';
import { Credentials } from './Credentials.ts';
import { type MailLetter, writeLetter } from './letters.ts';
import type { Mailer } from './Mailer.ts';
import { type OpenIdProvider, organisationId } from './OpenIdProvider.ts';
import { Passkeys } from './Passkeys.ts';
import { refused } from './refused.ts';
import type { WithCookies } from './WithCookies.ts';

/** Somebody's session on one browser, and by which account. */
export interface SignedIn {
  readonly session: string;
  readonly person: PersonId;
  /** Null for who signs in without an account. */
  readonly account: { readonly email: string; readonly verified: boolean } | null;
}

/** One browser or device where a person is signed in. */
export interface DeviceSession {
  readonly id: string;
  readonly createdAt: number;
  /** To within the hour. */
  readonly usedAt: number;
  /** What the browser said of itself. */
  readonly userAgent: string;
}

export interface AccountsOptions {
  readonly tables: AuthTables;
  readonly secret: string;
  /** Where people reach the relay; known once it listens. */
  readonly publicUrl: () => string;
  /** Part of the cookie's name: two relays on one host (two ports) must not sign each other's people out. */
  readonly relayId: string;
  readonly https: boolean;
  readonly mailer: Mailer;
  readonly organisation: OpenIdProvider | null;
  /** Somebody whom the provider sent for the first time: makes a person of them, or an account of the guest that they were here. @returns their id. */
  onNewcomer(name: string, guest: PersonId | null): Promise<PersonId>;
  /** A password was chosen anew by a letter. */
  onRecovered(person: PersonId): Promise<void>;
  readonly logger: Logger;
}

/** A request that was let in before its session ended is over by then. */
const rememberMs = 60_000;

/** More than any relay has; without a number better-auth lists a hundred. */
const maxListed = 1_000_000;

/** So long may somebody be at the organisation's provider. */
const comeBackMs = 10 * 60_000;

/** How people sign in at one relay: every session is better-auth's, those of guests and of the person of a computer too. */
export class Accounts {
  readonly #options: AccountsOptions;
  readonly #cookie: string;
  readonly #listeners = new Set<(sessionId: string) => void>();
  /** Sessions that ended a moment ago, and when. */
  readonly #ended = new Map<string, number>();
  readonly #background = new Set<Promise<unknown>>();
  readonly #language = new AsyncLocalStorage<Language>();
  /** The guest who comes back from the provider, while that is answered. */
  readonly #guest = new AsyncLocalStorage<PersonId | null>();
  #auth: Auth | null = null;
  readonly passkeys: Passkeys;
  readonly credentials: Credentials;

  constructor(options: AccountsOptions) {
    this.#options = options;
    this.#cookie = `${options.https ? '__Host-' : ''}calepin-${options.relayId.slice(0, 8)}`;
    this.passkeys = new Passkeys(
      () => this.#api,
      (answer) => this.#cookiesOf(answer),
    );
    this.credentials = new Credentials({
      context: () => this.#context,
      publicUrl: () => this.#options.publicUrl(),
      send: (to, letter, language) => this.#language.run(language, () => this.#send(to, letter)),
    });
  }

  /** Whether letters reach people. */
  get sendsMail(): boolean {
    return this.#options.mailer.reaches;
  }

  /** Who is signed in by these headers: the session's cookie, or the same as `Authorization: Bearer`. */
  async sessionOf(headers: Headers): Promise<WithCookies<SignedIn | null>> {
    const own = this.#withCookie(headers);
    if (own === null) return { value: null, cookies: [] };
    const { response, headers: answer } = await this.#api.getSession({ headers: own, returnHeaders: true });
    const value: SignedIn | null =
      response === null
        ? null
        : {
            session: response.session.id,
            person: response.user.id as PersonId,
            account: accountOf(response.user),
          };
    return { value, cookies: this.#cookiesOf(answer) };
  }

  /** Signs a person in on the browser whose headers are given. @returns the session's cookie, as a line of `Set-Cookie`. */
  async startSession(
    headers: Headers,
    { id, name }: Pick<Person, 'id' | 'name'>,
  ): Promise<readonly string[]> {
    const body = { id, name };
    const { headers: answer } = await this.#api.startSession({ body, headers, returnHeaders: true });
    return this.#cookiesOf(answer);
  }

  /** Signs this browser out. */
  async endSession(headers: Headers): Promise<readonly string[]> {
    const own = this.#withCookie(headers) ?? headers;
    const { headers: answer } = await this.#api.signOut({ headers: own, returnHeaders: true });
    return this.#cookiesOf(answer);
  }

  /**
   * Gives a person who has none an account; they are then to be sent the letter that confirms the address.
   * @throws AppError `email_taken`; `conflict` when the person has an account.
   */
  async addAccount(
    person: Pick<Person, 'id' | 'name'>,
    { email, password }: { email: string; password: string },
  ): Promise<void> {
    const { id, name } = person;
    await refused(this.#api.addPassword({ body: { id, name, email, password } }));
  }

  /** Whether an e-mail has an account here. */
  async isTaken(email: string): Promise<boolean> {
    const context = await this.#context;
    return (await context.internalAdapter.findUserByEmail(email.toLowerCase())) !== null;
  }

  /** Signs in by e-mail and password. @throws AppError `sign_in_failed`, whatever was wrong. */
  async signIn(headers: Headers, email: string, password: string): Promise<readonly string[]> {
    const { headers: answer } = await refused(
      this.#api.signInEmail({ body: { email, password }, headers, returnHeaders: true }),
    );
    return this.#cookiesOf(answer);
  }

  /** What the organisation's provider is called; null where there is none. */
  get organisation(): string | null {
    return this.#options.organisation?.name ?? null;
  }

  /** Where the organisation's people sign in; they come back to `comeBack`. @param guest - who asks, where that is a guest: they stay the same person. */
  async beginAtOrganisation(guest: PersonId | null): Promise<WithCookies<string>> {
    const home = this.#options.publicUrl();
    const { response, headers } = await this.#api.signInSocial({
      body: {
        provider: organisationId,
        callbackURL: `${home}/`,
        errorCallbackURL: `${home}/sign-in`,
        disableRedirect: true,
      },
      headers: new Headers(),
      returnHeaders: true,
    });
    const url = response.url ?? '';
    const identifier = guestMark(url);
    // Who comes back comes from another site: the guest's own cookie is not sent then.
    if (guest !== null && identifier !== null) {
      const expiresAt = new Date(Date.now() + comeBackMs);
      await (
        await this.#context
      ).internalAdapter.createVerificationValue({
        identifier,
        value: guest,
        expiresAt,
      });
    }
    return { value: url, cookies: this.#cookiesOf(headers) };
  }

  /** Somebody comes back from the organisation's provider: signs them in, and sends them to their notes, or to the page that says why not. @returns also the guest who went there, if one did and is to be the same person. */
  async comeBack(
    request: Request,
  ): Promise<{ location: string; cookies: readonly string[]; guest: PersonId | null }> {
    const guest = await this.#guestOf(request.url);
    const { headers } = await this.#guest.run(guest, () => this.#instance.handler(request));
    return {
      location: headers.get('location') ?? `${this.#options.publicUrl()}/sign-in`,
      cookies: this.#cookiesOf(headers),
      guest,
    };
  }

  /** Sends the letter by which a password is chosen anew, if the address has an account and is confirmed. Nobody is told whether. */
  async requestRecovery(email: string, language: Language): Promise<void> {
    await this.#language.run(language, () => this.#api.requestPasswordReset({ body: { email } }));
  }

  /** Sets the password by the letter's secret; every session of the account ends. @throws AppError `link_invalid`. */
  async recover(token: string, newPassword: string): Promise<void> {
    await refused(this.#api.resetPassword({ body: { token, newPassword } }));
  }

  /** Sends who is signed in the letter that confirms their address. */
  async requestVerification(headers: Headers, email: string, language: Language): Promise<void> {
    const own = this.#withCookie(headers) ?? headers;
    await this.#language.run(language, () =>
      refused(this.#api.sendVerificationEmail({ body: { email }, headers: own })),
    );
  }

  /**
   * Confirms the address of who is signed in, by the letter's secret. Whoever got the letter of somebody who mistyped their address is not signed in as them.
   * @throws AppError `link_invalid`, also when it is the letter of another account.
   */
  async verify(account: SignedIn['account'], token: string): Promise<void> {
    if (account === null || emailIn(token) !== account.email.toLowerCase()) throw linkInvalid();
    await refused(this.#api.verifyEmail({ query: { token } }));
  }

  /** Where a person is signed in, last used first. */
  async sessions(person: PersonId): Promise<DeviceSession[]> {
    return (await this.#sessionRows(person))
      .map(({ id, createdAt, updatedAt, userAgent }) => ({
        id,
        createdAt: createdAt.getTime(),
        usedAt: updatedAt.getTime(),
        userAgent: userAgent ?? '',
      }))
      .sort((a, b) => b.usedAt - a.usedAt || (a.id < b.id ? -1 : 1));
  }

  /** The e-mails of those who have an account. */
  async emails(): Promise<ReadonlyMap<PersonId, string>> {
    const users = await (await this.#context).internalAdapter.listUsers(maxListed);
    return new Map(users.flatMap(({ id, email }) => (email ? [[id as PersonId, email] as const] : [])));
  }

  /** Where letters reach a person: their e-mail, once it is confirmed to be theirs; null for nowhere. */
  async addressOf(person: PersonId): Promise<string | null> {
    const user = await (await this.#context).internalAdapter.findUserById(person);
    return user?.email && user.emailVerified ? user.email : null;
  }

  /** Ends one of a person's sessions. @returns false when they have no such one. */
  async endOneSession(person: PersonId, id: string): Promise<boolean> {
    const found = (await this.#sessionRows(person)).find((row) => row.id === id);
    if (found === undefined) return false;
    await (await this.#context).internalAdapter.deleteSession(found.token);
    return true;
  }

  /** Signs a person out everywhere. */
  async endAllSessions(person: PersonId): Promise<void> {
    await (await this.#context).internalAdapter.deleteUserSessions(person);
  }

  /** Whether a session ended while a request that it let in was being answered: nothing is to be opened in its name any more. */
  hasEnded(sessionId: string): boolean {
    return this.#ended.has(sessionId);
  }

  /** Calls back when a session has ended: whatever was opened in its name is to be closed. @returns the way to stop listening. */
  onEnded(listener: (sessionId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when what was begun is done. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#background);
    await this.#options.mailer.close();
  }

  // Made at the first use: the address may be known only once the relay listens.
  get #instance(): Auth {
    const { tables, secret, https, logger } = this.#options;
    this.#auth ??= createAuth({
      tables,
      secret,
      https,
      logger,
      publicUrl: this.#options.publicUrl(),
      cookie: this.#cookie,
      send: (to, letter) => this.#send(to, letter),
      onSessionEnded: (id) => {
        this.#remember(id);
        for (const listener of this.#listeners) listener(id);
      },
      organisation: this.#options.organisation,
      onNewcomer: (name) => this.#newcomer(name),
      onRecovered: (id) => this.#options.onRecovered(id as PersonId),
      inBackground: (work) => {
        const done = work.catch((error: unknown) => {
          logger.error({ err: error }, 'work after an answer failed');
        });
        this.#background.add(done);
        void done.finally(() => this.#background.delete(done));
      },
    });
    return this.#auth;
  }

  get #api(): Auth['api'] {
    return this.#instance.api;
  }

  get #context(): Auth['$context'] {
    return this.#instance.$context;
  }

  async #sessionRows(person: PersonId) {
    const { internalAdapter } = await this.#context;
    return internalAdapter.listSessions(person, { onlyActiveSessions: true });
  }

  /** Takes what was noted of the guest who went to the provider. */
  async #guestOf(url: string): Promise<PersonId | null> {
    const identifier = guestMark(url);
    if (identifier === null) return null;
    const { internalAdapter } = await this.#context;
    const noted = await internalAdapter.findVerificationValue(identifier);
    if (noted === null) return null;
    await internalAdapter.deleteVerificationByIdentifier(identifier);
    return noted.expiresAt.getTime() > Date.now() ? (noted.value as PersonId) : null;
  }

  async #newcomer(name: string): Promise<PersonId> {
    const guest = this.#guest.getStore() ?? null;
    const person = await this.#options.onNewcomer(name, guest);
    // The account takes the place of what the guest signed in by.
    if (person === guest) await (await this.#context).internalAdapter.deleteUser(guest);
    return person;
  }

  #remember(ended: string): void {
    const now = performance.now();
    for (const [id, at] of this.#ended) if (now - at > rememberMs) this.#ended.delete(id);
    this.#ended.set(ended, now);
  }

  async #send(to: string, letter: MailLetter): Promise<void> {
    const written = writeLetter(letter, this.#language.getStore() ?? 'fr');
    try {
      await this.#options.mailer.send(to, written, letter.url);
    } catch (error) {
      // The server's answer names the address.
      const code = (error as { code?: unknown }).code;
      this.#options.logger.error({ kind: letter.kind, code }, 'a letter could not be sent');
    }
  }

  /** The headers with which better-auth is asked; null when there is nothing to ask about. */
  #withCookie(headers: Headers): Headers | null {
    const bearer = /^Bearer ([\w.~%+/=-]{20,400})$/i.exec(headers.get('authorization') ?? '')?.[1];
    if (bearer !== undefined) return new Headers({ cookie: `${this.#cookie}=${bearer}` });
    return headers.get('cookie')?.includes(`${this.#cookie}=`) === true ? headers : null;
  }

  /** Better-auth takes out cookies that this relay never gives, too. */
  #cookiesOf(answer: Headers): string[] {
    const own = [this.#cookie, challengeCookie(this.#cookie), stateCookie(this.#cookie)];
    return answer.getSetCookie().filter((line) => own.includes(line.split('=', 1)[0] ?? ''));
  }
}

function accountOf(user: { email?: string | null; emailVerified: boolean }): SignedIn['account'] {
  return user.email ? { email: user.email, verified: user.emailVerified } : null;
}

/** Under what the guest who went to the provider is noted: the state of that sign-in, which better-auth holds against its own cookie. */
function guestMark(url: string): string | null {
  const state = URL.canParse(url) ? new URL(url).searchParams.get('state') : null;
  return state === null ? null : `guest ${hashSecret(state)}`;
}

function linkInvalid(): AppError {
  return new AppError('link_invalid', 'this link is not, or no longer, good');
}

/** The e-mail that a letter's secret is about; better-auth checks the signature. */
function emailIn(token: string): string | null {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return String((payload as { email?: unknown }).email).toLowerCase();
  } catch {
    return null;
  }
}

import type { Context, MiddlewareHandler } from 'hono';
import type { Session } from '#shared/api/session.ts';
import type { Person } from '#shared/domain/Person.ts';
import type { Accounts } from '../accounts/Accounts.ts';
import type { PersonStore } from '../storage/ports/PersonStore.ts';
import type { HttpEnvironment } from './environment.ts';

type HttpContext = Context<HttpEnvironment>;

/** What came of a sign-in, beside who is signed in. */
export type SignInOutcome = Pick<Session, 'stayed' | 'joined'>;

/** Of so many sign-ins it is kept until a page asks; the oldest are forgotten. */
const maxUntold = 1_000;

/** Puts who is signed in on the request, and the session's cookie on the answer when it changed. */
export class Sessions {
  readonly #accounts: Accounts;
  readonly #persons: PersonStore;
  /** By session, in the order of their sign-ins. */
  readonly #untold = new Map<string, SignInOutcome>();

  constructor(accounts: Accounts, persons: PersonStore) {
    this.#accounts = accounts;
    this.#persons = persons;
  }

  /** Puts the caller and its session on the request; a visitor's are null. */
  middleware(): MiddlewareHandler<HttpEnvironment> {
    return async (context, next) => {
      await this.read(context, context.req.raw.headers);
      await next();
    };
  }

  /** Looks again who is signed in: something about them was changed. @param headers - of the request, or of a session that began in it. */
  async read(context: HttpContext, headers: Headers): Promise<void> {
    const { value: signedIn, cookies } = await this.#accounts.sessionOf(headers);
    const person = signedIn === null ? null : await this.#persons.get(signedIn.person);
    // A guest's session is never that of the account that they became.
    const isTheirs = person !== null && person.id === signedIn?.person;
    if (signedIn === null || !isTheirs || this.#accounts.hasEnded(signedIn.session)) {
      context.set('caller', null);
      context.set('session', null);
    } else {
      const { id, kind, name, colour, role } = person;
      context.set('caller', { id, kind, name, colour, role });
      context.set('session', { id: signedIn.session, account: signedIn.account });
    }
    setCookies(context, cookies);
  }

  /** Signs a person in on this browser; a session that it had ends. @returns headers that speak for the new session. */
  start(context: HttpContext, person: Pick<Person, 'id' | 'name'>): Promise<Headers> {
    return this.begin(context, () => this.#accounts.startSession(context.req.raw.headers, person));
  }

  /** The same, by e-mail and password. @throws AppError `sign_in_failed`. */
  signIn(context: HttpContext, email: string, password: string): Promise<Headers> {
    return this.begin(context, () => this.#accounts.signIn(context.req.raw.headers, email, password));
  }

  /** Keeps what came of a sign-in whose answer is no page's, until the page asks who is signed in. */
  tellLater(session: string, outcome: SignInOutcome): void {
    if (Object.keys(outcome).length === 0) return;
    this.#untold.set(session, outcome);
    if (this.#untold.size <= maxUntold) return;
    for (const [oldest] of this.#untold) {
      this.#untold.delete(oldest);
      break;
    }
  }

  /** What was kept for a session, once; nothing for most. */
  takeUntold(session: string | undefined): SignInOutcome {
    if (session === undefined) return {};
    const outcome = this.#untold.get(session);
    this.#untold.delete(session);
    return outcome ?? {};
  }

  /** Passes cookies on. */
  setCookies(context: HttpContext, lines: readonly string[]): void {
    setCookies(context, lines);
  }

  /** Signs this browser out. */
  async end(context: HttpContext): Promise<void> {
    setCookies(context, await this.#accounts.endSession(context.req.raw.headers));
  }

  /** The same, by whatever gives the session's cookie. */
  async begin(context: HttpContext, give: () => Promise<readonly string[]>): Promise<Headers> {
    const cookies = await give();
    if (context.var.session !== null) await this.#accounts.endSession(context.req.raw.headers);
    setCookies(context, cookies);
    const headers = new Headers({ cookie: cookies.map((line) => line.split(';', 1)[0]).join('; ') });
    await this.read(context, headers);
    return headers;
  }
}

/** What was set before in this answer is about the session that was. */
function setCookies(context: HttpContext, lines: readonly string[]): void {
  if (lines.length === 0) return;
  context.header('Set-Cookie');
  for (const line of lines) context.header('Set-Cookie', line, { append: true });
}

import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { PersonId } from '#shared/domain/ids.ts';
import { hashSecret, newId, newSecret } from '../secrets.ts';
import type { PersonStore } from '../storage/ports/PersonStore.ts';
import type { HttpEnvironment } from './environment.ts';

const lifeSeconds = 180 * 24 * 60 * 60;
const touchEveryMs = 60 * 60 * 1_000;

/** Sign-in by a random secret in a cookie (`Authorization: Bearer` for the desktop's main process), of which the relay keeps a hash. */
export class Sessions {
  readonly #persons: PersonStore;
  readonly #now: () => number;
  readonly #https: boolean;
  readonly #cookie: string;
  readonly #listeners = new Set<(sessionId: string) => void>();

  /**
   * @param relayId - part of the cookie's name: two relays on one host (two ports) must not sign each other's people out.
   * @param https - whether people reach the relay by https: the cookie is then bound to it.
   */
  constructor(options: { persons: PersonStore; now: () => number; relayId: string; https: boolean }) {
    this.#persons = options.persons;
    this.#now = options.now;
    this.#https = options.https;
    this.#cookie = `${options.https ? '__Host-' : ''}calepin-${options.relayId.slice(0, 8)}`;
  }

  /** Puts the caller and its session on the request; a visitor's are null. */
  middleware(): MiddlewareHandler<HttpEnvironment> {
    return async (context, next) => {
      context.set('caller', null);
      context.set('session', null);
      const bearer = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(context.req.header('authorization') ?? '')?.[1];
      const secret = bearer ?? getCookie(context, this.#cookie);
      const session = secret === undefined ? null : await this.#persons.findSession(hashSecret(secret));
      const now = this.#now();
      if (session !== null && now - session.usedAt < lifeSeconds * 1_000) {
        const person = await this.#persons.get(session.person);
        if (person !== null) {
          const { id, kind, name, colour } = person;
          context.set('caller', { id, kind, name, colour });
          context.set('session', session);
          if (now - session.usedAt > touchEveryMs) {
            await this.#persons.touchSession(session.id, now);
            if (bearer === undefined && secret !== undefined) this.#setCookie(context, secret);
          }
        }
      }
      await next();
    };
  }

  /** Signs a person in on this browser. */
  async start(context: Context<HttpEnvironment>, person: PersonId): Promise<void> {
    const secret = newSecret();
    const now = this.#now();
    const session = { id: newId(), secretHash: hashSecret(secret), person, createdAt: now, usedAt: now };
    await this.#persons.addSession(session);
    context.set('session', session);
    this.#setCookie(context, secret);
  }

  /** Signs this browser out. */
  async end(context: Context<HttpEnvironment>): Promise<void> {
    const session = context.var.session;
    if (session !== null) {
      await this.#persons.removeSession(session.id);
      for (const listener of this.#listeners) listener(session.id);
    }
    setCookie(context, this.#cookie, '', { ...this.#cookieOptions(), maxAge: 0 });
  }

  /** Calls back when a session has ended: whatever was opened in its name is to be closed. @returns the way to stop listening. */
  onEnded(listener: (sessionId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #setCookie(context: Context<HttpEnvironment>, secret: string): void {
    setCookie(context, this.#cookie, secret, { ...this.#cookieOptions(), maxAge: lifeSeconds });
  }

  #cookieOptions() {
    return { path: '/', httpOnly: true, secure: this.#https, sameSite: 'Strict' } as const;
  }
}

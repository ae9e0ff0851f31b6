import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Logger } from 'pino';
import type { Mailer } from '#server/accounts/Mailer.ts';
import type { Discovery } from '#server/meeting/Discovery.ts';
import type { Timers } from '#server/history/Timers.ts';
import type { FollowedRelays } from '#server/mirror/FollowedRelays.ts';
import type { OpenIdProvider } from '#server/accounts/OpenIdProvider.ts';
import type { Session } from '#shared/api/session.ts';
import { placeDatabase } from './placeDatabase.ts';
import {
  type PdfPrinter,
  type Relay,
  type RelayAdapters,
  createRelay,
  memoryAdapters,
  sqliteAdapters,
} from '#server/index.ts';

/** Somebody at this relay: their requests carry their cookie and the origin of the relay's pages. */
export interface TestVisitor {
  /** The value of a `Cookie` header; empty for who is not signed in. */
  readonly cookie: string;
  /** A request to a path of this relay. A plain object as `json` is sent as such. */
  fetch(path: string, init?: RequestInit & { json?: unknown }): Promise<Response>;
  /** The same, read as JSON. @throws Error with the status and the body when the answer is not a success. */
  json<T>(method: string, path: string, body?: unknown): Promise<T>;
}

/** A whole relay: HTTP, sockets, catalogue, indexer, history, on a port of its own. */
export interface FullRelay {
  readonly relay: Relay;
  /** As it is stored: rows under the ids that they were written with. */
  readonly log: RelayAdapters['log'];
  readonly url: string;
  /** Signs the local person in: to be opened in a browser. */
  readonly launchUrl: string;
  /** The folder that holds everything; null in memory. */
  readonly dataFolder: string | null;
  /** Somebody who is not signed in. */
  visitor(): TestVisitor;
  /** The local person, signed in (the welcome carnet is made at the first time). */
  signIn(language?: 'fr' | 'en'): Promise<TestVisitor & { readonly session: Session }>;
  /** A guest who accepts an invitation. @param invitationUrl - as the relay gave it. */
  join(invitationUrl: string, name: string): Promise<TestVisitor & { readonly path: string }>;
  /** Stops it; a folder that it made itself is deleted. */
  close(): Promise<void>;
}

/** Somebody who is not signed in yet. @param url - of the relay, and the origin of its pages. */
export function newVisitor(url: string): TestVisitor {
  const jar = new Map<string, string>();
  const cookies = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const request: TestVisitor['fetch'] = async (where, { json, ...init } = {}) => {
    const headers = new Headers(init.headers);
    if (!headers.has('origin')) headers.set('origin', url);
    if (jar.size > 0) headers.set('cookie', cookies());
    if (json !== undefined) headers.set('content-type', 'application/json');
    const body = json === undefined ? init.body : JSON.stringify(json);
    const answer = await fetch(url + where, { ...init, headers, ...(body == null ? {} : { body }) });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /;\s*max-age=0(;|$)/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  return {
    get cookie() {
      return cookies();
    },
    fetch: request,
    async json<T>(method: string, where: string, body?: unknown): Promise<T> {
      const answer = await request(where, { method, ...(body === undefined ? {} : { json: body }) });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${text}`);
      return (text === '' ? null : JSON.parse(text)) as T;
    },
  };
}

/**
 * Starts a whole relay of one computer on a free port.
 * @param options.storage - `memory` (default) or `sqlite`.
 * @param options.dataDir - folder of the SQLite storage, kept at the end; a new one, deleted at the end, when not given.
 * @param options.interfaceFolder - built interface to serve; dist/renderer by default.
 * @param options.homes - the way to relays that it follows.
 * @param options.adapt - the storage as the relay is to see it: one that fails, for instance.
 */
export async function newFullRelay(
  options: {
    storage?: 'memory' | 'sqlite';
    dataDir?: string;
    port?: number;
    now?: () => number;
    timers?: Timers;
    mode?: 'local' | 'community';
    publicUrl?: string;
    interfaceFolder?: string;
    pdfPrinter?: PdfPrinter | null;
    metricsPort?: number;
    logger?: Logger;
    mailer?: Mailer;
    organisation?: OpenIdProvider;
    meetingAddresses?: readonly string[];
    discovery?: Discovery;
    adapt?: (adapters: RelayAdapters) => RelayAdapters;
    homes?: FollowedRelays;
  } = {},
): Promise<FullRelay> {
  const onDisk = options.storage === 'sqlite' || options.dataDir !== undefined;
  const own = onDisk && options.dataDir === undefined ? await mkdtemp(path.join(tmpdir(), 'calepin-')) : null;
  const dataFolder = options.dataDir ?? own;
  if (own !== null) await placeDatabase(path.join(own, 'calepin.sqlite'));
  const adapters = dataFolder === null ? memoryAdapters() : await sqliteAdapters(dataFolder);
  const relay = await createRelay(
    {
      mode: options.mode ?? 'local',
      host: '127.0.0.1',
      port: options.port ?? 0,
      publicUrl: options.publicUrl ?? null,
      version: '0.0.0-test',
      interfaceFolder: options.interfaceFolder ?? path.resolve('dist/renderer'),
      pdfPrinter: options.pdfPrinter ?? null,
      metricsPort: options.metricsPort ?? null,
      ...(options.now === undefined ? {} : { now: options.now }),
      ...(options.timers === undefined ? {} : { timers: options.timers }),
      ...(options.logger === undefined ? {} : { logger: options.logger }),
      ...(options.mailer === undefined ? {} : { mailer: options.mailer }),
      ...(options.homes === undefined ? {} : { homes: options.homes }),
      organisation: options.organisation ?? null,
      meetingAddresses: options.meetingAddresses ?? null,
      ...(options.discovery === undefined ? {} : { discovery: options.discovery }),
    },
    options.adapt?.(adapters) ?? adapters,
  );
  const { port } = await relay.listen();
  const url = `http://127.0.0.1:${port}`;
  const secret = relay.renewLaunchSecret();
  return {
    relay,
    log: adapters.log,
    url,
    launchUrl: `${url}/#launch=${secret}`,
    dataFolder,
    visitor: () => newVisitor(options.publicUrl ?? url),
    async signIn(language = 'fr') {
      const visitor = newVisitor(url);
      const session = await visitor.json<Session>('POST', '/api/session/launch', { secret, language });
      return Object.defineProperty({ ...visitor, session }, 'cookie', { get: () => visitor.cookie });
    },
    async join(invitationUrl, name) {
      const visitor = newVisitor(url);
      const { hash } = new URL(invitationUrl);
      const body = { secret: hash.slice(1), name, colour: 'azur' };
      const { path: where } = await visitor.json<{ path: string }>('POST', '/api/invitations/accept', body);
      return Object.defineProperty({ ...visitor, path: where }, 'cookie', { get: () => visitor.cookie });
    },
    async close() {
      await relay.close();
      if (own !== null) await rm(own, { recursive: true, force: true });
    },
  };
}

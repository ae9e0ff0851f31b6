import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import * as Y from 'yjs';
import { AppError } from '#shared/api/errorCodes.ts';
import type { Attachment } from '#shared/api/attachments.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import type { Ticket } from '#shared/api/tickets.ts';
import { bodyOf, titleOf } from '#shared/document/fields.ts';
import type { DeviceId, DocumentId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { FollowedRelay, FollowedRelays } from '#server/mirror/FollowedRelays.ts';
import { homeSocket } from '#server/mirror/homeRequest.ts';
import type { Mirror } from '#server/mirror/Mirror.ts';
import { newClient, type TestClient } from './newClient.ts';
import { accountBody, type Community, newCommunity } from './newCommunity.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from './newFullRelay.ts';
import { testId } from './newRelay.ts';
import { retryUntil } from './retryUntil.ts';
import { TcpProxy } from './TcpProxy.ts';

/** The id under which computers of tests follow the community relay. */
export const homeId = testId<string>(200);

/** Somebody's computer that follows a community relay. */
export interface Computer {
  readonly full: FullRelay;
  readonly mirror: Mirror;
  readonly me: TestVisitor;
  readonly person: PersonId;
  /** The way to the home, to be cut. */
  readonly proxy: TcpProxy;
  /** Resolves when the copy has all that the home has, and the home all that it has. @param title - that both are to have. */
  equal(document: DocumentId, title?: string): Promise<void>;
  /** Stops the whole, and starts it again over the same folder. */
  restart(): Promise<void>;
  /** Stops it, lets a statement loose on its database, and starts it again. */
  damage(sql: string): Promise<void>;
  /** Stops it, turns bits of one byte of a row over where it stands in the database's file, and starts it again. */
  spoil(document: DocumentId, seq: number): Promise<void>;
  close(): Promise<void>;
}

/** A folder that is there until the test has ended. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'calepin-copy-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens a community relay, which ends with the test. */
export async function newHome(options: Parameters<typeof newCommunity>[0] = {}): Promise<Community> {
  const home = await newCommunity(options);
  onTestFinished(() => home.close());
  return home;
}

/**
 * Opens the embedded relay of somebody who has an account at a home, and follows it from there.
 * @param there - who they are at the home.
 */
export async function newComputer(
  home: FullRelay,
  there: TestVisitor,
  options: Parameters<typeof newFullRelay>[0] = { storage: 'memory' },
): Promise<Computer> {
  const proxy = await TcpProxy.start(home.relay.port ?? 0);
  const { person: who } = await there.json<Session>('GET', '/api/session');
  if (who === null) throw new Error('nobody is signed in there');
  const device = testId<DeviceId>(100 + proxyCount++);
  const known: FollowedRelay = {
    id: homeId,
    origin: `http://127.0.0.1:${proxy.port}`,
    name: 'La Ruche',
    personThere: who.id,
    nameThere: who.name,
    device,
    addedAt: 1,
  };
  const homes: FollowedRelays = {
    list: () => [known],
    get: (id) => (id === homeId ? known : null),
    onChanged: () => () => undefined,
    socket: (_, where, protocols) => homeSocket(known.origin, where, protocols),
    fetch: async (_, where, init) => {
      const headers = new Headers(init?.headers);
      headers.set('cookie', there.cookie);
      headers.set('origin', home.url);
      try {
        return await fetch(known.origin + where, { ...init, headers });
      } catch (cause) {
        throw new AppError('home_unreachable', 'no way there', { cause });
      }
    },
  };
  const start = async () => {
    const full = await newFullRelay({ ...options, homes });
    const me = await full.signIn();
    const person = me.session.person!.id;
    const { catalogue, identities, mirror } = full.relay.operations;
    await catalogue.identities.recognize(who.id, person, 1);
    identities.join(who.id, person);
    return { full, me, person, mirror: mirror as Mirror };
  };
  let running = await start();
  const stop = async () => {
    await running.full.close();
  };
  const computer: Computer = {
    get full() {
      return running.full;
    },
    get me() {
      return running.me;
    },
    get person() {
      return running.person;
    },
    get mirror() {
      return running.mirror;
    },
    proxy,
    equal: (document, title) =>
      retryUntil(`document ${document} to be equal with its home`, async () => {
        const state = running.mirror.state(document);
        if (!state?.reachable || state.waiting > 0) return false;
        if (title !== undefined && (await titleAt(running.full, document)) !== title) return false;
        const [here, head] = [await running.full.log.chainHead(document), await home.log.chainHead(document)];
        return here !== null && head !== null && Buffer.from(here.digest).equals(head.digest);
      }),
    restart: async () => {
      await stop();
      running = await start();
    },
    damage: async (sql) => {
      const { dataFolder } = running.full;
      if (dataFolder === null) throw new Error('it has no folder');
      await stop();
      const database = new Database(path.join(dataFolder, 'calepin.sqlite'));
      database.exec(sql);
      database.close();
      running = await start();
    },
    spoil: async (document, seq) => {
      const file = path.join(running.full.dataFolder ?? '', 'calepin.sqlite');
      const [row] = await running.full.log.read(document, seq - 1, seq);
      await stop();
      const bytes = await readFile(file);
      const update = Buffer.from(row!.bytes);
      const at = bytes.indexOf(update);
      if (at < 0 || bytes.includes(update, at + 1)) throw new Error('the row stands nowhere, or twice');
      bytes[at + update.length - 1]! ^= 0xff;
      await writeFile(file, bytes);
      running = await start();
    },
    close: async () => {
      await stop();
      await proxy.close();
    },
  };
  onTestFinished(() => computer.close());
  return computer;
}
let proxyCount = 0;

/** Somebody at a home who was invited to a note there. */
export async function newGuest(
  home: FullRelay,
  host: TestVisitor,
  note: NoteId,
  name: string,
  role: 'author' | 'reader' = 'author',
): Promise<TestVisitor & { id: PersonId }> {
  const invitation = { subject: 'note', subjectId: note, role };
  const { url } = await host.json<{ url: string }>('POST', '/api/invitations', invitation);
  const visitor = await home.join(url, name);
  const { person } = await visitor.json<Session>('GET', '/api/session');
  return Object.assign(visitor, { id: person!.id });
}

/** Somebody with an account of their own at a home. @param ada - who may invite there. */
export async function newAccount(
  home: Community,
  ada: TestVisitor,
  email: string,
): Promise<TestVisitor & { id: PersonId }> {
  const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'relay',
    role: 'member',
  });
  const visitor = home.visitor();
  const body = accountBody(email, new URL(url).hash.slice(1));
  const { person } = await visitor.json<Session>('POST', '/api/account', body);
  return Object.assign(visitor, { id: person!.id });
}

/** Makes a note. */
export async function newNoteOf(visitor: TestVisitor, title: string): Promise<NoteId> {
  return (await visitor.json<NotePage>('POST', '/api/notes', { title })).note.id;
}

/** Opens a document at a relay, as its person's browser would. */
export async function openAt(
  full: Pick<FullRelay, 'url'>,
  visitor: TestVisitor,
  document: DocumentId,
): Promise<TestClient> {
  const { ticket } = await visitor.json<Ticket>('POST', '/api/tickets', { document });
  const client = newClient(full.url.replace('http', 'ws') + '/sync', document, ticket);
  onTestFinished(() => client.close());
  await client.synced();
  return client;
}

/** The beginning of a PNG of 3 by 2 pixels. */
export const png = new Uint8Array([
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 3, 0, 0, 0, 2,
  8, 2, 0, 0, 0,
]);

/** Sends a picture and shows it in a note. */
export async function showImage(
  visitor: TestVisitor,
  client: TestClient,
  note: NoteId,
  bytes = png,
): Promise<string> {
  const path = `/api/attachments?note=${note}&name=ruche.png`;
  const headers = { 'content-type': 'image/png' };
  const answer = await visitor.fetch(path, { method: 'POST', headers, body: bytes });
  const { id } = (await answer.json()) as Attachment;
  const image = new Y.XmlElement('image');
  image.setAttribute('attachmentId', id);
  bodyOf(client.doc).push([image]);
  return id;
}

/** Writes at the end of the title, a row each. */
export function write(client: Pick<TestClient, 'doc'>, words: string): void {
  const title = titleOf(client.doc);
  title.insert(title.length, words);
}

export const titleIn = (client: Pick<TestClient, 'doc'>): string => titleOf(client.doc).toJSON();

/** What a relay holds of a document, as text. */
export async function titleAt(full: FullRelay, document: DocumentId): Promise<string> {
  const read = await full.relay.operations.documents.read(document);
  const title = read === null ? '' : titleOf(read.doc).toJSON();
  read?.doc.destroy();
  return title;
}

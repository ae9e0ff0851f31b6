import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { bodyOf, titleOf } from '#shared/document/fields.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import type { DocumentSession } from '../../../renderer/collaboration/DocumentSession.ts';
import { rawClient } from '../../support/rawClient.ts';
import { RelayProcess } from '../../support/RelayProcess.ts';
import { TestPerson } from '../../support/TestPerson.ts';

let relay: RelayProcess;
let owner: TestPerson;
const open: { close(): unknown }[] = [];

beforeAll(async () => {
  relay = await RelayProcess.start();
  owner = await TestPerson.launch(relay.origin, relay.launchSecret);
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
afterAll(async () => {
  await relay.close();
});

const until = <T>(check: () => T) => vi.waitFor(check, { timeout: 30_000, interval: 10 });
const isSaved = (session: DocumentSession) =>
  until(() => expect(session.saveState).toEqual({ kind: 'saved' }));
const titleAt = (session: { doc: Y.Doc }) => titleOf(session.doc).toJSON();
const append = (session: { doc: Y.Doc }, text: string) =>
  titleOf(session.doc).insert(titleOf(session.doc).length, text);

function openNote(
  person: TestPerson,
  note: NoteId,
  more: Parameters<TestPerson['open']>[1] = {},
): DocumentSession {
  const session = person.open(note, more);
  open.push(session);
  return session;
}

describe('two authors of a note', () => {
  test('see each other, type at once and end with the same text, on the relay too', async () => {
    const note = await owner.createNote();
    const guest = await TestPerson.join(await owner.invite(note, 'author'), 'Grace');
    const [a, b] = [openNote(owner, note), openNote(guest, note)];
    await Promise.all([isSaved(a), isSaved(b)]);
    await until(() => expect(a.people.map((person) => person.name)).toContain('Grace'));
    await until(() => expect(b.people).toHaveLength(2));
    for (let turn = 0; turn < 20; turn += 1) {
      append(a, 'a');
      append(b, 'b');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await until(() => expect([titleAt(a).length, titleAt(b)]).toEqual([40, titleAt(a)]));
    await Promise.all([isSaved(a), isSaved(b)]);
    await until(async () => expect((await owner.content(note)).title).toBe(titleAt(a)));
  });

  test('are named by the relay, whatever they say of themselves', async () => {
    const note = await owner.createNote();
    const guest = await TestPerson.join(await owner.invite(note, 'author'), 'Mallory');
    const [a, b] = [openNote(owner, note), openNote(guest, note)];
    await Promise.all([isSaved(a), isSaved(b)]);
    b.awareness.setLocalStateField('user', { ...a.people[0], name: 'Quelqu’un d’autre' });
    b.awareness.setLocalStateField('cursor', { anchor: null, head: null });
    await until(() =>
      expect(a.people.find((person) => !person.isSelf)).toMatchObject({ name: 'Mallory', isWriting: true }),
    );
  });

  test('are present again at once after the connection was lost', async () => {
    const note = await owner.createNote();
    const guest = await TestPerson.join(await owner.invite(note, 'author'), 'Grace');
    const [a, b] = [openNote(owner, note), openNote(guest, note)];
    await Promise.all([isSaved(a), isSaved(b)]);
    await until(() => expect(a.people).toHaveLength(2));
    b.noteNoNetwork();
    await until(() => expect(a.people).toHaveLength(1));
    await until(() => expect(a.people).toHaveLength(2));
  });
});

test('edits made offline by both merge when both are back, and opening a note stores nothing', async () => {
  const note = await owner.createNote();
  const guest = await TestPerson.join(await owner.invite(note, 'author'), 'Grace');
  const [a, b] = [openNote(owner, note), openNote(guest, note)];
  await Promise.all([isSaved(a), isSaved(b)]);
  append(a, '·');
  await until(() => expect(titleAt(b)).toBe('·'));
  await isSaved(a);
  const before = (await owner.content(note)).seq;
  await relay.kill();
  await until(() => expect([a.saveState.kind, b.saveState.kind]).toEqual(['offline', 'offline']));
  titleOf(a.doc).insert(0, 'avant');
  append(b, 'après');
  await until(() =>
    expect([a.saveState, b.saveState]).toMatchObject([{ pending: 'here' }, { pending: 'here' }]),
  );
  await relay.restart();
  await Promise.all([isSaved(a), isSaved(b)]);
  await until(() => expect([titleAt(a), titleAt(b)]).toEqual(['avant·après', 'avant·après']));
  const after = (await owner.content(note)).seq;
  expect(after - before).toBe(2);
  const third = openNote(owner, note);
  await isSaved(third);
  expect((await owner.content(note)).seq).toBe(after);
});

test('[R57] somebody whose other program is closed again and again waits for a turn, keeps every letter, and is not told that they wrote too much', async () => {
  const note = await owner.createNote();
  const guest = await TestPerson.join(await owner.invite(note, 'author'), 'Grace');
  const [a, b] = [openNote(owner, note), openNote(guest, note)];
  await Promise.all([isSaved(a), isSaved(b)]);
  const reasons = new Set<string>();
  a.subscribe(() => void (a.saveState.kind === 'offline' && reasons.add(a.saveState.reason)));
  let isOver = false;
  let closed = 0;
  const comeAgain = async (): Promise<void> => {
    while (!isOver) {
      const { ticket } = await owner.requestTicket({ document: note, wire: 'y-sync.1' });
      const client = rawClient(`${relay.origin.replace('http', 'ws')}/sync`, note, ticket, {
        wire: 'y-sync.1',
      });
      // No message begins so.
      client.send(Uint8Array.of(99));
      await client.closed;
      closed++;
    }
  };
  const others = Array.from({ length: 8 }, comeAgain);
  await until(() => expect(closed).toBeGreaterThan(110));
  a.noteNoNetwork();
  append(a, 'gardé');
  append(b, 'autre');
  await Promise.all([isSaved(a), isSaved(b)]);
  await until(() => expect(titleAt(a)).toBe(titleAt(b)));
  isOver = true;
  await Promise.all(others);
  expect(titleAt(a)).toContain('gardé');
  expect(reasons).toEqual(new Set(['no_network']));
});

test('whoever was signed in stays signed in when the relay is killed and starts again', async () => {
  const note = await owner.createNote('Persiste');
  await relay.restart();
  const session = openNote(owner, note);
  await isSaved(session);
  expect(titleAt(session)).toBe('Persiste');
});

test('every letter that was shown as « Enregistré » is there after the relay is killed while people type', async () => {
  const note = await owner.createNote();
  const guest = await TestPerson.join(await owner.invite(note, 'author'), 'Grace');
  for (let kill = 0; kill < 3; kill += 1) {
    const [a, b] = [openNote(owner, note), openNote(guest, note)];
    await Promise.all([isSaved(a), isSaved(b)]);
    const shown = { a: '', b: '' };
    const notice = () => {
      if (a.saveState.kind === 'saved') shown.a = bodyOf(a.doc).toJSON();
      if (b.saveState.kind === 'saved') shown.b = bodyOf(b.doc).toJSON();
    };
    a.subscribe(notice);
    b.subscribe(notice);
    const typing = setInterval(() => {
      typeLetter(a, 'a');
      typeLetter(b, 'b');
    }, 7);
    // In the middle of the typing, at another moment each time.
    await until(() => expect(shown.a.length).toBeGreaterThan(20 * (kill + 1)));
    await relay.kill();
    clearInterval(typing);
    const promised = [count(shown.a, 'a'), count(shown.b, 'b')] as const;
    await Promise.all([a.close(), b.close()]);
    await relay.restart();
    // Another browser, which has nothing of its own: only what the relay has.
    const reader = await TestPerson.launch(relay.origin, relay.launchSecret);
    const session = openNote(reader, note);
    await isSaved(session);
    const kept = bodyOf(session.doc).toJSON();
    expect(promised[0]).toBeGreaterThan(0);
    expect(count(kept, 'a')).toBeGreaterThanOrEqual(promised[0]);
    expect(count(kept, 'b')).toBeGreaterThanOrEqual(promised[1]);
  }
}, 60_000);

/** Letters typed by one author in the body, wherever. */
function count(body: string, letter: string): number {
  return body.replaceAll(/<[^>]*>/g, '').split(letter).length - 1;
}

function typeLetter(session: DocumentSession, letter: string): void {
  const body = bodyOf(session.doc);
  session.doc.transact(() => {
    let text = body.length > 0 ? (body.get(0) as Y.XmlElement).get(0) : undefined;
    if (!(text instanceof Y.XmlText)) {
      const paragraph = new Y.XmlElement('paragraph');
      text = new Y.XmlText();
      paragraph.insert(0, [text]);
      body.insert(0, [paragraph]);
    }
    (text as Y.XmlText).insert((text as Y.XmlText).length, letter);
  });
}

test('a stock y-websocket client, with one ticket, co-edits with ours', async () => {
  const note = await owner.createNote();
  const ours = openNote(owner, note);
  await isSaved(ours);
  const { ticket } = await owner.requestTicket({ document: note });
  const doc = new Y.Doc();
  const stock = new WebsocketProvider(`${relay.origin.replace('http', 'ws')}/sync`, note, doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    protocols: ['y-sync.1', `ticket.${ticket}`],
    disableBc: true,
  });
  open.push({ close: () => stock.destroy() });
  await until(() => expect(stock.synced).toBe(true));
  for (let turn = 0; turn < 10; turn += 1) {
    append(ours, 'o');
    append({ doc }, 's');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await until(() => expect([titleAt(ours).length, titleAt({ doc })]).toEqual([20, titleAt(ours)]));
  await isSaved(ours);
  stock.awareness.setLocalStateField('cursor', { anchor: null, head: null });
  await until(() => expect([...stock.awareness.getStates().keys()]).toContain(ours.doc.clientID));
});

describe('rights', () => {
  test('a reader sees each change and may open the note without being refused', async () => {
    const note = await owner.createNote();
    const guest = await TestPerson.join(await owner.invite(note, 'reader'), 'Lecteur');
    const [a, b] = [openNote(owner, note), openNote(guest, note)];
    await Promise.all([isSaved(a), isSaved(b)]);
    append(a, 'à lire');
    await until(() => expect(titleAt(b)).toBe('à lire'));
    expect([b.role, b.saveState.kind]).toEqual(['reader', 'saved']);
  });

  test('a reader who writes all the same keeps the words apart, and nobody else sees them', async () => {
    const note = await owner.createNote('commun');
    const guest = await TestPerson.join(await owner.invite(note, 'reader'), 'Lecteur');
    const onReplaced = vi.fn<(copy: unknown) => void>();
    const [a, b] = [openNote(owner, note), openNote(guest, note, { onReplaced })];
    await Promise.all([isSaved(a), isSaved(b)]);
    append(b, ' en douce');
    await until(() => expect(onReplaced).toHaveBeenCalledTimes(1));
    expect(await guest.store.listRecovered(note)).toMatchObject([
      { title: 'commun en douce', reason: 'read_only' },
    ]);
    append(a, '!');
    await isSaved(a);
    expect((await owner.content(note)).title).toBe('commun!');
  });

  test('whoever may not see a note learns nothing of it', async () => {
    const note = await owner.createNote('secret');
    const other = await owner.createNote();
    const guest = await TestPerson.join(await owner.invite(other, 'author'), 'Autre');
    const session = openNote(guest, note);
    await until(() => expect(session.problem).toBe('not_allowed'));
    expect([session.loaded, titleAt(session)]).toEqual([false, '']);
  });
});

test('an application with an older schema gets no ticket, and the relay still renders the note', async () => {
  const note = await owner.createNote('Trop neuve');
  const session = openNote(owner, note, { schemaVersion: 0 });
  await until(() => expect(session.problem).toBe('app_outdated'));
  expect([session.loaded, bodyOf(session.doc).length]).toEqual([false, 0]);
  expect((await owner.content(note)).title).toBe('Trop neuve');
});

import * as broadcast from 'lib0/broadcastchannel';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { bodyOf, titleOf } from '#shared/document/fields.ts';
import type { Ticket } from '#shared/api/tickets.ts';
import type { DocumentId, Epoch, PersonId } from '#shared/domain/ids.ts';
import { DocumentSession } from '../../../../renderer/collaboration/DocumentSession.ts';
import type {
  DocumentSessionOptions,
  SessionApi,
} from '../../../../renderer/collaboration/DocumentSessionOptions.ts';
import { MemoryOfflineStore } from '../../../../renderer/collaboration/MemoryOfflineStore.ts';
import { DamagedCopyError, type StoredDocument } from '../../../../renderer/collaboration/OfflineStore.ts';
import { SessionRegistry } from '../../../../renderer/collaboration/SessionRegistry.ts';
import { ScriptedRelay } from '../../../support/ScriptedRelay.ts';

const note = 'n'.repeat(22) as DocumentId;
const ada = { id: 'a'.repeat(22) as PersonId, name: 'Ada', colour: 'azur' } as const;

let relay: ScriptedRelay;
let store: MemoryOfflineStore;
const open: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  relay = await ScriptedRelay.start();
  store = new MemoryOfflineStore({ durable: true });
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await relay.close();
});

function options(): Omit<DocumentSessionOptions, 'documentId' | 'kind'> {
  return {
    api: { requestTicket: relay.requestTicket },
    origin: relay.origin,
    store,
    person: ada,
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    // The shortest wait before each new connection.
    random: () => 0,
  };
}

function openNote(more: Partial<DocumentSessionOptions> = {}): DocumentSession {
  const session = new DocumentSession({ ...options(), documentId: note, kind: 'note', ...more });
  open.push(session);
  return session;
}

const until = <T>(check: () => T) => vi.waitFor(check, { timeout: 30_000, interval: 10 });
const type = (session: { doc: Y.Doc }, text: string) =>
  titleOf(session.doc).insert(titleOf(session.doc).length, text);
const titleAt = (doc: Y.Doc) => titleOf(doc).toJSON();
const isSaved = (session: DocumentSession) =>
  until(() => expect(session.saveState).toEqual({ kind: 'saved' }));

describe('opening', () => {
  test('gives the whole document, and sends and stores nothing of its own', async () => {
    type(relay, 'déjà là');
    const session = openNote();
    expect(session.loaded).toBe(false);
    await session.whenLoaded;
    await isSaved(session);
    expect([titleAt(session.doc), session.role]).toEqual(['déjà là', 'author']);
    const before = Y.encodeStateVector(relay.doc);
    expect(Y.encodeStateVector(session.doc)).toEqual(before);
    await until(() => expect(relay.writes.map(({ update }) => [...update])).toEqual([[0, 0]]));
  });

  test('without the relay and without a copy on this device stays unopened, and never an empty note', async () => {
    relay.ticketError = new TypeError('fetch failed');
    const session = openNote();
    await until(() =>
      expect(session.saveState).toEqual({ kind: 'offline', reason: 'unreachable', pending: 'none' }),
    );
    expect(session.loaded).toBe(false);
  });

  test('waits for a long document on a slow line, and then for no more than a minute', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    const asked = async (count: number) => {
      while (relay.questions < count) await turn();
    };
    /** All that the relay said so far has arrived, its answer to the first ping too. */
    const heard = async (session: DocumentSession) => {
      relay.tellRole('reader');
      while (session.role !== 'reader') await turn();
    };
    try {
      relay.sendsState = false;
      const session = openNote();
      await asked(1);
      await heard(session);
      vi.advanceTimersByTime(50_000);
      await turn();
      expect([relay.connections, session.saveState.kind]).toEqual([1, 'opening']);
      relay.sendState();
      while (!session.loaded) await turn();
      expect(session.saveState).toEqual({ kind: 'saved' });
      relay.drop(4500);
      while (session.saveState.kind !== 'offline') await turn();
      vi.advanceTimersByTime(1_000);
      await asked(2);
      await heard(session);
      vi.advanceTimersByTime(62_000);
      await asked(3);
    } finally {
      vi.useRealTimers();
    }
  });

  test('does not wait a minute on a link that broke while it opened', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    try {
      relay.sendsState = false;
      relay.answersPings = false;
      const session = openNote();
      while (relay.questions < 1) await turn();
      vi.advanceTimersByTime(14_000);
      await turn();
      expect(session.saveState.kind).toBe('opening');
      vi.advanceTimersByTime(1_000);
      await turn();
      expect(session.saveState).toMatchObject({ kind: 'offline', reason: 'unreachable' });
    } finally {
      vi.useRealTimers();
    }
  });

  test('does not wait for good for a ticket that does not come', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    try {
      let answer: ((ticket: Ticket) => void) | null = null;
      const requestTicket = vi.fn<SessionApi['requestTicket']>(
        () =>
          new Promise((resolve) => {
            answer = resolve;
          }),
      );
      const session = openNote({ api: { requestTicket } });
      while (answer === null) await turn();
      vi.advanceTimersByTime(14_000);
      expect(session.saveState.kind).toBe('opening');
      vi.advanceTimersByTime(1_000);
      expect(session.saveState).toMatchObject({ kind: 'offline', reason: 'unreachable' });
      const late: (ticket: Ticket) => void = answer;
      vi.advanceTimersByTime(1_000);
      while (requestTicket.mock.calls.length < 2) await turn();
      late(await relay.requestTicket({ document: note, wire: 'calepin.1', device: store.deviceId }));
      await turn();
      expect(relay.connections).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('without the relay works from the copy on this device', async () => {
    type(relay, 'gardé');
    const first = openNote();
    await isSaved(first);
    await first.close();
    relay.ticketError = new TypeError('fetch failed');
    const second = openNote();
    await second.whenLoaded;
    expect(titleAt(second.doc)).toBe('gardé');
    expect(second.doc.clientID).not.toBe(first.doc.clientID);
  });

  test('asks for a new ticket, with its schema, device and epoch, before each connection', async () => {
    const session = openNote();
    await isSaved(session);
    relay.drop(4500);
    await until(() => expect(relay.connections).toBe(2));
    await isSaved(session);
    expect(relay.ticketRequests).toEqual([
      { document: note, wire: 'calepin.1', schema: 1, device: store.deviceId },
      { document: note, wire: 'calepin.1', schema: 1, device: store.deviceId, epoch: relay.epoch },
    ]);
  });
});

describe('saving', () => {
  test('[R285] at a relay that keeps a copy, « Enregistré » waits for the home, also for what waits there from another day', async () => {
    relay.isCopy = true;
    const session = openNote();
    await until(() => expect(session.saveState).toEqual({ kind: 'waiting' }));
    relay.tellUpstream(1);
    await isSaved(session);
    type(session, 'a');
    await until(() => expect(session.saveState).toEqual({ kind: 'waiting' }));
    relay.tellUpstream(2);
    await isSaved(session);
    relay.drop(4500);
    await until(() => expect(relay.connections).toBe(2));
    await until(() => expect(session.saveState).toEqual({ kind: 'waiting' }));
  });

  test('« Enregistré » waits for the acknowledgement, « sur cet appareil » for the store', async () => {
    const session = openNote();
    await isSaved(session);
    relay.acknowledges = false;
    type(session, 'a');
    expect(session.saveState).toEqual({ kind: 'editing' });
    await until(() => expect(session.saveState).toEqual({ kind: 'savedHere' }));
    await until(() => expect(relay.writes.length).toBe(2));
    expect(session.saveState).toEqual({ kind: 'savedHere' });
    relay.acknowledge();
    await isSaved(session);
    expect(titleAt(relay.doc)).toBe('a');
  });

  test('a store that keeps nothing never lets « sur cet appareil » be said', async () => {
    store = new MemoryOfflineStore();
    const session = openNote();
    await isSaved(session);
    relay.acknowledges = false;
    const seen = new Set<string>();
    session.subscribe(() => seen.add(session.saveState.kind));
    type(session, 'a');
    await until(() => expect(relay.writes.length).toBe(2));
    await session.flush();
    relay.acknowledge();
    await isSaved(session);
    expect([...seen]).toEqual(['editing', 'saved']);
    expect(session.getSnapshot().keepsLocally).toBe(false);
  });

  test('letters typed together leave as one frame', async () => {
    const session = openNote();
    await isSaved(session);
    for (const letter of 'bonjour') type(session, letter);
    await until(() => expect(titleAt(relay.doc)).toBe('bonjour'));
    expect(relay.writes.length).toBe(2);
  });

  test('no letter waits a quarter of a second to be sent and stored, however long somebody goes on typing', async () => {
    const session = openNote();
    await isSaved(session);
    await session.flush();
    const appended = vi.spyOn(store, 'append');
    const sent = vi.spyOn(WebSocket.prototype, 'send');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      type(session, 'b');
      for (let passedMs = 0; passedMs < 240; passedMs += 20) {
        await vi.advanceTimersByTimeAsync(20);
        type(session, '.');
      }
      expect([appended.mock.calls.length > 0, sent.mock.calls.length > 0]).toEqual([true, true]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('closing waits for the local commit', async () => {
    relay.ticketError = new TypeError('fetch failed');
    await store.append(note, [], { epoch: relay.epoch, seq: 1, complete: true });
    const session = openNote();
    await session.whenLoaded;
    type(session, 'au dernier moment');
    await session.close();
    const again = openNote();
    await again.whenLoaded;
    expect(titleAt(again.doc)).toBe('au dernier moment');
    expect(again.saveState).toEqual({ kind: 'savedHere' });
    await until(() =>
      expect(again.saveState).toEqual({ kind: 'offline', reason: 'unreachable', pending: 'here' }),
    );
  });

  test.each([
    ['that begins with it', false],
    ['that is under way', true],
  ])('closing waits for a local commit %s, however long the disk takes', async (_, isUnderWay) => {
    const session = openNote();
    await isSaved(session);
    await session.flush();
    const disk = Promise.withResolvers<void>();
    const append = store.append.bind(store);
    const appended = vi.spyOn(store, 'append').mockImplementation(async (...args) => {
      await disk.promise;
      return append(...args);
    });
    type(session, 'lentement');
    await vi.waitUntil(() => !isUnderWay || appended.mock.calls.length > 0);
    let isClosed = false;
    const closing = session.close().then(() => (isClosed = true));
    await until(() => expect(appended).toHaveBeenCalled());
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isClosed).toBe(false);
    disk.resolve();
    await closing;
    const copy = new Y.Doc();
    for (const row of (await store.load(note))?.updates ?? []) Y.applyUpdate(copy, row.update);
    expect(titleAt(copy)).toBe('lentement');
  });

  /** An append that the disk holds up. */
  function holdAppends() {
    const disk = Promise.withResolvers<void>();
    const append = store.append.bind(store);
    const held = vi.spyOn(store, 'append').mockImplementation(async (...args) => {
      await disk.promise;
      return append(...args);
    });
    return { held, release: disk.resolve };
  }
  const keptHere = async () => {
    const doc = new Y.Doc();
    for (const row of (await store.load(note))?.updates ?? []) Y.applyUpdate(doc, row.update);
    return titleAt(doc);
  };

  test('a window that goes hands this device its last words before it is gone, whatever the disk is doing', async () => {
    const session = openNote();
    await isSaved(session);
    await session.flush();
    relay.acknowledges = false;
    const { held, release } = holdAppends();
    type(session, 'au dernier ');
    await until(() => expect(held).toHaveBeenCalledOnce());
    type(session, 'mot');
    const left = session.leave();
    // Nothing was waited for.
    expect(await keptHere()).toBe('au dernier mot');
    // The window stays after all.
    release();
    await left;
    expect(session.saveState).toEqual({ kind: 'savedHere' });
    await until(() => expect(relay.writes).toHaveLength(3));
    relay.acknowledge();
    await isSaved(session);
    await session.close();
    relay.acknowledges = true;
    const again = openNote();
    await isSaved(again);
    await again.close();
    expect((await store.load(note))?.updates.filter((row) => !row.acknowledged)).toEqual([]);
    expect([titleAt(relay.doc), await keptHere()]).toEqual(['au dernier mot', 'au dernier mot']);
  });

  test('a window that goes while a note is being left hands over its last words too', async () => {
    relay.ticketError = new TypeError('fetch failed');
    await store.append(note, [], { epoch: relay.epoch, seq: 1, complete: true });
    const registry = new SessionRegistry(options());
    open.push(registry);
    const letGo = registry.hold(note, 'note', () => {});
    const session = registry.get(note, 'note');
    await session.whenLoaded;
    const { held, release } = holdAppends();
    type(session, 'en partant');
    letGo();
    // It closes after a moment: the local commit of that is held up too.
    await until(() => expect(registry.get(note, 'note')).not.toBe(session));
    expect(held).toHaveBeenCalled();
    const left = registry.leave();
    expect(await keptHere()).toBe('en partant');
    release();
    await left;
  });

  test('a window that goes has nothing to hand over when this device or the relay has it all', async () => {
    const session = openNote();
    await isSaved(session);
    const handedOver = vi.spyOn(store, 'keepLastWords');
    type(session, 'a');
    await session.flush();
    await isSaved(session);
    type(relay, 'b');
    await until(() => expect(titleAt(session.doc)).toBe('ab'));
    await session.leave();
    expect(handedOver).not.toHaveBeenCalled();
    expect(await keptHere()).toBe('ab');
  });

  test('closing sends what the burst of the moment holds', async () => {
    const session = openNote();
    await isSaved(session);
    type(session, 'au revoir');
    await session.close();
    await until(() => expect(titleAt(relay.doc)).toBe('au revoir'));
  });

  test('what was written without the relay is sent when it is back, and then is no outbox any more', async () => {
    const session = openNote();
    await isSaved(session);
    relay.ticketError = new TypeError('fetch failed');
    relay.drop(1012);
    await until(() => expect(session.saveState).toMatchObject({ kind: 'offline' }));
    type(session, 'hors ligne');
    type(relay, 'ailleurs ');
    await until(() => expect(session.saveState).toMatchObject({ kind: 'offline', pending: 'here' }));
    relay.ticketError = null;
    session.retryNow();
    await isSaved(session);
    expect(titleAt(session.doc)).toBe(titleAt(relay.doc));
    expect(['hors ligneailleurs ', 'ailleurs hors ligne']).toContain(titleAt(relay.doc));
    await session.flush();
    expect((await store.load(note))?.updates.filter((row) => !row.acknowledged)).toEqual([]);
  });

  test('an unanswered ping, or an update unacknowledged for five seconds, is a lost link', async () => {
    const session = openNote();
    await isSaved(session);
    relay.acknowledges = false;
    relay.ticketError = new TypeError('fetch failed');
    type(session, 'a');
    const started = Date.now();
    await vi.waitFor(() => expect(session.saveState).toMatchObject({ kind: 'offline', pending: 'here' }), {
      timeout: 30_000,
    });
    expect(Date.now() - started).toBeGreaterThan(4_500);
    expect(session.saveState).toMatchObject({
      reason: expect.stringMatching(/link_lost|unreachable/) as string,
    });
  });
});

describe('a refused change', () => {
  test('stays readable in a recovered copy, and the document goes on without it', async () => {
    const registry = new SessionRegistry(options());
    open.push(registry);
    const onReplaced = vi.fn<() => void>();
    const letGo = registry.hold(note, 'note', onReplaced);
    const first = registry.get(note, 'note');
    type(relay, 'commun');
    await isSaved(first);
    onReplaced.mockClear();
    relay.acknowledges = false;
    type(first, ' refusé');
    await until(() => expect(relay.writes.length).toBe(2));
    relay.refuse(4422);
    await until(() => expect(onReplaced).toHaveBeenCalledTimes(1));
    relay.acknowledges = true;
    const second = registry.get(note, 'note');
    expect(second).not.toBe(first);
    expect(first.saveState.kind).toBe('offline');
    await isSaved(second);
    expect([titleAt(second.doc), titleAt(relay.doc)]).toEqual(['commun', 'commun']);
    expect(await store.listRecovered(note)).toMatchObject([
      { title: 'commun refusé', reason: 'invalid_content' },
    ]);
    letGo();
  });

  test('takes along what was typed a moment before: none of it is sent afterwards', async () => {
    const registry = new SessionRegistry(options());
    open.push(registry);
    const onReplaced = vi.fn<() => void>();
    registry.hold(note, 'note', onReplaced);
    const first = registry.get(note, 'note');
    await isSaved(first);
    onReplaced.mockClear();
    relay.acknowledges = false;
    type(first, 'refusé');
    await until(() => expect(relay.writes.length).toBe(2));
    // Within the burst: not on this device yet.
    type(first, ' aussi');
    relay.refuse(4422);
    await until(() => expect(onReplaced).toHaveBeenCalledTimes(1));
    relay.acknowledges = true;
    await isSaved(registry.get(note, 'note'));
    expect(await store.listRecovered(note)).toMatchObject([{ title: 'refusé aussi' }]);
    await first.close();
    expect((await store.load(note))?.updates.filter((row) => !row.acknowledged)).toEqual([]);
  });

  test('stops everything that would have followed it', async () => {
    const session = openNote();
    await isSaved(session);
    relay.acknowledges = false;
    type(session, 'a');
    await until(() => expect(relay.writes.length).toBe(2));
    relay.refuse(4403);
    await until(() => expect(session.saveState.kind).toBe('offline'));
    type(session, 'b');
    await session.flush();
    expect([relay.writes.length, session.saveState.kind]).toEqual([2, 'offline']);
  });
});

describe('another life of the document', () => {
  test('is never merged with: unsent words become a recovered copy', async () => {
    const session = openNote();
    await isSaved(session);
    relay.ticketError = new TypeError('fetch failed');
    relay.drop(1012);
    await until(() => expect(session.saveState.kind).toBe('offline'));
    type(session, 'non envoyé');
    await session.close();
    relay.ticketError = null;
    relay.epoch = 'f'.repeat(22) as Epoch;
    const registry = new SessionRegistry(options());
    open.push(registry);
    registry.hold(note, 'note', () => {});
    await until(async () => expect(await store.listRecovered(note)).toHaveLength(1));
    await until(() => expect(registry.get(note, 'note').saveState).toEqual({ kind: 'saved' }));
    expect([titleAt(relay.doc), titleAt(registry.get(note, 'note').doc)]).toEqual(['', '']);
    expect(await store.listRecovered(note)).toMatchObject([{ title: 'non envoyé', reason: 'epoch_changed' }]);
    expect((await store.load(note))?.head.epoch).toBe(relay.epoch);
  });

  test('never meets last words of the one before: they become a recovered copy', async () => {
    const words: Uint8Array[] = [];
    const before = new Y.Doc();
    before.on('update', (update) => words.push(update));
    type({ doc: before }, 'non envoyé');
    await store.append(note, [], { epoch: relay.epoch, seq: 0, complete: true });
    await store.keepLastWords(
      note,
      words.map((update) => ({ update, acknowledged: false })),
      'f'.repeat(22) as Epoch,
    );
    const registry = new SessionRegistry(options());
    open.push(registry);
    registry.hold(note, 'note', () => {});
    await until(async () =>
      expect(await store.listRecovered(note)).toMatchObject([
        { title: 'non envoyé', reason: 'epoch_changed' },
      ]),
    );
    await until(() => expect(registry.get(note, 'note').saveState).toEqual({ kind: 'saved' }));
    expect([titleAt(relay.doc), titleAt(registry.get(note, 'note').doc)]).toEqual(['', '']);
  });

  test('announced while it is open, takes unsent words apart and sends none of them', async () => {
    const onReplaced = vi.fn<(copy: unknown) => void>();
    const session = openNote({ onReplaced });
    await isSaved(session);
    relay.acknowledges = false;
    type(session, 'non envoyé');
    relay.drop(4409);
    await until(() => expect(onReplaced).toHaveBeenCalledTimes(1));
    expect(await store.listRecovered(note)).toMatchObject([{ title: 'non envoyé', reason: 'epoch_changed' }]);
    expect([await store.load(note), titleAt(relay.doc), relay.connections]).toEqual([null, '', 1]);
  });

  test('leaves no recovered copy where nothing was unsent', async () => {
    const first = openNote();
    await isSaved(first);
    await first.close();
    relay.epoch = 'f'.repeat(22) as Epoch;
    const onReplaced = vi.fn<(copy: unknown) => void>();
    openNote({ onReplaced });
    await until(() => expect(onReplaced.mock.calls).toEqual([[null]]));
    expect(await store.listRecovered()).toEqual([]);
  });
});

describe('a copy on this device of which bytes have changed', () => {
  /** A store that finds one of its rows damaged. */
  class DamagedStore extends MemoryOfflineStore {
    override async load(document: DocumentId): Promise<StoredDocument | null> {
      const stored = await super.load(document);
      const [bad] = stored?.updates ?? [];
      if (stored === null || bad === undefined || bad.update.length > 2) return stored;
      throw new DamagedCopyError(stored.updates.slice(1), [bad]);
    }
  }
  const update = (text: string): Uint8Array => {
    const doc = new Y.Doc();
    type({ doc }, text);
    return Y.encodeStateAsUpdate(doc);
  };
  const damaged = (acknowledged: boolean) => ({ update: Uint8Array.of(0, 1), acknowledged });
  beforeEach(() => {
    store = new DamagedStore({ durable: true });
    type(relay, 'sain');
  });

  test('is fetched again from the relay', async () => {
    const rows = [damaged(true), { update: update('lisible'), acknowledged: true }];
    await store.append(note, rows, { epoch: relay.epoch, seq: 3, complete: true });
    const session = openNote();
    await isSaved(session);
    expect([titleAt(session.doc), session.problem]).toEqual(['sain', null]);
    expect(await store.listRecovered()).toEqual([]);
    await session.close();
    expect((await store.load(note))?.updates).toHaveLength(1);
  });

  test('leaves what was unsent in a recovered copy, with the bytes that nobody can read', async () => {
    const rows = [damaged(false), { update: update('lisible'), acknowledged: false }];
    await store.append(note, rows, { epoch: relay.epoch, seq: 3, complete: true });
    const onRecovered = vi.fn<(copy: unknown) => void>();
    const session = openNote({ onRecovered });
    await isSaved(session);
    expect([titleAt(session.doc), titleAt(relay.doc)]).toEqual(['sain', 'sain']);
    expect(await store.listRecovered(note)).toMatchObject([
      { title: 'lisible', reason: 'local_copy_damaged', damaged: [Uint8Array.of(0, 1)] },
    ]);
    expect(onRecovered).toHaveBeenCalledTimes(1);
  });
});

describe('the end of a connection', () => {
  test.each([
    [4401, 'not_signed_in'],
    [4403, 'not_allowed'],
    [4426, 'app_outdated'],
  ])('after %i says %s and does not come back', async (code, problem) => {
    const session = openNote();
    await isSaved(session);
    relay.drop(code);
    await until(() => expect(session.problem).toBe(problem));
    expect([session.saveState, relay.connections]).toEqual([
      { kind: 'offline', reason: 'ended', pending: 'none' },
      1,
    ]);
  });

  test('a taken client id gives a new document', async () => {
    const onReplaced = vi.fn<(copy: unknown) => void>();
    const session = openNote({ onReplaced });
    await isSaved(session);
    relay.drop(4410);
    await until(() => expect(onReplaced.mock.calls).toEqual([[null]]));
  });

  test('loss of the right to read takes the copy off this device, and keeps unsent words for their author', async () => {
    const session = openNote();
    await isSaved(session);
    relay.acknowledges = false;
    type(session, 'à moi');
    await until(() => expect(relay.writes.length).toBe(2));
    relay.drop(4403);
    await until(() => expect(session.problem).toBe('not_allowed'));
    await until(async () => expect(await store.load(note)).toBeNull());
    expect(await store.listRecovered(note)).toMatchObject([{ title: 'à moi' }]);
  });

  test('a changed role is told', async () => {
    const session = openNote();
    await isSaved(session);
    relay.tellRole('reader');
    await until(() => expect(session.role).toBe('reader'));
  });
});

test('content that this application does not know ends the editor and says why', async () => {
  const session = openNote();
  await isSaved(session);
  const destroyed = vi.fn<() => void>();
  expect(session.attachEditor(destroyed)).not.toBeNull();
  bodyOf(relay.doc).insert(0, [new Y.XmlElement('futureBlock')]);
  await until(() => expect(session.problem).toBe('app_outdated'));
  expect(destroyed).toHaveBeenCalledTimes(1);
  expect(session.attachEditor(() => {})).toBeNull();
});

describe('content that this application does not know', () => {
  const unknown = (doc: Y.Doc) => bodyOf(doc).insert(0, [new Y.XmlElement('futureBlock')]);
  const takeAway = (doc: Y.Doc) => bodyOf(doc).delete(0, 1);
  const mayAttach = (session: DocumentSession) => {
    const leave = session.attachEditor(() => {});
    leave?.();
    return leave !== null;
  };

  /** Everything that a page is told of it, in order. */
  function watch(session: DocumentSession): [string | null, boolean][] {
    const told: [string | null, boolean][] = [];
    const look = () => {
      const { problem, mayBind, loaded } = session.getSnapshot();
      if (loaded && JSON.stringify(told.at(-1)) !== JSON.stringify([problem, mayBind]))
        told.push([problem, mayBind]);
    };
    session.subscribe(look);
    return told;
  }

  /** This device has a copy that holds it, whole up to a row of the relay's log. */
  async function keepCopy(): Promise<void> {
    unknown(relay.doc);
    const first = openNote();
    await until(() => expect(first.problem).toBe('app_outdated'));
    await first.close();
    expect(await store.load(note)).toMatchObject({ head: { complete: true } });
  }

  test('in the copy on this device alone, is gone with the relay’s answer: nobody is told to update', async () => {
    await keepCopy();
    takeAway(relay.doc);
    relay.sendsState = false;
    const session = openNote();
    const told = watch(session);
    await until(() => expect(relay.questions).toBe(2));
    expect([session.loaded, session.problem, mayAttach(session)]).toEqual([true, null, false]);
    relay.sendState();
    await isSaved(session);
    expect([mayAttach(session), told]).toEqual([
      true,
      [
        [null, false],
        [null, true],
      ],
    ]);
    await session.close();
    relay.sendsState = true;
    const again = openNote();
    const toldAgain = watch(again);
    await isSaved(again);
    expect(toldAgain).toEqual([[null, true]]);
  });

  test('that the relay has too, is said once the relay answered', async () => {
    await keepCopy();
    const session = openNote();
    const told = watch(session);
    await until(() => expect(session.problem).toBe('app_outdated'));
    expect([mayAttach(session), told]).toEqual([
      false,
      [
        [null, false],
        ['app_outdated', false],
      ],
    ]);
  });

  test('offline is said of the copy alone, binds no editor, and is over with the relay’s answer', async () => {
    await keepCopy();
    takeAway(relay.doc);
    relay.ticketError = new TypeError('fetch failed');
    const session = openNote();
    const told = watch(session);
    await until(() => expect(session.problem).toBe('unknown_content'));
    expect([session.loaded, mayAttach(session)]).toEqual([true, false]);
    relay.ticketError = null;
    session.retryNow();
    await isSaved(session);
    expect([mayAttach(session), told]).toEqual([
      true,
      [
        [null, false],
        ['unknown_content', false],
        [null, true],
      ],
    ]);
  });

  test('that comes live ends the editor, and is over when somebody took it away', async () => {
    const session = openNote();
    await isSaved(session);
    const destroyed = vi.fn<() => void>();
    session.attachEditor(destroyed);
    const told = watch(session);
    unknown(relay.doc);
    await until(() => expect(session.problem).toBe('app_outdated'));
    expect([destroyed.mock.calls.length, mayAttach(session)]).toEqual([1, false]);
    takeAway(relay.doc);
    await until(() => expect(session.problem).toBeNull());
    expect([mayAttach(session), told]).toEqual([
      true,
      [
        ['app_outdated', false],
        [null, true],
      ],
    ]);
  });

  test('that came live and went while the link was down, is over when the link is back', async () => {
    const session = openNote();
    await isSaved(session);
    unknown(relay.doc);
    await until(() => expect(session.problem).toBe('app_outdated'));
    relay.ticketError = new TypeError('fetch failed');
    relay.drop();
    await until(() => expect(session.saveState.kind).toBe('offline'));
    // The relay’s last word stands.
    expect([session.problem, mayAttach(session)]).toEqual(['app_outdated', false]);
    takeAway(relay.doc);
    relay.ticketError = null;
    session.retryNow();
    await isSaved(session);
    expect([session.problem, mayAttach(session)]).toEqual([null, true]);
  });

  test('does not hide what ended the connection', async () => {
    await keepCopy();
    relay.ticketError = Object.assign(new Error('no'), { code: 'not_signed_in' });
    const session = openNote();
    await until(() => expect(session.problem).toBe('not_signed_in'));
    expect(mayAttach(session)).toBe(false);
  });
});

test('nothing is said to other windows except through the relay', async () => {
  const heard = vi.fn<(data: unknown) => void>();
  const channel = `${relay.origin.replace('http', 'ws')}/sync/${note}`;
  broadcast.subscribe(channel, heard);
  try {
    const first = openNote();
    await isSaved(first);
    type(first, 'par le relais');
    first.awareness.setLocalStateField('cursor', null);
    await isSaved(first);
    await first.close();
    expect(heard).not.toHaveBeenCalled();
  } finally {
    broadcast.unsubscribe(channel, heard);
  }
});

test('components of one document share one session, which outlives a moment without any', async () => {
  const registry = new SessionRegistry(options());
  open.push(registry);
  const first = registry.get(note, 'note');
  const letGo = registry.hold(note, 'note', () => {});
  const alsoLetGo = registry.hold(note, 'note', () => {});
  letGo();
  letGo();
  alsoLetGo();
  const back = registry.hold(note, 'note', () => {});
  expect(registry.get(note, 'note')).toBe(first);
  await isSaved(first);
  back();
  await until(() => expect(registry.get(note, 'note')).not.toBe(first));
});

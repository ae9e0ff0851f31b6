import { expect, test, vi } from 'vitest';
import type { MessageLine, ThreadLine } from '#shared/api/threads.ts';
import { idFromBytes, type MessageId, type NoteId, type ThreadId } from '#shared/domain/ids.ts';
import { ApiError, UnreachableError } from '../../../../../renderer/api/ApiError.ts';
import { MemoryOutboxStore } from '../../../../../renderer/features/outbox/MemoryOutboxStore.ts';
import type { ThreadBeginning } from '../../../../../renderer/features/outbox/WaitingWords.ts';
import { Outbox, type OutboxApi } from '../../../../../renderer/features/outbox/Outbox.ts';

const id = <T extends string>(n: number): T => idFromBytes<T>(new Uint8Array(16).fill(n));
const note = id<NoteId>(1);
const thread = id<ThreadId>(2);

/** A relay of one thread: each id is said once, as the real one does. */
class Relay {
  readonly said: { id: MessageId; text: string; deletedAt: number | null }[] = [];
  readonly heard: string[] = [];
  /** Fails the next calls: before they arrive, or on the way back. */
  failure: { error: Error; arrives: boolean } | null = null;

  readonly api: OutboxApi = {
    start: (_note, { message }) =>
      this.#call(`start ${message.text}`, () => this.#say(message as { id: MessageId; text: string })),
    reply: (_note, _thread, message) =>
      this.#call(`reply ${message.text}`, () => this.#say(message as { id: MessageId; text: string })),
    edit: (_note, _thread, message, { text }) =>
      this.#call(`edit ${text}`, () => {
        const one = this.said.find((known) => known.id === message);
        if (one === undefined) throw new ApiError('not_allowed', 403);
        one.text = text;
      }),
    retract: async (_note, _thread, message) => {
      await this.#call('retract', () => {
        const one = this.said.find((known) => known.id === message);
        if (one === undefined) throw new ApiError('not_allowed', 403);
        one.deletedAt = 1;
      });
    },
  };

  get texts(): string[] {
    return this.said.filter((one) => one.deletedAt === null).map((one) => one.text);
  }

  #say({ id: message, text }: { id: MessageId; text: string }): void {
    if (!this.said.some((one) => one.id === message)) this.said.push({ id: message, text, deletedAt: null });
  }

  async #call(what: string, act: () => void): Promise<ThreadLine> {
    this.heard.push(what);
    const { failure } = this;
    if (failure !== null && !failure.arrives) throw failure.error;
    act();
    if (failure !== null) throw failure.error;
    const messages = this.said.map((one) => ({ ...one, mentions: [] }) as unknown as MessageLine);
    return { id: thread, messages } as ThreadLine;
  }
}

const lost = new UnreachableError(null);

function newOutbox(relay: Relay, store = new MemoryOutboxStore()) {
  const waits: (() => void)[] = [];
  const outbox = new Outbox({
    store,
    api: relay.api,
    onSaid: () => {},
    now: () => 5,
    delay: () => 1,
    later: (_milliseconds, run) => {
      waits.push(run);
      return () => {};
    },
  });
  const say = (n: number, text: string, begins: ThreadBeginning | null = null) =>
    outbox.say({ id: id(n), note, thread, begins, text, people: [] });
  const texts = () => outbox.state.words.filter((one) => !one.takenBack).map((one) => one.text);
  const settled = (isOffline: boolean) =>
    vi.waitFor(() => expect(outbox.state).toMatchObject({ isOffline, ...(isOffline ? {} : { words: [] }) }));
  return { outbox, say, texts, waits, settled, store };
}

test('[R348] a message is sent with the time at which it was written, however often and whenever that is', async () => {
  const relay = new Relay();
  const times: unknown[] = [];
  const { start, reply } = relay.api;
  Object.assign(relay.api, {
    start: (...given: Parameters<typeof start>) => {
      times.push(given[1].message.writtenAt);
      return start(...given);
    },
    reply: (...given: Parameters<typeof reply>) => {
      times.push(given[2].writtenAt);
      return reply(...given);
    },
  });
  const { outbox, say, waits } = newOutbox(relay);
  relay.failure = { error: lost, arrives: false };
  await say(10, 'Un', { anchor: null, announce: false });
  await vi.waitFor(() => expect(waits).toHaveLength(1));
  relay.failure = null;
  outbox.flush();
  await vi.waitFor(() => expect(outbox.state.words).toEqual([]));
  await say(11, 'Deux');
  await vi.waitFor(() => expect(outbox.state.words).toEqual([]));
  expect(times).toEqual([5, 5, 5]);
});

test('what is said leaves at once, in order', async () => {
  const relay = new Relay();
  const { say, settled } = newOutbox(relay);
  await say(10, 'Un', { anchor: null, announce: false });
  await say(11, 'Deux');
  await settled(false);
  expect(relay.heard).toEqual(['start Un', 'reply Deux']);
});

test('without network it stays, is there after a reload, and leaves once, in order', async () => {
  const relay = new Relay();
  relay.failure = { error: lost, arrives: false };
  const before = newOutbox(relay);
  await before.say(10, 'Un', { anchor: null, announce: false });
  await before.settled(true);
  await before.say(11, 'Deux');
  expect(before.texts()).toEqual(['Un', 'Deux']);
  before.outbox.close();
  relay.failure = null;
  const { outbox, settled } = newOutbox(relay, before.store);
  outbox.flush();
  await vi.waitFor(() => expect(relay.texts).toEqual(['Un', 'Deux']));
  await settled(false);
  expect(await before.store.list()).toEqual([]);
});

test('it tries again by itself', async () => {
  const relay = new Relay();
  relay.failure = { error: lost, arrives: false };
  const { say, waits, settled } = newOutbox(relay);
  await say(10, 'Un');
  await vi.waitFor(() => expect(waits).toHaveLength(1));
  relay.failure = null;
  waits[0]!();
  await settled(false);
  expect(relay.texts).toEqual(['Un']);
});

test('what is said anew before it has left leaves in its new words; what is taken back never leaves', async () => {
  const relay = new Relay();
  // Kept, not sent: the window is closed meanwhile.
  const { outbox, say, store } = newOutbox(relay);
  outbox.close();
  await say(10, 'Un');
  await say(11, 'Deux');
  const again = newOutbox(relay, store);
  await again.outbox.change(id(10), 'Premier', []);
  await again.outbox.takeBack(id(11));
  await again.settled(false);
  expect(relay.heard.filter((one) => one.includes('Deux'))).toEqual([]);
  expect(relay.texts).toEqual(['Premier']);
});

test('where the answer was lost, it is said once, and said anew or taken back where it arrived', async () => {
  const relay = new Relay();
  relay.failure = { error: lost, arrives: true };
  const { outbox, say, settled } = newOutbox(relay);
  await say(10, 'Un');
  await settled(true);
  await say(11, 'Deux');
  await settled(true);
  await outbox.change(id(10), 'Premier', []);
  relay.failure = null;
  outbox.flush();
  await settled(false);
  expect(relay.texts).toEqual(['Premier', 'Deux']);

  relay.failure = { error: lost, arrives: true };
  await say(12, 'Trois');
  await settled(true);
  await outbox.takeBack(id(12));
  relay.failure = null;
  outbox.flush();
  await settled(false);
  expect([relay.said.length, relay.texts]).toEqual([3, ['Premier', 'Deux']]);
});

test('what is taken back and never arrived is gone', async () => {
  const relay = new Relay();
  relay.failure = { error: lost, arrives: false };
  const { outbox, say, settled } = newOutbox(relay);
  await say(10, 'Un');
  await settled(true);
  await outbox.takeBack(id(10));
  relay.failure = null;
  outbox.flush();
  await settled(false);
  expect(relay.said).toEqual([]);
});

test('what is refused stays with its reason, keeps nothing else waiting, and may be tried again', async () => {
  const relay = new Relay();
  relay.failure = { error: new ApiError('not_allowed', 403), arrives: false };
  const { outbox, say, settled } = newOutbox(relay);
  await say(10, 'Un');
  await vi.waitFor(() => expect(outbox.state.words[0]?.refusal).toBe('not_allowed'));
  relay.failure = null;
  await say(11, 'Deux');
  await vi.waitFor(() => expect(relay.texts).toEqual(['Deux']));
  expect(outbox.state.words.map((one) => one.text)).toEqual(['Un']);
  await outbox.change(id(10), 'Un', []);
  await settled(false);
  expect(relay.texts).toEqual(['Deux', 'Un']);
});

test('too much haste, a relay that is not well, or being signed out, is no refusal', async () => {
  for (const error of [
    new ApiError('too_many_requests', 429),
    new ApiError('internal', 500),
    new ApiError('not_signed_in', 401),
  ]) {
    const relay = new Relay();
    relay.failure = { error, arrives: false };
    const { outbox, say, waits, settled } = newOutbox(relay);
    await say(10, 'Un');
    await vi.waitFor(() => expect(waits).toHaveLength(1));
    expect(outbox.state).toMatchObject({ isOffline: false, words: [{ refusal: null }] });
    relay.failure = null;
    waits[0]!();
    await settled(false);
    expect(relay.texts).toEqual(['Un']);
  }
});

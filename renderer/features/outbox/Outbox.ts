import type { ThreadLine } from '#shared/api/threads.ts';
import type { MessageId } from '#shared/domain/ids.ts';
import type { Person } from '#shared/domain/Person.ts';
import { ApiError, failureCode } from '../../api/index.ts';
import type { threadsApi } from './threadsApi.ts';
import type { OutboxStore, WaitingWords } from './WaitingWords.ts';

/** What of the relay the outbox asks. */
export type OutboxApi = Pick<typeof threadsApi, 'start' | 'reply' | 'edit' | 'retract'>;

export interface OutboxOptions {
  readonly store: OutboxStore;
  readonly api: OutboxApi;
  /** Told of each thread in which a message arrived. */
  readonly onSaid: (words: WaitingWords, thread: ThreadLine) => void;
  readonly now?: () => number;
  /** How long to wait after so many failures, in milliseconds. */
  readonly delay: (failures: number) => number;
  /** Runs after so many milliseconds. @returns what prevents it. Default: a timer. */
  readonly later?: (milliseconds: number, run: () => void) => () => void;
  /** Runs while no other window does. Default: at once; messages have ids, so that even then each is said once. */
  readonly alone?: (work: () => Promise<void>) => Promise<void>;
}

/** What a list of messages that wait looks like. */
export interface OutboxState {
  readonly words: readonly WaitingWords[];
  /** The last attempt found no relay. */
  readonly isOffline: boolean;
}

const byTimer = (milliseconds: number, run: () => void): (() => void) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};

/** What goes away by itself: no answer, a relay that is not well, too much haste, nobody signed in. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true;
  return error.status >= 500 || error.code === 'too_many_requests' || error.code === 'not_signed_in';
}

/**
 * The messages of one person that are on their way. Each is kept on this device before it is sent, and until the relay has answered; its id is made here, so that
 * what is sent again is said once. What was said anew, or taken back, while it may have arrived, is set right there.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #listeners = new Set<() => void>();
  #state: OutboxState = { words: [], isOffline: false };
  #flushing: Promise<void> | null = null;
  #isAskedAgain = false;
  #failures = 0;
  #stopWaiting: (() => void) | null = null;
  #isClosed = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  get state(): OutboxState {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Keeps a message on this device, then sends it. Resolved: it is kept. @throws when the device keeps nothing. */
  async say(
    words: Pick<WaitingWords, 'id' | 'note' | 'thread' | 'begins' | 'text' | 'people'>,
  ): Promise<void> {
    const last = this.#state.words.at(-1)?.writtenAt ?? 0;
    const writtenAt = Math.max((this.#options.now ?? Date.now)(), last + 1);
    await this.#keep({ ...words, writtenAt, tried: false, takenBack: false, refusal: null });
    this.flush();
  }

  /** Says a message anew before it has left, or tries one again that was refused. */
  async change(id: MessageId, text: string, people: readonly Person[]): Promise<void> {
    const words = await this.#find(id);
    if (words === null) return;
    await this.#keep({ ...words, text, people, refusal: null });
    this.flush();
  }

  /** Takes a message back. */
  async takeBack(id: MessageId): Promise<void> {
    const words = await this.#find(id);
    if (words === null) return;
    if (words.tried) await this.#keep({ ...words, takenBack: true, refusal: null });
    else await this.#options.store.remove(id);
    await this.#read();
    this.flush();
  }

  /** Sends what waits, now. */
  flush(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = null;
    if (this.#isClosed) return;
    if (this.#flushing !== null) {
      this.#isAskedAgain = true;
      return;
    }
    const alone = this.#options.alone ?? ((work) => work());
    this.#flushing = alone(() => this.#send())
      // The device's store is gone: what was kept is there at the next start.
      .catch(() => {})
      .finally(() => {
        this.#flushing = null;
        if (!this.#isAskedAgain) return;
        this.#isAskedAgain = false;
        this.flush();
      });
  }

  close(): void {
    this.#isClosed = true;
    this.#stopWaiting?.();
    this.#options.store.close();
  }

  async #send(): Promise<void> {
    await this.#read();
    for (const { id } of this.#state.words) {
      // What was said anew meanwhile is what counts.
      const words = await this.#find(id);
      if (words === null || words.refusal !== null || this.#isClosed) continue;
      try {
        await this.#sendOne(words);
        this.#failures = 0;
        this.#show({ isOffline: false });
      } catch (error) {
        if (isPassing(error)) return this.#wait(error);
        const latest = await this.#find(id);
        if (latest?.takenBack === true) await this.#options.store.remove(id);
        else if (latest !== null) await this.#keep({ ...latest, refusal: failureCode(error) });
      }
      await this.#read();
    }
  }

  async #sendOne(words: WaitingWords): Promise<void> {
    const { api, store, onSaid } = this.#options;
    const { id, note, thread } = words;
    if (!words.tried) await this.#keep({ ...words, tried: true });
    if (words.takenBack) await this.#retract(words);
    else {
      const message = { id, ...bodyOf(words), writtenAt: words.writtenAt };
      let line = await (words.begins === null
        ? api.reply(note, thread, message)
        : api.start(note, { id: thread, message, ...words.begins }));
      const latest = await this.#find(id);
      if (latest?.takenBack === true) await this.#retract(latest);
      else {
        // It had arrived before, in other words; or it was said anew while it was on its way.
        const meant = latest ?? words;
        const arrived = line.messages.find((message) => message.id === id);
        if (arrived !== undefined && arrived.deletedAt === null && arrived.text !== meant.text)
          line = await api.edit(note, thread, id, bodyOf(meant));
        onSaid(meant, line);
        const now = await this.#find(id);
        if (now !== null && (now.text !== meant.text || now.takenBack)) return this.#sendOne(now);
      }
    }
    await store.remove(id);
  }

  /** What never arrived needs no taking back. */
  async #retract({ note, thread, id }: WaitingWords): Promise<void> {
    try {
      await this.#options.api.retract(note, thread, id);
    } catch (error) {
      if (isPassing(error)) throw error;
    }
  }

  #wait(error: unknown): void {
    const isOffline = !(error instanceof ApiError) || error.code === 'home_unreachable';
    this.#show({ isOffline });
    const delay = this.#options.delay(this.#failures);
    this.#failures += 1;
    if (!this.#isClosed) this.#stopWaiting = (this.#options.later ?? byTimer)(delay, () => this.flush());
  }

  async #find(id: MessageId): Promise<WaitingWords | null> {
    return (await this.#options.store.list()).find((words) => words.id === id) ?? null;
  }

  async #keep(words: WaitingWords): Promise<void> {
    await this.#options.store.put(words);
    await this.#read();
  }

  async #read(): Promise<void> {
    this.#show({ words: await this.#options.store.list() });
  }

  #show(change: Partial<OutboxState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

const bodyOf = ({ text, people }: WaitingWords) => ({ text, mentions: people.map((person) => person.id) });

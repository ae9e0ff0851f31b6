import * as Y from 'yjs';
import { titleOf } from '#shared/document/fields.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { MemoryOfflineStore } from '../../../renderer/collaboration/MemoryOfflineStore.ts';
import type { OfflineStore } from '../../../renderer/collaboration/OfflineStore.ts';
import type { Random } from '../random.ts';

interface Waiting {
  readonly work: () => Promise<unknown>;
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** The names of what is written, `w1`, `w2`…, in a text. */
export const wordsIn = (text: string): Set<string> => new Set(text.match(/w\d+/g));

/** What a device has stored: it outlives pages. Each page has a `store` of its own on it. */
export class FaultyDisk {
  /** The words that this device would show of the document without any relay, in its copy or in copies that were kept apart. */
  words: ReadonlySet<string> = new Set();
  readonly #document: DocumentId;
  readonly #stored = new MemoryOfflineStore({ durable: true });
  #waiting: Waiting[] = [];
  #page = 0;

  constructor(document: DocumentId) {
    this.#document = document;
  }

  /** How many operations were asked for and are not carried out. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Carries out the oldest one. Its page hears of it in the turn that follows. */
  commit(): void {
    const next = this.#waiting.shift();
    if (next === undefined) return;
    void this.#carryOut(next.work).then(next.resolve as (value: unknown) => void, next.reject);
  }

  /** The oldest one fails, and nothing of it is stored. */
  fail(): void {
    this.#waiting.shift()?.reject(new Error('the disk is full'));
  }

  /** The page of these operations ended: the disk has some of them, from the oldest on, and nobody hears of it. */
  abandon(random: Random): void {
    this.#page += 1;
    for (const { work } of this.#waiting.splice(0, random.int(this.#waiting.length + 1)))
      this.#carryOut(work).catch(() => undefined);
    this.#waiting = [];
  }

  /** For one page. Like IndexedDB: in order, complete when it is durable, and what was handed over as the page goes is carried out. */
  store(): OfflineStore {
    const stored = this.#stored;
    const page = this.#page;
    const later = <T>(work: () => Promise<T>): Promise<T> =>
      new Promise<T>((resolve, reject) => {
        // A page that is gone asks for nothing.
        if (page === this.#page) this.#waiting.push({ work, resolve: resolve as Waiting['resolve'], reject });
      });
    return {
      durable: true,
      deviceId: stored.deviceId,
      documents: () => later(() => stored.documents()),
      load: (document) => later(() => stored.load(document)),
      append: (document, updates, head) => later(() => stored.append(document, updates, head)),
      keepLastWords: (document, updates, epoch) =>
        this.#carryOut(() => stored.keepLastWords(document, updates, epoch)),
      rewind: (document, seq) => later(() => stored.rewind(document, seq)),
      pinRelayKey: (publicKey, replace) => later(() => stored.pinRelayKey(publicKey, replace)),
      acknowledge: (document, keys) => later(() => stored.acknowledge(document, keys)),
      compact: (document) => later(() => stored.compact(document)),
      forget: (document) => later(() => stored.forget(document)),
      recover: (copy, keys) => later(() => stored.recover(copy, keys)),
      listRecovered: (document) => later(() => stored.listRecovered(document)),
      removeRecovered: (id) => later(() => stored.removeRecovered(id)),
      close: () => Promise.resolve(),
    };
  }

  /** What is stored is read before anybody hears that it is. */
  async #carryOut<T>(work: () => Promise<T>): Promise<T> {
    const done = work();
    await done.catch(() => undefined);
    const doc = new Y.Doc();
    // A row that builds on what is not here shows nothing, as for whoever opens the copy.
    for (const { update } of (await this.#stored.load(this.#document))?.updates ?? [])
      Y.applyUpdate(doc, update);
    const apart = (await this.#stored.listRecovered()).map(({ title, text }) => `${title} ${text}`);
    this.words = wordsIn([titleOf(doc).toJSON(), ...apart].join(' '));
    return done;
  }
}

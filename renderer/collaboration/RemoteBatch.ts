import * as Y from 'yjs';

/** How long updates of others wait to be applied together, in milliseconds: each transaction redraws the note once. */
export const remoteBatchMs = 60;

/** Applies the updates of others together, in the order of arrival, in one transaction. */
export class RemoteBatch {
  readonly #doc: Y.Doc;
  readonly #origin: unknown;
  readonly #onFailure: (error: unknown) => void;
  #waiting: Uint8Array[] = [];
  #after: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  /**
   * @param origin - origin of the transactions; the session tells remote changes by it.
   * @param onFailure - bytes that are no update: the connection cannot be trusted any more.
   */
  constructor(doc: Y.Doc, origin: unknown, onFailure: (error: unknown) => void) {
    this.#doc = doc;
    this.#origin = origin;
    this.#onFailure = onFailure;
  }

  /** Takes an update that arrived. */
  add(update: Uint8Array): void {
    this.#waiting.push(update);
    this.#timer ??= setTimeout(() => this.flush(), remoteBatchMs);
  }

  /** Runs `action` once what arrived before it is applied, never where that failed: presence points into the text that it follows. */
  afterwards(action: () => void): void {
    if (this.#waiting.length === 0) action();
    else this.#after.push(action);
  }

  /** Applies what waits, now. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const updates = this.#waiting;
    const after = this.#after;
    this.#waiting = [];
    this.#after = [];
    if (updates.length > 0) {
      try {
        this.#doc.transact(() => {
          for (const update of updates) Y.applyUpdate(this.#doc, update, this.#origin);
        }, this.#origin);
      } catch (error) {
        this.#onFailure(error);
        return;
      }
    }
    for (const action of after) action();
  }
}

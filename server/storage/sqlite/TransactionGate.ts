/**
 * Lets single pieces of work pass at once, and keeps everything out while a transaction of several steps is open. Nothing happens between
 * looking at `busy` and acting on it: both are done in one go.
 */
export class TransactionGate {
  private last: Promise<void> | null = null;

  /** Null when nothing is open. Otherwise it resolves when the last transaction that asked has ended; look again then. */
  get busy(): Promise<void> | null {
    return this.last;
  }

  /** Takes the next turn. @returns what to wait for before using it (null: nothing), and what ends it. */
  enter(): { readonly before: Promise<void> | null; release: () => void } {
    const before = this.last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.last = promise;
    return {
      before,
      release: () => {
        if (this.last === promise) this.last = null;
        resolve();
      },
    };
  }
}

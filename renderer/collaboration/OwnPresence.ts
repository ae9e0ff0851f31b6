import * as encoding from 'lib0/encoding';
import { type Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { messageTypes } from '#shared/protocol/messages.ts';

/** How often own presence is sent at most, in milliseconds (the relay takes 15 a second). */
const presenceEveryMs = 80;

/** Sends the presence of this window alone, and not more often than the relay takes it; what others say of themselves is never repeated. */
export class OwnPresence {
  readonly #awareness: Awareness;
  readonly #send: (message: Uint8Array) => void;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(awareness: Awareness, send: (message: Uint8Array) => void) {
    this.#awareness = awareness;
    this.#send = send;
    awareness.on('update', this.#onUpdate);
  }

  /**
   * A connection opens. Others saw this presence leave with the last one, one clock later than we know: announced under an older
   * clock it would be taken for old news.
   */
  renew(): void {
    for (let step = 0; step < 2; step += 1) this.#awareness.setLocalState(this.#awareness.getLocalState());
  }

  sendNow(): void {
    if (!this.#awareness.meta.has(this.#awareness.clientID)) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, messageTypes.awareness);
    encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(this.#awareness, [this.#awareness.clientID]));
    this.#send(encoding.toUint8Array(encoder));
  }

  /** Forgets what waits to be sent: the connection is gone. */
  pause(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  close(): void {
    this.pause();
    this.#awareness.off('update', this.#onUpdate);
  }

  readonly #onUpdate = (change: { added: number[]; updated: number[]; removed: number[] }): void => {
    const self = this.#awareness.clientID;
    if (![...change.added, ...change.updated, ...change.removed].includes(self)) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.sendNow();
    }, presenceEveryMs);
  };
}

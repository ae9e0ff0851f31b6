import type { DeviceId, Epoch, PersonId } from '#shared/domain/ids.ts';

/** Whom a socket speaks for, fixed when it is opened. */
export interface Speaker {
  /** Null for a visitor. What others see of them: presence is stamped with it. */
  readonly person: { readonly id: PersonId; readonly name: string; readonly colour: string } | null;
  /** The signed-in session, so that signing out closes its sockets. */
  readonly sessionId: string;
  /** The random id beside the client's local store; null for a stock client. */
  readonly device: DeviceId | null;
  readonly wire: 'calepin.1' | 'y-sync.1';
}

/** For whom a document is open on a socket, and what they can hold of it. */
export interface Session extends Speaker {
  /** The newest schema version that the client holds; null: the current one. */
  readonly schema: number | null;
  /** The epoch that the client's local copy is of; null: it has none. */
  readonly epoch: Epoch | null;
}

import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { DocumentId } from '#shared/domain/ids.ts';
import { retryUntil } from './retryUntil.ts';

/** A stock y-websocket client: its own Y.Doc and provider, on one ticket. */
export interface TestClient {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  readonly text: Y.Text;
  /** How the relay closed the connection, once it did. */
  readonly closed: Promise<{ code: number; reason: string }>;
  synced: () => Promise<void>;
  /** Comes back, on a new ticket, perhaps to a relay elsewhere. */
  reconnect: (url: string, ticket: string) => void;
  close: () => void;
}

export function newClient(
  url: string,
  document: DocumentId,
  ticket: string,
  { doc = new Y.Doc() }: { doc?: Y.Doc } = {},
): TestClient {
  const { promise, resolve } = Promise.withResolvers<{ code: number; reason: string }>();
  const provider = new WebsocketProvider(url, document, doc, {
    // The socket of Node's `ws` stands for a browser's.
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    protocols: ['y-sync.1', `ticket.${ticket}`],
    disableBc: true,
    connect: false,
  });
  provider.on('connection-close', (event) => {
    provider.shouldConnect = false;
    resolve({ code: event?.code ?? 0, reason: event?.reason ?? '' });
  });
  provider.connect();
  return {
    doc,
    provider,
    text: doc.getText('text'),
    closed: promise,
    reconnect: (elsewhere, fresh) => {
      provider.serverUrl = elsewhere;
      provider.protocols = ['y-sync.1', `ticket.${fresh}`];
      provider.connect();
    },
    synced: () => retryUntil('the client to be synced', () => provider.synced),
    close: () => {
      provider.destroy();
      doc.destroy();
    },
  };
}

import { onTestFinished } from 'vitest';
import * as Y from 'yjs';
import type { DeviceId, DocumentId, PersonId } from '#shared/domain/ids.ts';
import { encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import type { TicketValues } from '#server/ws/TicketOffice.ts';
import { newRelay, type TestRelay, testId } from '../../support/newRelay.ts';
import { type RawClient, rawClient } from '../../support/rawClient.ts';

/** A raw client that joined, with a document whose every change it sends as one update frame. */
export interface Writer extends RawClient {
  readonly doc: Y.Doc;
  write: (text: string) => void;
}

export async function open(options: Parameters<typeof newRelay>[0] = {}) {
  const relay = await newRelay(options);
  const sockets: RawClient[] = [];
  onTestFinished(async () => {
    for (const { socket } of sockets) socket.terminate();
    await relay.close();
  });
  const document = await relay.newDocument();
  const raw = (values: Partial<TicketValues> = {}): RawClient => {
    const client = connect(relay, document, values);
    sockets.push(client);
    return client;
  };
  const writer = async (values: Partial<TicketValues> = {}): Promise<Writer> => {
    const client = raw(values);
    const doc = await client.join();
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'relay') client.send(encodeUpdate(update));
    });
    return { ...client, doc, write: (text) => doc.getText('text').insert(doc.getText('text').length, text) };
  };
  return { relay, document, raw, writer };
}

function connect(relay: TestRelay, document: DocumentId, values: Partial<TicketValues>): RawClient {
  const wire = values.wire ?? 'calepin.1';
  return rawClient(relay.url, document, relay.ticket(document, { ...values, wire }), { wire });
}

export const alice = { person: { id: testId<PersonId>(1), name: 'Alice', colour: 'azur' } };
export const benoit = { person: { id: testId<PersonId>(2), name: 'Benoît', colour: 'prune' } };
export const device = (n: number): DeviceId => testId<DeviceId>(n);

/** The text of a document as the log rebuilds it. */
export async function storedText(relay: TestRelay, document: DocumentId): Promise<string> {
  const read = await relay.documents.read(document);
  return read?.doc.getText('text').toJSON() ?? '';
}

/** One update that types `text` under a client id of its own. */
export function typed(text: string, clientId?: number): Uint8Array {
  const doc = new Y.Doc();
  if (clientId !== undefined) doc.clientID = clientId;
  doc.getText('text').insert(0, text);
  return Y.encodeStateAsUpdate(doc);
}

import { onTestFinished } from 'vitest';
import * as Y from 'yjs';
import type { PersonId } from '#shared/domain/ids.ts';
import type { BatchRow } from '#shared/protocol/mirrorMessages.ts';
import type { TicketValues } from '#server/ws/TicketOffice.ts';
import { type MirrorClient, mirrorClient } from '../../support/mirrorClient.ts';
import { alice, benoit, open as openRelay } from '../relay/support.ts';

const names = new Map<PersonId, string>([alice, benoit].map(({ person }) => [person.id, person.name]));

/** A relay, and mirrors of it that end with the test. */
export async function open(options: Parameters<typeof openRelay>[0] = {}) {
  const opened = await openRelay({ namesOf: () => Promise.resolve(names), ...options });
  const mirror = (values: Partial<TicketValues> = alice): MirrorClient => {
    const ticket = opened.relay.ticket(null, { wire: 'calepin.1', ...values });
    const client = mirrorClient(opened.relay.url, ticket);
    onTestFinished(() => {
      client.socket.terminate();
    });
    return client;
  };
  return { ...opened, mirror };
}

/** A copy on a device: each change of its text is a row that waits. */
export function outbox(clientId: number) {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const rows: BatchRow[] = [];
  doc.on('update', (update: Uint8Array) => {
    rows.push({ deviceTime: 1_000 + rows.length, update });
  });
  return {
    doc,
    rows,
    type: (text: string) => {
      doc.getText('text').insert(doc.getText('text').length, text);
    },
  };
}

import WebSocket from 'ws';
import type { DocumentId, Epoch, PersonId } from '#shared/domain/ids.ts';
import type { Person } from '#shared/domain/Person.ts';
import { messageTypes, syncTypes } from '#shared/protocol/messages.ts';
import { DocumentSession } from '../../renderer/collaboration/DocumentSession.ts';
import type { MemoryOfflineStore } from '../../renderer/collaboration/MemoryOfflineStore.ts';
import { type TestRelay, testId } from './newRelay.ts';

export const ada = { id: testId<PersonId>(1), name: 'Ada', colour: 'azur' } as const;
export const grace = { id: testId<PersonId>(2), name: 'Grace', colour: 'prune' } as const;

/** What one window said and heard on its sockets, newest connection last. */
export class Traffic {
  readonly sockets: { readonly sent: Uint8Array[]; readonly socket: WebSocket; received: number }[] = [];

  get polyfill(): typeof globalThis.WebSocket {
    const { sockets } = this;
    class Recorded extends WebSocket {
      constructor(url: string, protocols: string[]) {
        super(url, protocols);
        const one = { sent: [] as Uint8Array[], socket: this as WebSocket, received: 0 };
        sockets.push(one);
        this.on(
          'message',
          (data: Buffer | ArrayBuffer) =>
            (one.received += data instanceof ArrayBuffer ? data.byteLength : data.length),
        );
        const send = this.send.bind(this) as (data: Uint8Array) => void;
        this.send = (data: unknown) => {
          one.sent.push(new Uint8Array(data as Uint8Array));
          send(data as Uint8Array);
        };
      }
    }
    return Recorded as unknown as typeof globalThis.WebSocket;
  }

  get last() {
    const last = this.sockets.at(-1);
    if (last === undefined) throw new Error('no socket yet');
    return last;
  }

  /** Write frames of the newest connection, by their kind. */
  get writes(): string[] {
    return this.last.sent.flatMap((bytes) => {
      if (bytes[0] === messageTypes.batch) return ['batch'];
      if (bytes[0] !== messageTypes.sync || bytes[1] === syncTypes.step1) return [];
      return [bytes[1] === syncTypes.step2 ? 'step2' : 'update'];
    });
  }
}

/**
 * Opens a note of a relay in this process, as a window does.
 * @param store - what this person's browser keeps.
 */
export function openWindow(
  relay: TestRelay,
  document: DocumentId,
  store: MemoryOfflineStore,
  {
    person = ada,
    traffic = new Traffic(),
    onReplaced = () => {},
  }: {
    person?: Pick<Person, 'id' | 'name' | 'colour'>;
    traffic?: Traffic;
    onReplaced?: (copy: unknown) => void;
  } = {},
): { session: DocumentSession; traffic: Traffic } {
  const session = new DocumentSession({
    documentId: document,
    kind: 'note',
    origin: relay.url.replace('ws:', 'http:').replace('/sync', ''),
    store,
    person,
    api: {
      requestTicket: async ({ schema, device, epoch }) => {
        const head = await relay.log.head(document);
        if (head === null) throw new Error('no such document');
        const ticket = relay.ticket(document, {
          person,
          wire: 'calepin.1',
          schema: schema ?? null,
          device: (device ?? null) as typeof store.deviceId | null,
          epoch: (epoch ?? null) as Epoch | null,
        });
        const role = (relay.roles.get(`${person.id}/${document}`) ?? 'author') as 'author' | 'reader';
        return { ticket, role, epoch: head.epoch, schemaVersion: head.schemaVersion };
      },
    },
    WebSocketPolyfill: traffic.polyfill,
    random: () => 0,
    onReplaced,
  });
  return { session, traffic };
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { idFromBytes } from '#shared/domain/ids.ts';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { createDocuments, type RelayCore } from '#server/room/createDocuments.ts';
import type { DocumentRole, RelayDocumentsOptions } from '#server/room/RelayDocuments.ts';
import { MemoryUpdateLog } from '#server/storage/memory/MemoryUpdateLog.ts';
import type { UpdateLog } from '#server/storage/ports/UpdateLog.ts';
import { attachWebSocket } from '#server/ws/attachWebSocket.ts';
import { TicketOffice, type TicketValues } from '#server/ws/TicketOffice.ts';

/** An id that a test can read: its bytes are all `n`; of a larger number, its last four bytes are that. */
export function testId<T extends string>(n: number): T {
  const bytes = Buffer.alloc(16, n);
  if (n > 255) bytes.writeUInt32BE(n, 12);
  return idFromBytes<T>(bytes);
}

/** The relay's core on a port of its own, with a policy that a test sets by hand. */
export interface TestRelay {
  readonly documents: RelayCore;
  readonly log: UpdateLog;
  readonly port: number;
  readonly url: string;
  /** Lines that the relay logged, parsed. */
  readonly logged: readonly Record<string, unknown>[];
  /** Lets go of those lines: a test that measures memory measures the relay's. */
  forgetLogged: () => void;
  /** `person/document` → role; who is not in it is an author. */
  readonly roles: Map<string, DocumentRole | Promise<DocumentRole>>;
  newDocument: (n?: number) => Promise<DocumentId>;
  ticket: (document: DocumentId | null, values?: Partial<TicketValues>) => string;
  close: () => Promise<void>;
}

export async function newRelay(
  options: { log?: UpdateLog; port?: number; origins?: readonly string[] } & Pick<
    RelayDocumentsOptions,
    'limits' | 'namesOf' | 'heads'
  > = {},
): Promise<TestRelay> {
  const log = options.log ?? new MemoryUpdateLog();
  const logged: Record<string, unknown>[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => logged.push(JSON.parse(line)) });
  const roles: TestRelay['roles'] = new Map();
  const documents = createDocuments({
    log,
    logger,
    schemaVersion: 1,
    roleOf: (person, document) => roles.get(`${person}/${document}`) ?? 'author',
    ...(options.limits && { limits: options.limits }),
    ...(options.namesOf && { namesOf: options.namesOf }),
    ...(options.heads && { heads: options.heads }),
  });
  const tickets = new TicketOffice();
  const server = createServer();
  const sockets = attachWebSocket(server, { documents, tickets, logger, origins: options.origins ?? [] });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let made = 0;
  return {
    documents,
    log,
    port,
    url: `ws://127.0.0.1:${port}/sync`,
    logged,
    forgetLogged: () => {
      logged.length = 0;
    },
    roles,
    newDocument: async (n = ++made) => {
      const document = testId<DocumentId>(n);
      await documents.create(document, 'note', { person: null, operation: 'seed' }, null);
      return document;
    },
    ticket: (document, values = {}) => {
      const person = { id: testId<PersonId>(200), name: 'Alice', colour: 'azur' };
      return tickets.issue({
        document,
        person,
        sessionId: 'session',
        device: null,
        wire: 'y-sync.1',
        schema: null,
        epoch: null,
        ...values,
      });
    },
    close: async () => {
      await documents.close();
      await sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

// Our relay as the harness starts it (README.md): the real rooms, log and sockets over SQLite, with checking, a synced commit before each update is shown, and
// acknowledgement; only who is asking, and how much one session may send, are let go: the harness has no tickets, and is one person with a thousand sockets.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import path from 'node:path';
import { pino } from 'pino';
import { idFromBytes } from '../../shared/domain/ids.ts';
import { createDocuments } from '../../server/room/createDocuments.ts';
import { migrate } from '../../server/storage/sqlite/migrate.ts';
import { migrations } from '../../server/storage/sqlite/migrations/index.ts';
import { SqliteDatabase } from '../../server/storage/sqlite/SqliteDatabase.ts';
import { SqliteUpdateLog } from '../../server/storage/sqlite/SqliteUpdateLog.ts';
import { attachWebSocket } from '../../server/ws/attachWebSocket.ts';
import { TicketOffice } from '../../server/ws/TicketOffice.ts';
import { dataDir, ready } from './servers/_common.mjs';

const wide = 1e9;
const database = await SqliteDatabase.open(path.join(dataDir, 'calepin.sqlite'));
await migrate(database, migrations);
const log = new SqliteUpdateLog(database);
const logger = pino({ level: 'error' }, pino.destination(2));
const documents = createDocuments({
  log,
  logger,
  roleOf: () => 'author',
  limits: {
    maxStringBytes: wide,
    updatesPerSecond: wide,
    updateBurst: wide,
    presencePerSecond: wide,
    maxUnstoredFrames: wide,
    maxUnstoredBytes: wide,
    maxQueuedBytes: wide,
    dropPresenceBytes: wide,
    socketsPerPerson: wide,
    openingsPerSecond: wide,
  },
});

/** A room's name as a document's id. */
const documentOf = (name) => idFromBytes(createHash('sha256').update(name).digest().subarray(0, 16));
const person = { id: documentOf('person'), name: 'Bench', colour: 'azur' };
/** Documents that are there, or on their way. The harness asks for any; in the product a ticket has said before that there is one. */
const made = new Map((await log.documents()).map((head) => [head.document, Promise.resolve()]));

function ensure(document) {
  let making = made.get(document);
  if (making === undefined) {
    making = documents.create(document, 'note', { person: null, operation: 'seed' }, null);
    made.set(document, making);
  }
  return making;
}

const server = createServer();
attachWebSocket(server, {
  documents,
  logger,
  tickets: new TicketOffice(),
  origins: [],
  documentOf,
  authenticate: async ({ document }) => {
    await ensure(document);
    return { person, sessionId: 'bench', device: null, wire: 'y-sync.1', schema: null, epoch: null };
  },
});
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () =>
  ready(server.address().port, { codec: 'yws' }),
);

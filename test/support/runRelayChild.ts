import { migrate } from '#server/storage/sqlite/migrate.ts';
import { migrations } from '#server/storage/sqlite/migrations/index.ts';
import { SqliteDatabase } from '#server/storage/sqlite/SqliteDatabase.ts';
import { SqliteUpdateLog } from '#server/storage/sqlite/SqliteUpdateLog.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { newRelay } from './newRelay.ts';
import type { TicketValues } from '#server/ws/TicketOffice.ts';

/** What a `RelayChild` runs. Speaks with who started it: `{document, values}` → a ticket, null when the document could not be made. */
const [file = ''] = process.argv.slice(2);
// The WAL begins anew within the time of a test.
const database = await SqliteDatabase.open(file, { walBytes: 1024 * 1024 });
await migrate(database, migrations);
const relay = await newRelay({
  log: new SqliteUpdateLog(database),
  limits: { updatesPerSecond: 100_000, updateBurst: 100_000, checkpointRows: 50, cutRows: 150 },
});

async function ticketFor(document: DocumentId, values: Partial<TicketValues>): Promise<string | null> {
  try {
    if ((await relay.log.head(document)) === null) {
      await relay.documents.create(document, 'note', { person: null, operation: 'seed' }, null);
    }
    return relay.ticket(document, values);
  } catch {
    return null;
  }
}

process.on('message', ({ document, values }: { document: DocumentId; values: Partial<TicketValues> }) => {
  void ticketFor(document, values).then((ticket) => process.send?.({ ticket }));
});
process.on('disconnect', () => process.exit(0));
process.send?.({ url: relay.url });

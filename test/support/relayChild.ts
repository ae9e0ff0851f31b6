import { migrate } from '#server/storage/sqlite/migrate.ts';
import { migrations } from '#server/storage/sqlite/migrations/index.ts';
import { SqliteDatabase } from '#server/storage/sqlite/SqliteDatabase.ts';
import { SqliteUpdateLog } from '#server/storage/sqlite/SqliteUpdateLog.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { newRelay } from './newRelay.ts';
import type { TicketValues } from '#server/ws/TicketOffice.ts';

/** A relay in a process of its own, to be killed. Speaks with who started it: `{document, values}` → a ticket. */
const [file = ''] = process.argv.slice(2);
const database = await SqliteDatabase.open(file);
await migrate(database, migrations);
const relay = await newRelay({
  log: new SqliteUpdateLog(database),
  limits: { updatesPerSecond: 100_000, updateBurst: 100_000, checkpointRows: 50 },
});

process.on('message', ({ document, values }: { document: DocumentId; values: Partial<TicketValues> }) => {
  void (async () => {
    if ((await relay.log.head(document)) === null) {
      await relay.documents.create(document, 'note', { person: null, operation: 'seed' }, null);
    }
    process.send?.({ ticket: relay.ticket(document, values) });
  })();
});
process.on('disconnect', () => process.exit(0));
process.send?.({ url: relay.url });

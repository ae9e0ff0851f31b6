import type { DocumentId } from '#shared/domain/ids.ts';
import { SqliteDatabase } from '#server/storage/sqlite/SqliteDatabase.ts';
import { SqliteUpdateLog } from '#server/storage/sqlite/SqliteUpdateLog.ts';

// Packs the rows of a document, a few at a time, and types in it meanwhile, until it is killed. Arguments: the database's file, the document.
const [, , file = '', id = ''] = process.argv;
const document = id as DocumentId;
const log = new SqliteUpdateLog(await SqliteDatabase.open(file));
const bytes = new Uint8Array([0, 0]);
process.send?.({ ready: true });
for (;;) {
  const seqs = await log.append(
    Array.from({ length: 25 }, (_, at) => ({
      document,
      time: at,
      person: null,
      device: null,
      deviceTime: null,
      via: 'socket',
      operation: null,
      bytes,
      clients: [],
    })),
  );
  const seq = seqs.at(-1) ?? 0;
  process.send?.({ seq });
  await log.saveCheckpoint({ document, seq, bytes, stateVector: bytes, deleteSetAt: 1 });
  await log.cut(document, 25);
}

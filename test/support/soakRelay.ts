import process from 'node:process';
import { migrate } from '#server/storage/sqlite/migrate.ts';
import { migrations } from '#server/storage/sqlite/migrations/index.ts';
import { SqliteDatabase } from '#server/storage/sqlite/SqliteDatabase.ts';
import { SqliteUpdateLog } from '#server/storage/sqlite/SqliteUpdateLog.ts';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { heapInUse } from './collectGarbage.ts';
import { newRelay, testId } from './newRelay.ts';

/**
 * A relay over a file in a process of its own, to be measured. Speaks with who started it: `{documents}` makes them, `{ticket, person}` → a ticket of a stock
 * client, `{measure}` → its memory and the processor time that it used.
 */
export type SoakQuestion =
  | { readonly documents: readonly DocumentId[] }
  | { readonly ticket: DocumentId; readonly person: number }
  | { readonly measure: true };
export interface Measured {
  readonly heap: number;
  readonly rss: number;
  readonly cpuMs: number;
  readonly rooms: number;
  readonly connections: number;
}

const [file = ''] = process.argv.slice(2);
const database = await SqliteDatabase.open(file);
await migrate(database, migrations);
const limits = { socketsPerPerson: 10_000, updatesPerSecond: 10_000, updateBurst: 10_000 };
const relay = await newRelay({ log: new SqliteUpdateLog(database), limits });

async function answer(question: SoakQuestion): Promise<unknown> {
  if ('documents' in question) {
    for (const document of question.documents) {
      if ((await relay.log.head(document)) !== null) continue;
      await relay.documents.create(document, 'note', { person: null, operation: 'seed' }, null);
    }
    return {};
  }
  if ('ticket' in question) {
    const person = {
      id: testId<PersonId>(question.person),
      name: `Personne ${question.person}`,
      colour: 'azur',
    };
    return { ticket: relay.ticket(question.ticket, { person }) };
  }
  relay.forgetLogged();
  const { user, system } = process.cpuUsage();
  return {
    heap: heapInUse(),
    rss: process.memoryUsage().rss,
    cpuMs: (user + system) / 1000,
    ...relay.documents.stats(),
  } satisfies Measured;
}

process.on('message', (question: SoakQuestion) => {
  void answer(question).then((reply) => process.send?.(reply as object));
});
process.on('disconnect', () => process.exit(0));
process.send?.({ url: relay.url });

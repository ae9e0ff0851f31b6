import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import { verifyLog } from '#server/backup/verifyLog.ts';
import { SqliteDatabase } from '#server/storage/sqlite/SqliteDatabase.ts';
import { SqliteUpdateLog } from '#server/storage/sqlite/SqliteUpdateLog.ts';
import { newDatabase } from '../support/newDatabase.ts';
import { testId } from '../support/newRelay.ts';
import { newRandom } from '../support/random.ts';

const child = fileURLToPath(new URL('../support/cuttingChild.ts', import.meta.url));
const document = testId<DocumentId>(1);
const rounds = process.env['CALEPIN_LONG'] === '1' ? 200 : 4;

test(`[R91] a relay killed while it packs rows, ${rounds} times, has every row that it had said to have, once and in order`, async () => {
  const { database, file, close } = await newDatabase();
  await new SqliteUpdateLog(database).create({
    document,
    kind: 'note',
    epoch: testId<Epoch>(2),
    schemaVersion: 1,
  });
  await database.close();
  onTestFinished(close);
  const seed = Date.now() % 1_000_000;
  const random = newRandom(seed);
  let said = 0;
  for (let round = 1; round <= rounds; round++) {
    const relay = fork(child, [file, document], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    onTestFinished(() => void relay.kill('SIGKILL'));
    relay.on('message', (message: { seq?: number }) => (said = message.seq ?? said));
    await once(relay, 'message');
    // Somewhere in what it does; it goes round in a few milliseconds.
    const stop = said + 25 * (1 + random.int(8));
    while (said < stop) await once(relay, 'message');
    await new Promise((resolve) => setTimeout(resolve, random.int(12)));
    const gone = once(relay, 'exit');
    relay.kill('SIGKILL');
    await gone;

    const again = await SqliteDatabase.open(file);
    const log = new SqliteUpdateLog(again);
    const rows = await log.read(document, 0);
    expect(rows.length, `seed ${seed}, round ${round}`).toBeGreaterThanOrEqual(said);
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, at) => at + 1));
    await log.close();
    await again.close();
    said = rows.length;
  }
  expect((await verifyLog(path.dirname(file))).faults).toEqual([]);
}, 600_000);

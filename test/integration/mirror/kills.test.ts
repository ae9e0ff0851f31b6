import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Home, HomeState } from '#shared/api/homes.ts';
import type { Ticket } from '#shared/api/tickets.ts';
import { titleOf } from '#shared/document/fields.ts';
import { SqliteDatabase } from '#server/storage/sqlite/SqliteDatabase.ts';
import { SqliteUpdateLog } from '#server/storage/sqlite/SqliteUpdateLog.ts';
import { EmbeddedRelay } from '../../support/EmbeddedRelay.ts';
import { freePort } from '../../support/freePort.ts';
import { password } from '../../support/newCommunity.ts';
import {
  newFolder,
  newHome,
  newNoteOf,
  openAt,
  titleAt,
  titleIn,
  write,
} from '../../support/newMirroring.ts';
import { newRandom } from '../../support/random.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { faultsOfLog } from '../../support/storedOnce.ts';
import { TcpProxy } from '../../support/TcpProxy.ts';

const kills = process.env['CALEPIN_LONG'] === '1' ? 300 : 6;

test(`[R277] an embedded relay that is killed ${kills} times while rows go both ways between it and a home loses nothing and brings nothing twice: the logs are equal in the end`, async () => {
  const seed = Number(process.env['CALEPIN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const random = newRandom(seed);
  const port = await freePort();
  const link = await TcpProxy.start(port);
  onTestFinished(() => link.close());
  const home = await newHome({ storage: 'sqlite', port, publicUrl: `http://127.0.0.1:${link.port}` });
  const ada = await home.administrator();
  const note = await newNoteOf(ada, '.');
  const computer = new EmbeddedRelay(await newFolder());
  onTestFinished(() => computer.kill());
  const me = await computer.start();
  const account = { email: 'ada@exemple.org', password };
  const { id } = await me.json<Home>('POST', '/api/homes', {
    address: `http://127.0.0.1:${link.port}`,
    ...account,
  });
  await me.json('PUT', `/api/homes/${id}/documents/${note}`, { kind: 'note' });
  const here = await openAt(computer, me, note);
  const there = await openAt(home, ada, note);
  const marks: string[] = [];
  const mark = (who: string): string => {
    marks.push(`<${who}${marks.length}>`);
    return marks.at(-1) as string;
  };
  const typing = setInterval(() => {
    if (random.chance(0.7)) write(here, mark('a'));
    if (random.chance(0.4)) write(there, mark('b'));
  }, 5);
  onTestFinished(() => clearInterval(typing));
  const comeBack = async (): Promise<void> => {
    const { ticket } = await me.json<Ticket>('POST', '/api/tickets', { document: note });
    here.reconnect(computer.url.replace('http', 'ws') + '/sync', ticket);
  };
  for (let round = 0; round < kills; round++) {
    // Somewhere in what it does: while it connects, sends what waited, is sent what came, or writes without a way there.
    await sleep(random.int(200));
    if (random.chance(0.3)) {
      link.cut();
      await sleep(random.int(60));
    }
    await computer.kill();
    link.mend();
    await computer.start();
    await comeBack();
  }
  clearInterval(typing);
  const state = async () =>
    (await me.json<{ state: HomeState | null }>('GET', `/api/documents/${note}/home`)).state;
  await retryUntil(
    `everything to be at the home (seed ${seed})`,
    async () => {
      const { wsconnected, wsconnecting } = here.provider;
      if (!wsconnected && !wsconnecting) await comeBack();
      if ((await state())?.reachable !== true) await me.fetch(`/api/homes/${id}/retry`, { method: 'POST' });
      const title = await titleAt(home, note);
      return marks.every((one) => title.includes(one)) && titleIn(here) === title;
    },
    60_000,
  );
  await retryUntil('nothing to wait', async () => (await state())?.waiting === 0);
  await computer.kill();
  const title = await titleAt(home, note);
  for (const one of marks) expect(title.split(one).length, `${one}, seed ${seed}`).toBe(2);
  expect(await faultsOfLog(home.log, note)).toEqual([]);
  const database = await SqliteDatabase.open(computer.databaseFile);
  const log = new SqliteUpdateLog(database);
  onTestFinished(async () => {
    await log.close();
    await database.close();
  });
  expect(await log.read(note, 0)).toEqual(await home.log.read(note, 0));
  const [mine, homes] = [await log.chainHead(note), await home.log.chainHead(note)];
  expect([mine?.seq, Buffer.from(mine!.digest)]).toEqual([homes?.seq, Buffer.from(homes!.digest)]);
  expect(titleOf(here.doc).toJSON()).toBe(title);
}, 600_000);

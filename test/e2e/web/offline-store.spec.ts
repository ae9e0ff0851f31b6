import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { build } from 'vite';
import { offlineStoreCases } from '../../contract/offline-store/offlineStoreCases.ts';

/** A page of its own origin with the store's code in it: IndexedDB needs a real browser. */
let server: Server;
let address: string;

test.beforeAll(async () => {
  const entry = fileURLToPath(new URL('../../contract/offline-store/browserEntry.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'offlineStoreEntry' } },
  });
  const [output] = [built].flat();
  const chunk = output !== undefined && 'output' in output ? output.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error('The page could not be built');
  server = createServer((request, response) => {
    if (request.url === '/code.js') response.setHeader('content-type', 'text/javascript').end(chunk.code);
    else
      response
        .setHeader('content-type', 'text/html')
        .end('<!doctype html><meta charset="utf-8"><script src="/code.js"></script>');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

test.afterAll(() => {
  server.close();
});

for (const { title } of offlineStoreCases) {
  test(`the offline store in IndexedDB: ${title}`, async ({ page }) => {
    await page.goto(address);
    await page.evaluate((name) => window.offlineStore.runCase(name), title);
  });
}

test('the offline store in IndexedDB: bytes that changed on the disk are noticed', async ({ page }) => {
  await page.goto(address);
  expect(await page.evaluate(() => window.offlineStore.detectsDamage())).toBe(true);
});

const long = process.env['CALEPIN_LONG'] === '1';
const damages = Number(process.env['CALEPIN_DAMAGES'] ?? (long ? 2_000 : 60));
const firstSeed = Number(process.env['CALEPIN_SEED'] ?? 20_261_127);

test(`[R340] of ${damages} copies in IndexedDB with altered bytes, rows that are gone or a head that is another none is taken for a sound one, and no other note is touched (seed ${firstSeed})`, async ({
  page,
}) => {
  test.setTimeout(long ? 3_600_000 : 90_000);
  await page.goto(address);
  const part = 200;
  const counts = { intact: 0, setAside: 0, again: 0 };
  for (let at = 0; at < damages; at += part) {
    const outcomes = await page.evaluate(([seed, count]) => window.offlineStore.damageCopies(seed, count), [
      firstSeed + at,
      Math.min(part, damages - at),
    ] as const);
    for (const name of ['intact', 'setAside', 'again'] as const) counts[name] += outcomes[name];
    // For docs/reliability.md.
    if (long) process.stdout.write(`damaged copies: ${at + part} of ${damages}, ${JSON.stringify(counts)}\n`);
  }
  expect(counts.intact).toBe(0);
  expect(counts.setAside).toBeGreaterThan(damages / 2);
});

test('the offline store in IndexedDB: whatever is promised to be on this device is written strictly', async ({
  page,
}) => {
  await page.goto(address);
  const written = await page.evaluate(
    async (names) => {
      const asked: string[] = [];
      const transaction = Reflect.get(IDBDatabase.prototype, 'transaction') as (
        ...given: unknown[]
      ) => IDBTransaction;
      IDBDatabase.prototype.transaction = function (stores, mode, options) {
        if (mode === 'readwrite')
          asked.push(
            `${(typeof stores === 'string' ? [stores] : Array.from(stores)).join(' ')}: ${options?.durability ?? 'relaxed'}`,
          );
        return transaction.call(this, stores, mode, options);
      };
      for (const name of names) await window.offlineStore.runCase(name);
      return [...new Set(asked)];
    },
    offlineStoreCases.map(({ title }) => title),
  );
  const rows = written.filter((one) => /updates|recovered/.test(one));
  // What may be forgotten: that the relay has a row (it is then sent again, and stored once), and that a copy was thrown away.
  expect(
    rows.filter(
      (one) => !one.endsWith(': strict') && !['updates: relaxed', 'recovered: relaxed'].includes(one),
    ),
  ).toEqual([]);
  expect(rows).toContain('heads updates: strict');
  expect(rows).toContain('heads updates recovered: strict');
});

test('the offline store in IndexedDB: what is handed over at the last moment is there, though the page goes in the same breath', async ({
  page,
}) => {
  await page.goto(address);
  const gone = page.waitForEvent('load');
  await page.evaluate(() => {
    void window.offlineStore.handOverAndGo();
  });
  await gone;
  expect(await page.evaluate(() => window.offlineStore.lastWords())).toBe('au dernier moment');
});

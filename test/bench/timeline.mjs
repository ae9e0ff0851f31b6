// How the history of a note behaves in the page when it is long: how soon the timeline is there, how evenly its list scrolls, seeks and plays; and whether opening the note and typing in it cost what they
// do in a copy of it that has no history.
//   node scripts/build.mjs && node test/bench/timeline.mjs [--edits 100000] [--sitting 4: keystrokes of a sitting] [--seconds 8] [--folder: keep the data there, for the next run] [--typing: that alone]
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { frameFigures, frameTitles, launchChromium, scrollOnPage, traced } from './lib/frames.mjs';
import { circumstances, cpuMs, enterBoth, memoryMb, quantile, startRelay } from './lib/largeRelay.mjs';
import { rowsOf } from './lib/longNote.mjs';

const { values: o } = parseArgs({
  options: {
    edits: { type: 'string', default: '100000' },
    sitting: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '8' },
    folder: { type: 'string' },
    typing: { type: 'boolean', default: false },
  },
});
const seconds = Number(o.seconds);
const folder = o.folder ?? fs.mkdtempSync(path.join(os.tmpdir(), 'calepin-timeline-'));
const ms = (/** @type {number} */ value) => value.toFixed(0);

/** Writes the note's life into the folder as a relay leaves it that was there all along: its versions made, its sittings counted, its chronicle kept. */
async function live(document, person) {
  const { sqliteAdapters } = await import('../../server/index.ts');
  const { Past } = await import('../../server/history/Past.ts');
  const adapters = await sqliteAdapters(folder);
  const { log, versions } = adapters;
  const people = [person, ...[1, 2, 3].map((n) => Buffer.alloc(16, n).toString('base64url'))];
  const begin = Date.now() - (Number(o.edits) / Number(o.sitting)) * 3_600_000 - 86_400_000;
  // It was begun when its life begins, and not now.
  const head = await log.head(document);
  const clients = (await log.bindings(document)).map(({ client }) => client);
  const made = (await log.read(document, 0)).map((row) => ({ ...row, time: begin, clients }));
  await log.destroy(document);
  await log.create(head, made);
  await versions.removeAll(document);
  let rows = [];
  let before = made.length;
  let sittings = 0;
  const endSitting = async () => {
    const last = rows.at(-1);
    if (last === undefined) return;
    const seqs = await log.append(rows);
    const seq = seqs.at(-1);
    sittings += 1;
    await versions.add({
      id: Buffer.from(String(sittings).padStart(16, '0')).toString('base64url'),
      documentId: document,
      seq,
      kind: sittings === 1 ? 'first' : 'sitting',
      name: null,
      remark: null,
      createdAt: last.time,
      personId: null,
      contributors: [last.person],
      changeCount: seq - before,
    });
    before = seq;
    rows = [];
  };
  for (const row of rowsOf({
    document,
    edits: Number(o.edits),
    ofSitting: Number(o.sitting),
    begin,
    people,
  })) {
    if (rows.length > 0 && row.time - rows[0].time > 600_000) await endSitting();
    rows.push(row);
  }
  await endSitting();
  const past = new Past({ log, versions, sittings: adapters.sittings });
  await past.content(document, null);
  await past.keepSittings(document);
  await past.close();
  await adapters.close();
}

/** Run in the page: from a click until what is looked for is there and drawn, ms. */
const shownAfterClick = ({ click, wanted }) =>
  new Promise((resolve) => {
    const begun = performance.now();
    const look = () => {
      if (wanted.every((one) => document.querySelector(one) !== null))
        requestAnimationFrame(() => resolve(performance.now() - begun));
      else requestAnimationFrame(look);
    };
    document.querySelector(click).click();
    look();
  });

const made = path.join(folder, 'made.json');
if (!fs.existsSync(made)) {
  const relay = await startRelay(folder);
  const { asAdministrator, manager } = await enterBoth(relay);
  const body = { title: 'Le jardin du quartier', language: 'fr' };
  const { note } = JSON.parse(await asAdministrator('/api/notes', { method: 'POST', body }));
  await relay.stop();
  await live(note.id, manager.id);
  const again = await startRelay(folder);
  const { asAdministrator: ask } = await enterBoth(again);
  const copy = JSON.parse(await ask(`/api/notes/${note.id}/duplicate`, { method: 'POST' }));
  await again.stop();
  fs.writeFileSync(made, JSON.stringify({ long: note.id, copy: copy.note.id }));
}
const { long, copy } = JSON.parse(fs.readFileSync(made, 'utf8'));

const browser = await launchChromium();
console.log(
  `${circumstances()} · Chromium ${browser.version()}, without a graphics processor\n${o.edits} keystrokes, ${o.sitting} a sitting`,
);
const newPage = async (relay, ask) => {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: 'fr-CA' });
  const [name, value] = ask.cookie().split(/=(.*)/s);
  await context.addCookies([{ name, value, url: relay.origin }]);
  const page = await context.newPage();
  return { context, page };
};
const click = 'input[type="radio"][value="time"]';
const list = 'ol[aria-label="Séances de travail"]';
const wanted = [`${list} li button`, 'article[aria-label="La note au fil du temps"] p', 'svg[class*="bars"]'];

if (!o.typing) {
  const times = [];
  for (let round = 0; round < 5; round += 1) {
    // Each time as after a restart of the relay: no worker runs, and no row was read.
    const relay = await startRelay(folder);
    const { asAdministrator } = await enterBoth(relay);
    const { context, page } = await newPage(relay, asAdministrator);
    const begun = performance.now();
    await page.goto(`${relay.origin}/notes/${long}/history`);
    await page.locator(click).waitFor({ state: 'attached', timeout: 120_000 });
    const versions = performance.now() - begun;
    const cold = await page.evaluate(shownAfterClick, { click, wanted });
    const warm = [];
    for (let at = 0; at < 5; at += 1) {
      await page.locator('input[type="radio"][value="versions"]').evaluate((one) => one.click());
      await page.locator(list).waitFor({ state: 'detached' });
      await page.waitForTimeout(300);
      warm.push(await page.evaluate(shownAfterClick, { click, wanted }));
    }
    times.push({ versions, cold, warm });
    console.log(
      `from the address to the versions ${ms(versions)} ms; « Au fil du temps » after a restart ${ms(cold)} ms, again ${warm.map(ms).join(', ')} ms`,
    );
    if (round === 4) {
      console.log(`\n| of ${o.edits} keystrokes | shown after ms |${frameTitles}`);
      const line = `${list} li button`;
      for (const step of [50, 400]) {
        await page.locator(`${list} li button`).first().waitFor();
        const frames = await traced(page, () =>
          page.evaluate(scrollOnPage, { line, item: 'li:has(button)', step, seconds }),
        );
        console.log(`| list, ${step} pixels a frame, ${frames.drawn} lines drawn | |${frameFigures(frames)}`);
      }
      await page.waitForTimeout(1_000);
      const slider = page.getByRole('slider');
      const box = await slider.boundingBox();
      const at = async () => Number(await slider.getAttribute('aria-valuenow'));
      const drag = await traced(page, async () => {
        const counting = page.evaluate(countFrames, { seconds });
        await page.mouse.move(box.x + box.width - 5, box.y + box.height / 2);
        await page.mouse.down();
        for (let at = 0; at < seconds * 20; at += 1) {
          await page.mouse.move(box.x + box.width * (1 - (at % 100) / 100), box.y + box.height / 2);
          await page.waitForTimeout(40);
        }
        await page.mouse.up();
        return counting;
      });
      console.log(`| dragging along the strip | |${frameFigures({ ...drag, empty: 0 })}`);
      await page.waitForTimeout(2_000);
      await page.mouse.click(box.x + box.width * 0.7, box.y + box.height / 2);
      await page.waitForTimeout(2_000);
      const from = await at();
      await page.locator('select').first().selectOption('60');
      await page.getByRole('button', { name: 'Lire comme c’était écrit' }).click();
      const play = await traced(page, () => page.evaluate(countFrames, { seconds }));
      console.log(
        `| playing at seven tenths, 60 times faster: ${(await at()) - from} rows | |${frameFigures({ ...play, empty: 0 })}`,
      );
      console.log(
        `\nmemory of the relay ${memoryMb(relay.child.pid).now} MB, at most ${memoryMb(relay.child.pid).most} MB`,
      );
    }
    await context.close();
    await relay.stop();
  }
  console.log(
    `after a restart p50 ${ms(
      quantile(
        times.map(({ cold }) => cold),
        0.5,
      ),
    )} ms; again p50 ${ms(
      quantile(
        times.flatMap(({ warm }) => warm),
        0.5,
      ),
    )} ms, p95 ${ms(
      quantile(
        times.flatMap(({ warm }) => warm),
        0.95,
      ),
    )} ms`,
  );
}

/** Run in the page: times between frames. */
function countFrames({ seconds: during }) {
  return new Promise((resolve) => {
    const deltas = [];
    const until = performance.now() + during * 1000;
    let last = performance.now();
    const frame = (now) => {
      deltas.push(now - last);
      last = now;
      if (now < until) requestAnimationFrame(frame);
      else resolve({ deltas: deltas.slice(1) });
    };
    requestAnimationFrame(frame);
  });
}

const relay = await startRelay(folder);
const { asAdministrator } = await enterBoth(relay);
console.log(
  '\n| note | from the address to its text, ms, 5 times | until it can be written in, ms | CPU ms of the page a keystroke | of the relay |\n|---|---:|---:|---:|---:|',
);
for (const [name, note] of [
  ['with its history', long],
  ['a copy without', copy],
  ['with its history, again', long],
  ['a copy without, again', copy],
]) {
  const shown = [];
  const writable = [];
  let [ofPage, ofRelay] = [0, 0];
  for (let round = 0; round < 5; round += 1) {
    const { context, page } = await newPage(relay, asAdministrator);
    const begun = performance.now();
    await page.goto(`${relay.origin}/notes/${note}`);
    await page.locator('main p').nth(3).waitFor({ timeout: 120_000 });
    shown.push(performance.now() - begun);
    const body = page.getByRole('textbox', { name: 'Texte de la note' });
    if ((await body.count()) === 0) await page.getByRole('button', { name: 'Modifier' }).first().click();
    await body.and(page.locator('[contenteditable="true"]')).waitFor({ timeout: 120_000 });
    writable.push(performance.now() - begun);
    if (round === 4) {
      await body.locator('p').first().click();
      await page.waitForTimeout(2_000);
      const before = cpuMs(relay.child.pid);
      const { tasks } = await traced(page, () => page.keyboard.type('jardin '.repeat(10), { delay: 100 }));
      ofPage = tasks.reduce((a, b) => a + b, 0) / 70;
      ofRelay = (cpuMs(relay.child.pid) - before) / 70;
    }
    await context.close();
  }
  console.log(
    `| ${name} | ${shown.map(ms).join(', ')} | ${writable.map(ms).join(', ')} | ${ofPage.toFixed(1)} | ${ofRelay.toFixed(1)} |`,
  );
}
await relay.stop();
await browser.close();
if (o.folder === undefined) fs.rmSync(folder, { recursive: true });

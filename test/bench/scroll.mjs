// How evenly the library and the longest carnet of a large relay scroll, as one who reads sees it and as one who manages it.
//   CALEPIN_DATA=/tmp/sample npm run sample
//   node scripts/build.mjs && node test/bench/scroll.mjs /tmp/sample [pixels a frame] [seconds]
// A frame is late when the next one comes more than one and a half intervals after it. Beside it, what each frame costs the page's main thread in processor time: on a machine
// that is busy with other work, the clock says when the page was let run, and the processor time what it took.
import process from 'node:process';
import { chromium } from '@playwright/test';
import { findChromium } from '../../scripts/findChromium.mjs';
import { circumstances, longest, quantile, startLargeRelay } from './lib/largeRelay.mjs';

const [folder = '', stepText = '50', secondsText = '8'] = process.argv.slice(2);
const step = Number(stepText);
const seconds = Number(secondsText);
/** One frame at 60 a second, in ms. */
const frameMs = 1000 / 60;

const { asMember, asAdministrator, origin, stop } = await startLargeRelay(folder);
const { carnets } = JSON.parse(await asMember('/api/carnets'));
const carnet = longest(carnets);
const executablePath = findChromium();
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

/** Scrolls the page down and up again, `step` pixels a frame. @returns the times between frames, ms. */
const scrollOnPage = async ({ step, seconds }) => {
  const line = document.querySelector('main a[href^="/notes/"]');
  let scroller = line;
  while (
    scroller !== null &&
    !(
      scroller.scrollHeight > scroller.clientHeight + 200 &&
      /auto|scroll/.test(getComputedStyle(scroller).overflowY)
    )
  )
    scroller = scroller.parentElement;
  if (scroller === null) throw new Error('nothing scrolls here');
  const deltas = [];
  let empty = 0;
  await new Promise((resolve) => {
    const until = performance.now() + seconds * 1000;
    let last = performance.now();
    let direction = 1;
    const frame = (now) => {
      deltas.push(now - last);
      last = now;
      const before = scroller.scrollTop;
      scroller.scrollTop += step * direction;
      if (scroller.scrollTop === before) direction = -direction;
      const box = scroller.getBoundingClientRect();
      const under = document.elementFromPoint(box.left + box.width / 2, box.top + box.height * 0.6);
      if (under === null || under.closest('li') === null) empty += 1;
      if (now < until) requestAnimationFrame(frame);
      else resolve();
    };
    requestAnimationFrame(frame);
  });
  return { deltas: deltas.slice(1), empty, drawn: document.querySelectorAll('li').length };
};

/** Processor time of the page's main thread over `work`: the whole of it, and of each of its tasks, ms. */
async function traced(page, work) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] },
  });
  const result = await work();
  const done = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await done;
  const names = new Map(
    events
      .filter(({ name }) => name === 'thread_name')
      .map(({ pid, tid, args }) => [`${pid}.${tid}`, args.name]),
  );
  const sums = new Map();
  const tasks = events.filter(
    ({ name, ph, tdur }) => name.endsWith('RunTask') && ph === 'X' && tdur !== undefined,
  );
  for (const { pid, tid, tdur } of tasks) {
    const thread = `${pid}.${tid}`;
    if (names.get(thread) !== 'CrRendererMain') continue;
    const own = sums.get(thread) ?? [];
    own.push(tdur / 1000);
    sums.set(thread, own);
  }
  // Of the page's process and the others' the busiest.
  const [busiest = []] = [...sums.values()].sort(
    (a, b) => b.reduce((x, y) => x + y, 0) - a.reduce((x, y) => x + y, 0),
  );
  return { ...result, tasks: busiest };
}

async function open(ask, where) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: 'fr-CA' });
  const [name, value] = ask.cookie().split(/=(.*)/s);
  await context.addCookies([{ name, value, url: origin }]);
  const page = await context.newPage();
  const begun = performance.now();
  await page.goto(origin + where);
  await page.locator('main a[href^="/notes/"]').first().waitFor({ timeout: 120_000 });
  const shownAfter = performance.now() - begun;
  // What comes once the page is there: its document, the details.
  await page.waitForTimeout(2000);
  return { context, page, shownAfter };
}

/** @type {readonly (readonly [string, typeof asMember, string])[]} */
const places = [
  ['library, all notes', asMember, '/'],
  ['library, organisations', asMember, '/?kind=organisation'],
  [`carnet of ${carnet.memberCount} notes, reading`, asMember, `/carnets/${carnet.id}`],
  [`carnet of ${carnet.memberCount} notes, managing`, asAdministrator, `/carnets/${carnet.id}`],
];
console.log(`${circumstances()} · Chromium ${browser.version()}, without a graphics processor`);
console.log(`${step} pixels a frame (${Math.round(step * 60)} a second) down and up, ${seconds} s\n`);
console.log(
  '| page | shown after s | frames a second | p95, most ms between frames | late frames | without a line | CPU ms a frame | p99, most CPU ms of a task | tasks above 16.7 ms |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|',
);
for (const [name, ask, where] of places) {
  const { context, page, shownAfter } = await open(ask, where);
  const { deltas, empty, tasks } = await traced(page, () => page.evaluate(scrollOnPage, { step, seconds }));
  const late = deltas.filter((ms) => ms > frameMs * 1.5).length;
  const perSecond = (deltas.length / deltas.reduce((a, b) => a + b, 0)) * 1000;
  const cpu = tasks.reduce((a, b) => a + b, 0) / deltas.length;
  const ms = (value) => value.toFixed(1);
  console.log(
    `| ${name} | ${(shownAfter / 1000).toFixed(1)} | ${ms(perSecond)} | ${ms(quantile(deltas, 0.95))}, ${ms(quantile(deltas, 1))} | ${late} of ${deltas.length} | ${empty} | ` +
      `${ms(cpu)} | ${ms(quantile(tasks, 0.99))}, ${ms(quantile(tasks, 1))} | ${tasks.filter((one) => one > frameMs).length} |`,
  );
  await context.close();
}
await browser.close();
await stop();

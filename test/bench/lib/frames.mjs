import { chromium } from '@playwright/test';
import { findChromium } from '../../../scripts/findChromium.mjs';
import { quantile } from './largeRelay.mjs';

/** One frame at 60 a second, in ms. */
const frameMs = 1000 / 60;

/** A Chromium without a graphics processor. */
export function launchChromium() {
  const executablePath = findChromium();
  return chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

/**
 * Run in the page: scrolls what holds the first `line` down and up again, `step` pixels a frame.
 * @returns the times between frames, ms; in how many of them no `item` was where the list is; how many lines are drawn.
 */
export const scrollOnPage = async ({ line, item = 'li', step, seconds }) => {
  let scroller = document.querySelector(line);
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
      if (under === null || under.closest(item) === null) empty += 1;
      if (now < until) requestAnimationFrame(frame);
      else resolve();
    };
    requestAnimationFrame(frame);
  });
  return { deltas: deltas.slice(1), empty, drawn: document.querySelectorAll('li').length };
};

/** Processor time of the page's main thread over `work`: the whole of it, and of each of its tasks, ms. */
export async function traced(page, work) {
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

/** The head of a table of `frameFigures`, from its first column of them on. */
export const frameTitles =
  ' frames a second | p95, most ms between frames | late frames | without a line | CPU ms a frame | p99, most CPU ms of a task | tasks above 16.7 ms |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|';

/** How evenly something went, as cells of a table. A frame is late when the next one comes more than one and a half intervals after it. */
export function frameFigures({ deltas, empty, tasks }) {
  const late = deltas.filter((ms) => ms > frameMs * 1.5).length;
  const sum = (values) => values.reduce((a, b) => a + b, 0);
  const ms = (value) => value.toFixed(1);
  return (
    ` ${ms((deltas.length / sum(deltas)) * 1000)} | ${ms(quantile(deltas, 0.95))}, ${ms(quantile(deltas, 1))} | ${late} of ${deltas.length} | ${empty} | ` +
    `${ms(sum(tasks) / deltas.length)} | ${ms(quantile(tasks, 0.99))}, ${ms(quantile(tasks, 1))} | ${tasks.filter((one) => one > frameMs).length} |`
  );
}

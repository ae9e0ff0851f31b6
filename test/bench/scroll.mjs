// How evenly the library and the longest carnet of a large relay scroll, as one who reads sees it and as one who manages it.
//   CALEPIN_DATA=/tmp/sample npm run sample
//   node scripts/build.mjs && node test/bench/scroll.mjs /tmp/sample [pixels a frame] [seconds]
// A frame is late when the next one comes more than one and a half intervals after it. Beside it, what each frame costs the page's main thread in processor time: on a machine
// that is busy with other work, the clock says when the page was let run, and the processor time what it took.
import process from 'node:process';
import { frameFigures, frameTitles, launchChromium, scrollOnPage, traced } from './lib/frames.mjs';
import { circumstances, longest, startLargeRelay } from './lib/largeRelay.mjs';

const [folder = '', stepText = '50', secondsText = '8'] = process.argv.slice(2);
const step = Number(stepText);
const seconds = Number(secondsText);

const { asMember, asAdministrator, origin, stop } = await startLargeRelay(folder);
const { carnets } = JSON.parse(await asMember('/api/carnets'));
const carnet = longest(carnets);
const browser = await launchChromium();

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
const line = 'main a[href^="/notes/"]';
console.log(`| page | shown after s |${frameTitles}`);
for (const [name, ask, where] of places) {
  const { context, page, shownAfter } = await open(ask, where);
  const frames = await traced(page, () => page.evaluate(scrollOnPage, { line, step, seconds }));
  console.log(`| ${name} | ${(shownAfter / 1000).toFixed(1)} |${frameFigures(frames)}`);
  await context.close();
}
await browser.close();
await stop();

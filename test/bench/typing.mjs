// What a key costs the page: milliseconds of its main thread, at the pace of a fast hand, beside the same keys in an empty page's bare `contenteditable` (what the browser itself takes).
//   node scripts/build.mjs && node test/bench/typing.mjs [--paragraphs 150: of the note before] [--delay 60: ms between keys]
import process from 'node:process';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { findChromium } from '../../scripts/findChromium.mjs';
import { newFullRelay } from '../support/newFullRelay.ts';
import { circumstances } from './lib/largeRelay.mjs';

const { values: o } = parseArgs({
  options: {
    paragraphs: { type: 'string', default: '150' },
    delay: { type: 'string', default: '60' },
  },
});
const text = 'Bonjour tout le monde, ceci est un essai. '.repeat(3);
const parts = { TaskDuration: 'all', ScriptDuration: 'of it scripts', LayoutDuration: 'of it layout' };

const relay = await newFullRelay();
const browser = await chromium.launch({
  executablePath: findChromium() ?? undefined,
  args: ['--no-sandbox', '--disable-gpu'],
});

/** Milliseconds a key of the page's main thread. */
async function typed(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const metrics = async () =>
    Object.fromEntries(
      (await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]),
    );
  const before = await metrics();
  await page.keyboard.type(text, { delay: Number(o.delay) });
  await page.waitForTimeout(1_000);
  const after = await metrics();
  return Object.fromEntries(
    Object.keys(parts).map((name) => [name, ((after[name] - before[name]) * 1_000) / text.length]),
  );
}

async function newPage() {
  const context = await browser.newContext({
    locale: 'fr-CA',
    viewport: { width: 1400, height: 900 },
    serviceWorkers: 'block',
  });
  return context.newPage();
}

const bare = await newPage();
await bare.setContent('<div contenteditable style="font: 20px serif; padding: 2em">Un début. </div>');
await bare.locator('div').click();
const note = await newPage();
await note.goto(relay.launchUrl);
await note.getByRole('button', { name: 'Nouvelle note' }).first().click();
await note.getByRole('textbox', { name: 'Texte de la note' }).click();
for (let at = 0; at < Number(o.paragraphs); at++) {
  await note.keyboard.insertText(
    'Le comité se réunit le mardi et chaque famille a sa clé du jardin partagé. '.repeat(5),
  );
  await note.keyboard.press('Enter');
}
await note.waitForTimeout(3_000);

console.log(circumstances());
for (const [name, page] of Object.entries({ bare, 'a note': note })) {
  const cost = await typed(page);
  const shown = Object.entries(parts).map(([part, words]) => `${words} ${cost[part].toFixed(1)}`);
  console.log(`${name}: ${shown.join(', ')} ms a key`);
}
await browser.close();
await relay.close();
process.exit(0);

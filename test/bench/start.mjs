// From the start of the application to the first letter on the screen, and what its processes then take: on the test host of the desktop, and in a browser.
//   node scripts/build.mjs && node test/bench/start.mjs [times]
// « first » begins with an empty folder, « again » with the one of the start before. The host is Chromium, not Electron: its browser's own processes are told apart.
import { readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, release, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { chromium } from '@playwright/test';
import { findChromium } from '../../scripts/findChromium.mjs';
import { Product } from '../support/Product.ts';
import { launchDesktop } from '../support/launchDesktop.ts';
import { median, sleep } from './lib/proc.mjs';

const times = Number(process.argv[2] ?? 5);

/** Memory of a process that it shares with no other, and its part of what is shared, in MiB. */
const pss = (pid) => {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]) / 1024;
  } catch {
    return 0;
  }
};

/** A process and all below it: pid and command line. */
function below(top) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        return [{ pid: Number(name), parent, command: readFileSync(`/proc/${name}/cmdline`, 'utf8') }];
      } catch {
        return [];
      }
    });
  const found = new Set([top]);
  for (let size = 0; size < found.size;) {
    size = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  return all.filter(({ pid }) => found.has(pid));
}

const partOf = (command, main) => {
  if (command.includes('--type=renderer')) return 'page';
  if (command.includes('electron/relay/index.js')) return 'relay';
  if (command.includes('chromium') || command.includes('chrome')) return "the browser's own";
  return main;
};

function memory(top, main) {
  const parts = {};
  for (const { pid, command } of below(top)) {
    const part = partOf(command, main);
    parts[part] = (parts[part] ?? 0) + pss(pid);
  }
  return parts;
}

/** From a page that is asked for to a letter in a new note. */
async function typeFirst(page) {
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click({ timeout: 120_000 });
  const text = page.getByRole('textbox', { name: 'Texte de la note' });
  await text.click({ timeout: 120_000 });
  await page.keyboard.type('a');
  await text.getByText('a').waitFor();
}

const figures = new Map();
const note = (name, parts) => {
  const all = figures.get(name) ?? {};
  for (const [part, value] of Object.entries(parts)) (all[part] ??= []).push(value);
  figures.set(name, all);
};

for (let n = 0; n < times; n++) {
  const folder = await mkdtemp(path.join(tmpdir(), 'calepin-start-'));
  for (const which of ['first', 'again']) {
    const begun = performance.now();
    const desktop = await launchDesktop(folder);
    const page = await desktop.window();
    await page.getByRole('button', { name: 'Nouvelle note' }).first().waitFor({ timeout: 120_000 });
    const shown = performance.now() - begun;
    await typeFirst(page);
    note(`desktop, ${which}`, { 'shown s': shown / 1000, 'typed s': (performance.now() - begun) / 1000 });
    await sleep(2_000);
    note(`desktop, ${which}`, memory(desktop.pid, 'main'));
    await desktop.quit();
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

const product = await Product.start();
for (let n = 0; n < times; n++) {
  const profile = await mkdtemp(path.join(tmpdir(), 'calepin-profile-'));
  for (const which of ['first', 'again']) {
    const browser = await chromium.launchPersistentContext(profile, {
      executablePath: findChromium() ?? undefined,
      locale: 'fr-CA',
      args: ['--no-sandbox', '--disable-gpu'],
    });
    const [page = await browser.newPage()] = browser.pages();
    const begun = performance.now();
    await page.goto(which === 'first' ? product.readyUrl : product.origin);
    await page.getByRole('button', { name: 'Nouvelle note' }).first().waitFor({ timeout: 120_000 });
    const shown = performance.now() - begun;
    await typeFirst(page);
    note(`browser, ${which}`, { 'shown s': shown / 1000, 'typed s': (performance.now() - begun) / 1000 });
    await browser.close();
  }
  await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
await product.close();

console.log(
  `${new Date().toISOString()} · ${availableParallelism()} × ${cpus()[0]?.model} · Linux ${release()} · Node ${process.version} · load ${loadavg()[0]?.toFixed(1)}`,
);
for (const [name, parts] of figures) {
  const told = Object.entries(parts).map(([part, values]) => {
    const isTime = part.endsWith(' s');
    const [low, high] = [Math.min(...values), Math.max(...values)].map((one) => one.toFixed(isTime ? 1 : 0));
    return `${part} ${median(values).toFixed(isTime ? 1 : 0)} (${low}–${high})`;
  });
  console.log(`${name}: ${told.join(' · ')}`);
}
process.exit(0);

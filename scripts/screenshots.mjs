import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { requireNode } from './checkNode.mjs';
import { findChromium } from './findChromium.mjs';
import { root } from './run.mjs';

// Pictures of the main screens, taken of the product itself with two people in it: light and dark, French and English.
//   npm run screenshots -- [--out docs/screenshots] [--width 1280] [--height 860]

requireNode();
const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: path.join(root, 'docs/screenshots') },
    width: { type: 'string', default: '1280' },
    height: { type: 'string', default: '860' },
  },
});
const viewport = { width: Number(options.width), height: Number(options.height) };

/** What the two people write, and the words of the interface that lead from screen to screen. */
const scripts = {
  fr: {
    locale: 'fr-CA',
    version: 'Avant la relecture',
    edit: 'Modifier',
    guestWrites: ' Thomas ajoute une phrase pendant que Marianne relit.',
    ownerWrites: ' Nous en parlerons à la rencontre de jeudi.',
    export: 'Exporter',
    makePdf: 'Faire le PDF',
    ready: 'C’est prêt',
    enter: 'Entrer',
    name: 'Votre nom',
  },
  en: {
    locale: 'en-CA',
    version: 'Before the review',
    edit: 'Edit',
    guestWrites: ' Thomas adds a sentence while Marianne reads again.',
    ownerWrites: ' We will talk about it on Thursday.',
    export: 'Export',
    makePdf: 'Make the PDF',
    ready: 'Ready',
    enter: 'Come in',
    name: 'Your name',
  },
};

/** @param {string} folder - the data folder. */
async function startProduct(folder) {
  const child = spawn(process.execPath, [path.join(root, 'scripts/start.mjs')], {
    env: { ...process.env, PORT: '0', CALEPIN_OPEN: '0', CALEPIN_DATA: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => ['it ended']),
  ]);
  const url = /^Calepin is ready: (\S+)$/.exec(String(line))?.[1];
  if (url === undefined) throw new Error(`Calepin did not start: ${line}`);
  return { child, url };
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} where
 * @param {{ method?: string, data?: unknown }} [request]
 */
async function api(page, where, { method = 'GET', data } = {}) {
  const origin = new URL(page.url()).origin;
  const answer = await page.request.fetch(`${origin}${where}`, { method, data, headers: { origin } });
  if (!answer.ok()) throw new Error(`${method} ${where}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}

/**
 * Types at the end of a block.
 * @param {import('playwright-core').Page} page
 * @param {string} block - selector of the block, inside the text.
 * @param {string} text
 */
async function typeAfter(page, block, text) {
  const place = page.locator(`.ProseMirror ${block}`).first();
  const box = await place.boundingBox();
  if (box === null) throw new Error(`nothing to write in: ${block}`);
  // The End key goes to the end of a line, so the last line is what is clicked.
  await place.click({ position: { x: box.width / 2, y: box.height - 6 } });
  await page.keyboard.press('End');
  await page.keyboard.type(text, { delay: 15 });
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {'fr' | 'en'} language
 */
async function takeAll(browser, language) {
  const words = scripts[language];
  const folder = mkdtempSync(path.join(tmpdir(), 'calepin-screenshots-'));
  const { child, url } = await startProduct(folder);
  const newPage = async () => {
    const context = await browser.newContext({ viewport, locale: words.locale, reducedMotion: 'reduce' });
    return context.newPage();
  };
  /**
   * @param {import('playwright-core').Page} page
   * @param {string} name
   */
  const take = async (page, name) => {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(() => document.fonts.ready);
      // Two frames: one for the theme to be applied, one for it to be painted; then what it makes fade.
      await page.evaluate(async () => {
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        await Promise.allSettled(
          document.getAnimations().flatMap(({ effect, finished }) => {
            // A caret's name pulses for ever.
            return effect?.getComputedTiming().endTime === Infinity ? [] : [finished];
          }),
        );
      });
      await page.screenshot({ path: path.join(options.out, `${name}-${language}-${colorScheme}.png`) });
    }
  };
  try {
    const owner = await newPage();
    await owner.goto(url);
    await owner.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
    await api(owner, '/api/session/person', {
      method: 'PATCH',
      data: { name: 'Marianne Lavoie', colour: 'sarcelle' },
    });
    const { carnets } = await api(owner, '/api/carnets');
    const { entries } = await api(owner, `/api/carnets/${carnets[0].id}`);
    const noteId = entries[1].memberId;
    const origin = new URL(url).origin;
    const { url: invitation } = await api(owner, '/api/invitations', {
      method: 'POST',
      data: { subject: 'note', subjectId: noteId, role: 'author', days: 7 },
    });
    await api(owner, `/api/notes/${noteId}/versions`, { method: 'POST', data: { name: words.version } });

    const guest = await newPage();
    await guest.goto(invitation);
    await guest.getByLabel(words.name).fill('Thomas Nguyen');
    await guest.getByRole('button', { name: words.enter }).click();
    await guest.waitForURL(`**/notes/${noteId}`);

    await owner.goto(`${origin}/`);
    await owner.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
    await take(owner, 'library');

    await owner.goto(`${origin}/notes/${entries[0].memberId}`);
    await owner.locator('article p, .note-body p').first().waitFor();
    await take(owner, 'note');

    await owner.goto(`${origin}/notes/${noteId}`);
    for (const page of [owner, guest]) {
      await page.getByRole('button', { name: words.edit, exact: true }).first().click();
      await page.locator('.ProseMirror').waitFor();
    }
    await typeAfter(owner, 'ol li:last-child p', words.ownerWrites);
    await typeAfter(guest, '> p', words.guestWrites);
    await owner.getByText(words.guestWrites.trim()).waitFor();
    await take(owner, 'editing');

    await owner.goto(`${origin}/notes/${noteId}/history`);
    await owner.locator('ins, del').first().waitFor();
    await take(owner, 'history');

    await owner.goto(`${origin}/carnets/${carnets[0].id}`);
    await owner.getByRole('main').getByText(entries[5].note.title).waitFor();
    await take(owner, 'carnet');

    await owner.getByRole('button', { name: words.export }).first().click();
    await owner.getByRole('button', { name: words.makePdf }).click();
    await owner.getByText(words.ready).waitFor({ timeout: 90_000 });
    await take(owner, 'export');
  } finally {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  }
}

const executablePath = findChromium();
if (executablePath === null) {
  process.stderr.write('Chromium is not here: install it, or name it with CALEPIN_CHROMIUM.\n');
  process.exit(1);
}
mkdirSync(options.out, { recursive: true });
const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  for (const language of /** @type {const} */ (['fr', 'en'])) await takeAll(browser, language);
} finally {
  await browser.close();
}

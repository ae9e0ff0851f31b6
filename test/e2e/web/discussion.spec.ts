import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { type Browser, expect, type Page, test } from '@playwright/test';
import type { NotePage } from '#shared/api/notes.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { type OpenBrowser, openBrowser, openOwner } from '../../support/openBrowser.ts';

/** Pictures of the states, to be looked at; kept where CALEPIN_PICTURES says. */
const pictures = process.env['CALEPIN_PICTURES'];
const picture = async (page: Page, name: string): Promise<void> => {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
};

let relay: FullRelay;
let author: TestVisitor;
let note: NoteId;
let link: string;
test.beforeEach(async () => {
  relay = await newFullRelay();
  author = await relay.signIn();
  ({
    note: { id: note },
  } = await author.json<NotePage>('POST', '/api/notes', { title: 'Le jardin des voisins' }));
  ({ url: link } = await author.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'note',
    subjectId: note,
    role: 'commenter',
  }));
});
test.afterEach(async () => {
  await relay.close();
});
// The machine may be busy: limits, not waits.
test.describe.configure({ timeout: 60_000 });

const address = (): string => `${relay.url}/notes/${note}`;

/** Two people in front of the note: its author, and somebody who was invited to read it and to comment. */
async function twoPeople(browser: Browser): Promise<{ anne: OpenBrowser; marcel: OpenBrowser }> {
  const anne = await openOwner(browser, relay);
  await anne.page.getByRole('navigation').waitFor();
  await anne.page.goto(address());
  const marcel = await openBrowser(browser, link);
  await marcel.page.getByRole('textbox', { name: 'Votre nom' }).fill('Marcel Roy');
  await marcel.page.getByRole('button', { name: 'Entrer' }).click();
  await marcel.page.waitForURL(address());
  return { anne, marcel };
}

const discuss = (page: Page) => page.getByRole('button', { name: 'Discuter de la note' });
const newThread = (page: Page) => page.getByRole('textbox', { name: 'Nouveau fil' });
const threads = (page: Page) => page.locator('[data-thread]');

test('two people discuss a note, live, without a reload: begin, answer, name, say anew, take back, settle', async ({
  browser,
}) => {
  const { anne, marcel } = await twoPeople(browser);
  await expect(marcel.page.getByText('Aucun fil ouvert')).toBeVisible();
  await discuss(marcel.page).click();
  await expect(marcel.page.getByRole('heading', { name: 'Discussion' })).toBeFocused();
  await expect(marcel.page.getByText('Personne n’en a encore parlé')).toBeVisible();
  await picture(marcel.page, 'empty');
  await newThread(marcel.page).fill('D’où viendra l’eau ?');
  await marcel.page.keyboard.press('Control+Enter');
  await expect(threads(marcel.page)).toContainText('D’où viendra l’eau ?');
  await expect(newThread(marcel.page)).toHaveValue('');

  // The author sees it come in the block, then in the panel.
  await expect(anne.page.getByText('1 fil ouvert')).toBeVisible();
  await discuss(anne.page).click();
  await expect(threads(anne.page)).toContainText('Marcel Roy');
  await threads(anne.page).getByRole('button', { name: 'Répondre' }).click();
  const answer = anne.page.getByRole('textbox', { name: 'Répondre à Marcel Roy' });
  await expect(answer).toBeFocused();
  // By keyboard alone: `@`, the first letters, the arrows, Enter.
  await anne.page.keyboard.type('Du puits, @mar');
  await expect(anne.page.getByRole('option', { name: 'Marcel Roy' })).toBeVisible();
  await picture(anne.page, 'mention');
  await anne.page.keyboard.press('Enter');
  await anne.page.keyboard.type('et de la pluie.');
  await expect(answer).toHaveValue('Du puits, @Marcel Roy et de la pluie.');
  await anne.page.keyboard.press('Control+Enter');
  await expect(threads(marcel.page)).toContainText('Du puits, @Marcel Roy et de la pluie.');

  // One's own words, and only those, are said anew and taken back.
  const menus = (page: Page) => page.getByRole('button', { name: 'Actes sur votre message' });
  await expect(menus(anne.page)).toHaveCount(1);
  await menus(anne.page).click();
  await anne.page.getByRole('menuitem', { name: 'Modifier' }).click();
  await anne.page.getByRole('textbox', { name: 'Votre message' }).fill('Du puits du parc.');
  await anne.page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(threads(marcel.page)).toContainText('Du puits du parc. (modifié)');
  await menus(marcel.page).click();
  await marcel.page.getByRole('menuitem', { name: 'Retirer' }).click();
  await picture(marcel.page, 'retract');
  await marcel.page.getByRole('button', { name: 'Retirer', exact: true }).click();
  await expect(threads(anne.page)).toContainText('Message retiré');
  await expect(anne.page.getByText('D’où viendra l’eau ?')).toHaveCount(0);
  await picture(anne.page, 'thread');

  await anne.page.getByRole('button', { name: 'Marquer comme réglé' }).click();
  await expect(marcel.page.getByRole('button', { name: '1 fil réglé' })).toBeVisible();
  await expect(threads(marcel.page)).toHaveCount(0);
  await marcel.page.getByRole('button', { name: '1 fil réglé' }).click();
  await expect(threads(marcel.page)).toContainText('Réglé par');
  await marcel.page.getByRole('button', { name: 'Rouvrir' }).click();
  await expect(threads(anne.page)).toContainText('Du puits du parc.');

  await anne.page.getByRole('button', { name: 'Revenir aux détails' }).click();
  await expect(discuss(anne.page)).toBeFocused();

  // A notice tells it, and leads there.
  await marcel.page.goto(`${relay.url}/notices`);
  await marcel.page.getByRole('link', { name: /vous a nommé·e dans la discussion/ }).click();
  await expect(threads(marcel.page)).toContainText('Du puits du parc.');
  expect([...anne.errors, ...marcel.errors]).toEqual([]);
});

test('[R348] words that were begun are there again, and those written without a network wait on this device, through a reload, and leave once, marked', async ({
  browser,
}) => {
  const { anne } = await twoPeople(browser);
  await discuss(anne.page).click();
  await newThread(anne.page).fill('Une idée à finir');
  await newThread(anne.page).press('Escape');
  await expect(discuss(anne.page)).toBeFocused();
  await anne.page.keyboard.press('Enter');
  await expect(newThread(anne.page)).toHaveValue('Une idée à finir');

  await anne.context.route('**/threads', (route) => route.abort());
  // Until the page is loaded again, this device is in the morning.
  await anne.page.evaluate(() => {
    const real = Date.now;
    Date.now = () => real() - 3 * 60 * 60 * 1_000;
  });
  await anne.page.getByRole('button', { name: 'Publier' }).click();
  const waiting = anne.page.locator('[data-waiting]');
  await expect(waiting).toContainText('Une idée à finir');
  await expect(waiting).toContainText('Partira quand le réseau reviendra');
  await expect(newThread(anne.page)).toHaveValue('');
  await picture(anne.page, 'waiting');
  await anne.page.reload();
  await discuss(anne.page).click();
  await waiting.getByRole('button', { name: 'Modifier' }).click();
  await anne.page.getByRole('textbox', { name: 'Votre message' }).fill('Une idée finie');
  await anne.page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(waiting).toContainText('Une idée finie');
  const failed = anne.page.getByText('La discussion n’a pas pu s’afficher');
  await expect(failed).toBeVisible({ timeout: 30_000 });
  await picture(anne.page, 'failed');
  await anne.context.unroute('**/threads');
  // It leaves by itself; the browser says when its network is back.
  await anne.page.evaluate(() => window.dispatchEvent(new Event('online')));
  // The list comes back with it, also where nobody asks again.
  await expect(waiting).toHaveCount(0);
  await expect(failed).toHaveCount(0);
  await expect(threads(anne.page)).toHaveCount(1);
  await expect(threads(anne.page)).toContainText('Une idée finie');
  await expect(threads(anne.page)).toContainText('écrit hors ligne le');
  await picture(anne.page, 'written-offline');
});

test('the discussion fits, in both languages, light and dark, wide and narrow', async ({ browser }) => {
  const { anne, marcel } = await twoPeople(browser);
  await discuss(marcel.page).click();
  for (const words of ['D’où viendra l’eau ?', 'Et qui gardera la clé du cabanon pendant l’hiver ?']) {
    await newThread(marcel.page).fill(words);
    await marcel.page.getByRole('button', { name: 'Publier' }).click();
    await expect(threads(marcel.page).first()).toContainText(words);
  }
  await discuss(anne.page).click();
  await threads(anne.page).last().getByRole('button', { name: 'Répondre' }).click();
  await anne.page.keyboard.insertText('Du puits du parc, et de la pluie. On en reparle mardi ?');
  await anne.page.keyboard.press('Control+Enter');
  await expect(threads(anne.page).first()).toContainText('On en reparle mardi');
  for (const [name, width, height] of [
    ['1280', 1280, 800],
    ['1920', 1920, 1000],
    ['360', 360, 740],
  ] as const) {
    await anne.page.setViewportSize({ width, height });
    if (width === 360) {
      // So narrow a window hides the column until it is asked for.
      await expect(threads(anne.page).first()).toBeHidden();
      await anne.page.keyboard.press('Control+.');
    }
    for (const scheme of ['light', 'dark'] as const) {
      await anne.page.emulateMedia({ colorScheme: scheme });
      await expect(threads(anne.page).first()).toBeVisible();
      const overflow = await anne.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
      await picture(anne.page, `discussion-${name}-${scheme}`);
    }
  }
  const english = await openOwner(browser, relay, { locale: 'en-CA' });
  await english.page.getByRole('navigation').waitFor();
  await english.page.goto(address());
  await english.page.getByRole('button', { name: 'Discuss the note' }).click();
  await expect(english.page.getByRole('button', { name: 'Reply' })).toHaveCount(2);
  await picture(english.page, 'discussion-en');
});

/** What the note says from now on, one paragraph each. */
async function write(...lines: string[]): Promise<void> {
  const { operations } = relay.relay;
  const [person] = (await operations.catalogue.notes.get(note))!.authors;
  const content = lines.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }));
  await operations.documents.change(note, { person: person!, operation: 'test' }, (doc) =>
    replaceNoteContent(doc, { title: 'Le jardin', language: 'fr', body: { type: 'doc', content } }),
  );
}
/** The words that the page marks as being discussed. */
const marked = (page: Page, name = 'discussed'): Promise<string[]> =>
  page.evaluate(
    (key) => [...(CSS.highlights.get(key) ?? [])].map((range) => (range as Range).toString()),
    name,
  );
/** Chooses words of the reading page, as the mouse would. @returns where they stand. */
const choose = (page: Page, words: string): Promise<{ x: number; y: number }> =>
  page.evaluate((wanted) => {
    const walker = document.createTreeWalker(document.querySelector('.note-reader')!, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.nodeValue!.indexOf(wanted);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + wanted.length);
      document.getSelection()!.removeAllRanges();
      document.getSelection()!.addRange(range);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      return { x: (left + right) / 2, y: (top + bottom) / 2 };
    }
    throw new Error(`« ${wanted} » is not on the page`);
  }, words);

test('a reader speaks of a passage, which is marked for both, follows its words, and is listed once they are gone', async ({
  browser,
}) => {
  await write('Le jardin ouvre en mai.', 'On y vient à pied, avec ses outils.');
  const { anne, marcel } = await twoPeople(browser);
  const before = await relay.relay.operations.log.head(note);
  for (const { page } of [anne, marcel]) await expect(page.getByText('On y vient à pied')).toBeVisible();
  const point = await choose(marcel.page, 'vient à pied');
  await marcel.page.getByRole('button', { name: 'Commenter' }).click();
  const field = marcel.page.getByRole('textbox', { name: 'Votre commentaire sur ce passage' });
  await expect(field).toBeFocused();
  await expect.poll(() => marked(marcel.page, 'discussed-now')).toEqual(['vient à pied']);
  await picture(marcel.page, 'comment');
  await marcel.page.keyboard.insertText('Et à vélo ?');
  await marcel.page.keyboard.press('Control+Enter');
  await expect.poll(() => marked(marcel.page)).toEqual(['vient à pied']);
  await expect.poll(() => marked(anne.page)).toEqual(['vient à pied']);
  // Nothing was written in the note.
  expect(await relay.relay.operations.log.head(note)).toEqual(before);

  // A click on the words opens their thread.
  await anne.page.mouse.click(point.x, point.y);
  await expect(threads(anne.page)).toContainText('Et à vélo ?');
  await expect(threads(anne.page)).toBeFocused();
  await expect.poll(() => marked(anne.page, 'discussed-now')).toEqual(['vient à pied']);
  await picture(anne.page, 'passage');
  await anne.page.emulateMedia({ colorScheme: 'dark' });
  await picture(anne.page, 'passage-dark');

  // The words move to another block: they are found there. They go: the thread says what it was about.
  await write('Venez.', 'Le jardin ouvre en mai.', 'Souvent, on y vient à pied.');
  await expect.poll(() => marked(marcel.page)).toEqual(['vient à pied']);
  await write('Le jardin ouvre en mai.');
  await expect(threads(marcel.page)).toContainText('Ce passage n’est plus dans la note');
  await expect(threads(marcel.page).getByRole('blockquote')).toHaveText('vient à pied');
  expect(await marked(marcel.page)).toEqual([]);

  // Settled threads mark nothing; the letter C does what the button does.
  await write('Le jardin ouvre en mai.', 'On y vient à pied.');
  await expect.poll(() => marked(marcel.page)).toEqual(['vient à pied']);
  await marcel.page.getByRole('button', { name: 'Marquer comme réglé' }).click();
  await expect.poll(() => marked(anne.page)).toEqual([]);
  await choose(marcel.page, 'en mai');
  await expect(marcel.page.getByRole('button', { name: 'Commenter' })).toBeVisible();
  await marcel.page.keyboard.press('c');
  await expect(marcel.page.getByRole('textbox', { name: 'Votre commentaire sur ce passage' })).toBeFocused();
  await marcel.page.getByRole('button', { name: 'Parler de la note entière' }).click();
  await expect(newThread(marcel.page)).toHaveValue('');
  expect([...anne.errors, ...marcel.errors]).toEqual([]);
});

test('who writes speaks of a passage without leaving the text, and sees what is being discussed', async ({
  browser,
}) => {
  await write('Le jardin ouvre en mai.', 'On y vient à pied, avec ses outils.');
  const { anne, marcel } = await twoPeople(browser);
  await anne.page.getByRole('button', { name: 'Modifier' }).click();
  const text = anne.page.getByRole('textbox', { name: 'Texte de la note' });
  await text.getByText('On y vient').click();
  await anne.page.keyboard.press('Home');
  for (const _ of 'On y') await anne.page.keyboard.press('Shift+ArrowRight');
  await anne.page.getByRole('button', { name: 'Commenter' }).click();
  const field = anne.page.getByRole('textbox', { name: 'Votre commentaire sur ce passage' });
  await expect(field).toBeFocused();
  await picture(anne.page, 'editor-comment');
  await anne.page.keyboard.insertText('Qui, « on » ?');
  await anne.page.keyboard.press('Control+Enter');
  await expect.poll(() => marked(marcel.page)).toEqual(['On y']);
  await expect.poll(() => marked(anne.page)).toEqual(['On y']);
  // It follows what is written before it and in it.
  await text.getByText('On y vient').click();
  await anne.page.keyboard.press('Home');
  await anne.page.keyboard.insertText('Bref, ');
  await expect.poll(() => marked(anne.page)).toEqual(['On y']);
  await anne.page.keyboard.press('Enter');
  for (const page of [anne.page, marcel.page]) await expect.poll(() => marked(page)).toEqual(['On y']);
  // By keyboard.
  for (const _ of 'On') await anne.page.keyboard.press('Shift+ArrowRight');
  await anne.page.keyboard.press('Control+Shift+M');
  await expect(field).toBeFocused();
  await expect(anne.page.getByRole('blockquote').first()).toHaveText('On');
  await picture(anne.page, 'editor-marked');
  expect([...anne.errors, ...marcel.errors]).toEqual([]);
});

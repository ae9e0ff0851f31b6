import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test';
import { type Community, newCommunity } from '../../support/newCommunity.ts';
import { type OpenBrowser, openBrowser } from '../../support/openBrowser.ts';

// One story of five people over two communities, from the founding to the public page: what each does at the screen, and what the others see of it without doing anything.

/** Pictures of the moments, to be looked at; kept where CALEPIN_PICTURES says. */
const pictures = process.env['CALEPIN_PICTURES'];
async function look(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [width, height] of [
      [1280, 860],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
      await page.screenshot({ path: path.join(pictures, `${name}-${width}-${colorScheme}.png`) });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

let relay: Community;
test.beforeEach(async () => {
  relay = await newCommunity();
});
test.afterEach(() => relay.close());
// The machine may be busy: limits, not waits.
test.describe.configure({ timeout: 300_000 });
test.use({ actionTimeout: 20_000 });

const options = { reducedMotion: 'reduce' } as const;
const dialog = (page: Page): Locator => page.getByRole('dialog');
const bodyOf = (page: Page): Locator => page.getByRole('textbox', { name: 'Texte de la note' });
const isSaved = (page: Page): Promise<void> =>
  expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved', { timeout: 40_000 });

/** The administrator, with the account that the first link made. */
async function openAdministrator(browser: Browser): Promise<OpenBrowser> {
  const ada = await relay.administrator();
  const [name = '', value = ''] = ada.cookie.split('=');
  const one = await openBrowser(browser, 'about:blank', options);
  await one.context.addCookies([{ name, value, url: relay.url }]);
  await one.page.goto(relay.url);
  return one;
}

/** Somebody new, by a link that they were sent. */
async function come(browser: Browser, link: string, name: string): Promise<OpenBrowser> {
  const one = await openBrowser(browser, link, options);
  await one.page.getByRole('textbox', { name: 'Votre nom' }).fill(name);
  await one.page.getByRole('button', { name: 'Entrer' }).click();
  await expect(one.page.getByRole('heading', { level: 1 })).toBeVisible();
  return one;
}

async function found(page: Page, name: string, description: string): Promise<void> {
  await page.getByRole('button', { name: 'Nouvelle communauté' }).first().click();
  await page.getByRole('textbox', { name: 'Nom' }).fill(name);
  await page.getByRole('textbox', { name: 'Description' }).fill(description);
  await page.getByRole('button', { name: 'Fonder la communauté' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

/** @returns the address that a button's dialog gives. */
async function linkFrom(page: Page, act: string): Promise<string> {
  await page.getByRole('button', { name: act }).first().click();
  await page.getByRole('button', { name: 'Créer un lien' }).click();
  const link = await page.getByTestId('invitation-link').inputValue();
  await dialog(page).getByRole('button', { name: 'Fermer' }).click();
  await expect(dialog(page)).toHaveCount(0);
  return link;
}

async function show(page: Page, visibility: string): Promise<void> {
  const button = page.getByRole('button', { name: /Changer la visibilité/ });
  await button.click();
  await page.getByRole('menuitem', { name: new RegExp(`^${visibility}`) }).click();
  await expect(button).toContainText(visibility);
}

/** Chooses words of the reading page, as the mouse would. */
const choose = (page: Page, words: string): Promise<void> =>
  page.evaluate((wanted) => {
    const walker = document.createTreeWalker(document.querySelector('.note-reader')!, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.nodeValue!.indexOf(wanted);
      if (at < 0) continue;
      document
        .getSelection()!
        .setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + wanted.length);
      return;
    }
    throw new Error(`« ${wanted} » is not on the page`);
  }, words);

test('five people, two communities: a note is written, shown, gathered, discussed, withdrawn, thrown away, brought back and published', async ({
  browser,
}) => {
  // Ada founds the first community and invites Basile; Chloé, whom she invites too, founds the second and invites Denis.
  const ada = await openAdministrator(browser);
  await found(ada.page, 'Table de quartier', 'Les organismes du quartier, qui se parlent tous les mois.');
  const toTable = await linkFrom(ada.page, 'Inviter');
  const basile = await come(browser, toTable, 'Basile Tremblay');
  await expect(basile.page.getByText('Vous en êtes membre')).toBeVisible();
  const chloe = await come(browser, toTable, 'Chloé Roy');
  await found(
    chloe.page,
    'Cuisines collectives',
    'On cuisine ensemble, on partage les recettes et les frais.',
  );
  const denis = await come(browser, await linkFrom(chloe.page, 'Inviter'), 'Denis Côté');
  await look(chloe.page, 'community');
  await chloe.page.getByRole('link', { name: 'Table de quartier' }).first().click();
  await chloe.page.getByRole('button', { name: 'Actes sur la communauté' }).click();
  await chloe.page.getByRole('menuitem', { name: 'Quitter la communauté' }).click();
  await expect(chloe.page.getByRole('heading', { level: 1, name: 'Communautés' })).toBeVisible();
  await chloe.page
    .getByRole('main')
    .getByRole('link', { name: /Table de quartier/ })
    .click();
  await expect(chloe.page.getByRole('button', { name: 'Demander à rejoindre' })).toBeVisible();

  // Ada begins a note and writes it with Émilie.
  await ada.page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  await ada.page.getByRole('textbox', { name: 'Titre de la note' }).fill('Le jardin de la ruelle');
  await isSaved(ada.page);
  const address = ada.page.url();
  const emilie = await come(browser, await linkFrom(ada.page, 'Partager'), 'Émilie Gagnon');
  await emilie.page.getByRole('button', { name: 'Modifier' }).first().click();
  await bodyOf(ada.page).click();
  await ada.page.keyboard.type('Le jardin ouvre en mai. ');
  await expect(bodyOf(emilie.page)).toContainText('Le jardin ouvre en mai.');
  await bodyOf(emilie.page).click();
  await emilie.page.keyboard.press('Control+End');
  await Promise.all([
    emilie.page.keyboard.type('On y vient à pied, avec ses outils.', { delay: 10 }),
    ada.page.getByRole('combobox', { name: 'Communauté liée' }).selectOption({ label: 'Table de quartier' }),
  ]);
  await expect(bodyOf(ada.page)).toContainText('On y vient à pied, avec ses outils.');
  await expect(ada.page.getByTestId('presence').getByRole('listitem')).toHaveCount(2);
  await look(ada.page, 'writing');
  await Promise.all([isSaved(ada.page), isSaved(emilie.page)]);

  // Denis has no right to it, until it is shown to everybody here.
  await denis.page.goto(address);
  await expect(denis.page.getByText(/ne vous est pas ouvert/).first()).toBeVisible();
  await look(denis.page, 'closed');
  await show(ada.page, 'membres');
  await denis.page.reload();
  await expect(denis.page.getByText('On y vient à pied')).toBeVisible();

  // Chloé puts it in a carnet of the other community, without a word in the note.
  await chloe.page.getByRole('button', { name: 'Nouveau carnet' }).click();
  await chloe.page.getByRole('textbox', { name: 'Titre du carnet' }).fill('Récits de cuisine');
  await chloe.page.getByRole('button', { name: 'Créer le carnet' }).click();
  await expect(chloe.page.getByRole('heading', { name: 'Ce carnet attend ses notes' })).toBeVisible();
  await chloe.page
    .getByRole('combobox', { name: 'Communauté liée' })
    .selectOption({ label: 'Cuisines collectives' });
  await chloe.page.getByRole('combobox', { name: 'Visibilité' }).selectOption('members');
  await chloe.page.goto(address);
  await chloe.page.getByRole('button', { name: 'Ajouter à un carnet' }).first().click();
  await dialog(chloe.page)
    .getByRole('button', { name: /Récits de cuisine/ })
    .click();
  await expect(ada.page.getByText(/Intégré par Chloé Roy, le \d/)).toBeVisible();
  await chloe.page
    .getByRole('link', { name: /Récits de cuisine/ })
    .last()
    .click();
  await expect(chloe.page.locator('main [data-entry]')).toContainText('Le jardin de la ruelle');
  await look(chloe.page, 'carnet');

  // Denis asks to write in it; Ada is told, and lets him.
  await denis.page.getByRole('button', { name: 'Demander à modifier' }).click();
  await denis.page.getByRole('textbox', { name: /Un mot pour les auteur·trices/ }).fill('J’ai les semences.');
  await denis.page.getByRole('button', { name: 'Envoyer la demande' }).click();
  await expect(denis.page.getByText('Demande de modification envoyée')).toBeVisible();
  await ada.page.getByRole('button', { name: 'Accepter Denis Côté comme auteur·trice' }).click();
  await expect(denis.page.getByRole('button', { name: 'Modifier' }).first()).toBeVisible();

  // Basile speaks of a passage and names Ada, who finds it from her notices.
  await basile.page.goto(address);
  await expect(basile.page.getByText('On y vient à pied')).toBeVisible();
  await choose(basile.page, 'vient à pied');
  await basile.page.getByRole('button', { name: 'Commenter' }).click();
  await basile.page.keyboard.type('Et à vélo, @ad');
  await expect(basile.page.getByRole('option').first()).toBeVisible();
  await basile.page.keyboard.press('Enter');
  await basile.page.keyboard.type('?');
  await basile.page.keyboard.press('Control+Enter');
  await expect(basile.page.locator('[data-thread]')).toContainText('Et à vélo');
  await look(basile.page, 'discussion');
  await ada.page.getByRole('link', { name: /^Avis/ }).click();
  const named = ada.page.getByRole('link', { name: /Basile Tremblay vous a nommé·e dans la discussion/ });
  await expect(named).toBeVisible();
  await look(ada.page, 'notices');
  await named.click();
  await expect(ada.page.locator('[data-thread]')).toContainText('Et à vélo');

  // While Denis writes, Ada shows it to her community alone: he writes on, Chloé's page closes.
  await chloe.page.goto(address);
  await expect(chloe.page.getByText('On y vient à pied')).toBeVisible();
  await denis.page.getByRole('button', { name: 'Modifier' }).first().click();
  await bodyOf(denis.page).click();
  await denis.page.keyboard.press('Control+End');
  await ada.page.getByRole('button', { name: 'Revenir aux détails' }).click();
  await Promise.all([
    denis.page.keyboard.type(' Les semences sont au cabanon.', { delay: 20 }),
    show(ada.page, 'communauté'),
  ]);
  await expect(chloe.page.getByText(/ne vous est (pas|plus) ouvert/).first()).toBeVisible();
  await isSaved(denis.page);
  await expect(basile.page.getByText('Les semences sont au cabanon.')).toBeVisible();

  // Émilie leaves; what she wrote stays.
  await emilie.page.getByRole('button', { name: 'Actes sur les auteur·trices' }).click();
  await emilie.page.getByRole('menuitem', { name: 'Ne plus être auteur·trice' }).click();
  await expect(emilie.page.getByText(/Vous n’êtes plus auteur·trice de cette note/)).toBeVisible();
  await expect(basile.page.getByText('On y vient à pied')).toBeVisible();

  // In the trash it is closed to Basile; back from it, he reads it again.
  await ada.page.getByRole('button', { name: 'Actes sur la note' }).click();
  await ada.page.getByRole('menuitem', { name: 'Mettre à la corbeille' }).click();
  await expect(basile.page.getByText(/ne vous est (pas|plus) ouvert/).first()).toBeVisible();
  await ada.page.getByRole('link', { name: 'Corbeille' }).click();
  await look(ada.page, 'trash');
  await ada.page.getByRole('button', { name: 'Rétablir « Le jardin de la ruelle »' }).click();
  await expect(ada.page.getByText('La note est de retour.')).toBeVisible();
  await basile.page.reload();
  await expect(basile.page.getByText('Les semences sont au cabanon.')).toBeVisible();

  // Made public, anybody reads it, without an account and without a script.
  await ada.page.goto(address);
  await show(ada.page, 'public');
  const passer = await browser.newContext({ javaScriptEnabled: false });
  const page = await passer.newPage();
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1, name: 'Le jardin de la ruelle' })).toBeVisible();
  await expect(page.getByText('On y vient à pied')).toBeVisible();
  await expect(page.getByText(/à vélo/)).toHaveCount(0);
  await passer.close();
  const all = [ada, basile, chloe, denis, emilie];
  expect(all.flatMap(({ errors }) => errors.filter((text) => !/status of 40[13]/.test(text)))).toEqual([]);
  for (const { context } of all) await context.close();
});

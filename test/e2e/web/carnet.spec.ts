import { type Browser, type Locator, type Page, expect, test } from '@playwright/test';
import { addCategory } from '#shared/document/fields.ts';
import type { CarnetId } from '#shared/domain/ids.ts';
import { newId } from '#server/secrets.ts';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openBrowser, openOwner } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

let relay: FullRelay;
test.beforeEach(async () => {
  relay = await newFullRelay();
});
test.afterEach(async () => {
  await relay.close();
});

const entries = (page: Page): Locator => page.locator('main [data-entry]');
const titles = async (page: Page): Promise<string[]> =>
  entries(page).evaluateAll((lines) =>
    lines.map((line) => line.querySelector('a > span span')?.textContent ?? ''),
  );

/** A new carnet with three notes of the welcome carnet in it. */
async function carnetOfThree(browser: Browser): Promise<{ page: Page; url: string; carnetId: CarnetId }> {
  const { page } = await openOwner(browser, relay);
  await page.getByRole('button', { name: 'Nouveau carnet' }).click();
  await page.getByRole('textbox', { name: 'Titre du carnet' }).fill('Rencontres de quartier');
  await page.getByRole('button', { name: 'Créer le carnet' }).click();
  await expect(page.getByRole('heading', { name: 'Ce carnet attend ses notes' })).toBeVisible();
  await page.getByRole('button', { name: 'Intégrer des notes existantes' }).click();
  const picker = page.getByRole('dialog');
  for (const title of ['Bienvenue dans Calepin', 'Écrire à plusieurs', 'Relier les notes'])
    await picker.getByRole('button', { name: new RegExp(title) }).click();
  await picker.getByRole('button', { name: 'Intégrer 3 notes' }).click();
  await expect(entries(page)).toHaveCount(3);
  return { page, url: page.url(), carnetId: page.url().split('/').at(-1) as CarnetId };
}

test('create a carnet, add notes, reorder them by keyboard and by drag, pin, and find it all after a reload', async ({
  browser,
}) => {
  const { page } = await carnetOfThree(browser);
  await expect(entries(page).first()).toContainText(/Intégré par .+, le \d/);
  const [a, b, c] = ['Bienvenue dans Calepin', 'Écrire à plusieurs', 'Relier les notes'];
  await expect.poll(() => titles(page)).toEqual([a, b, c]);

  // By keyboard: the focus and what is said follow the note.
  const handle = page.getByRole('button', { name: `Déplacer « ${c} »` });
  await handle.focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => titles(page)).toEqual([a, c, b]);
  await expect(handle).toBeFocused();
  await expect(page.getByText(`« ${c} » : position 2 sur 3.`)).toBeAttached();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => titles(page)).toEqual([c, a, b]);

  // By drag.
  const from = await page.getByRole('button', { name: `Déplacer « ${b} »` }).boundingBox();
  const to = await entries(page).first().boundingBox();
  await page.mouse.move(from!.x + 10, from!.y + 10);
  await page.mouse.down();
  await page.mouse.move(to!.x + 20, to!.y + 30, { steps: 5 });
  await page.mouse.move(to!.x + 20, to!.y + 4, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => titles(page)).toEqual([b, c, a]);

  // Pin.
  await page.getByRole('button', { name: `Actes sur « ${a} »` }).click();
  await page.getByRole('menuitem', { name: 'Épingler en tête' }).click();
  await expect.poll(() => titles(page)).toEqual([a, b, c]);
  await expect(entries(page).first()).toContainText('Épinglée');

  await expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved');
  await page.reload();
  await expect.poll(() => titles(page)).toEqual([a, b, c]);
});

test('when the carnet’s document arrives nothing moves, and a dialogue that was opened before stays open', async ({
  browser,
}) => {
  const { url } = await carnetOfThree(browser);
  // Another browser, which has no copy of it yet.
  const { page } = await openOwner(browser, relay);
  await expect(page.getByRole('link', { name: /^Rencontres de quartier/ })).toBeVisible();
  const { promise: held, resolve: letThrough } = Promise.withResolvers<void>();
  await page.routeWebSocket(/.*/, async (socket) => {
    await held;
    socket.connectToServer();
  });
  await page.goto(url);
  const open = page.getByRole('button', { name: 'Intégrer des notes existantes' });
  await open.scrollIntoViewIfNeeded();
  // What stands in the head, from where the faces begin.
  const head = page.getByRole('button', { name: 'Inviter', exact: true }).locator('..');
  const before = [await open.boundingBox(), await head.boundingBox()];
  await open.click();
  const field = page.getByRole('dialog').getByRole('searchbox');
  await field.fill('Relier');
  letThrough();
  await expect(page.getByTestId('save-state')).toBeAttached();
  await expect(field).toHaveValue('Relier');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Titre du carnet' })).toBeEditable();
  await expect(page.getByTestId('presence').getByRole('listitem')).toHaveCount(1);
  expect([await open.boundingBox(), await head.boundingBox()]).toEqual(before);
});

test('categories: create, move a note there, rename, remove and take the removal back', async ({
  browser,
}) => {
  const { page } = await carnetOfThree(browser);
  await page.getByRole('button', { name: 'Nouvelle catégorie' }).click();
  await page.getByRole('textbox', { name: 'Nom de la catégorie' }).fill('Transition');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Transition' })).toBeVisible();
  await page.getByRole('button', { name: 'Actes sur « Relier les notes »' }).click();
  await page.getByRole('menuitem', { name: 'Transition' }).click();
  const section = page
    .locator('[data-section]')
    .filter({ has: page.getByRole('heading', { name: 'Transition' }) });
  await expect(section.locator('[data-entry]')).toContainText('Relier les notes');

  await page.getByRole('button', { name: 'Actes sur la catégorie « Transition »' }).click();
  await page.getByRole('menuitem', { name: 'Renommer' }).click();
  await page.getByRole('textbox', { name: 'Nom de la catégorie' }).fill('Transition écologique');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Transition écologique' })).toBeVisible();

  await page.getByRole('button', { name: 'Actes sur la catégorie « Transition écologique »' }).click();
  await page.getByRole('menuitem', { name: 'Retirer la catégorie' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Transition écologique' })).toHaveCount(0);
  await expect(entries(page)).toHaveCount(3);
  await page.getByRole('button', { name: 'Annuler' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Transition écologique' })).toBeVisible();

  await page.getByRole('button', { name: 'Actes sur « Relier les notes »' }).click();
  await page.getByRole('menuitem', { name: 'Retirer du carnet' }).click();
  await expect(entries(page)).toHaveCount(2);
  await page
    .getByRole('alert')
    .filter({ hasText: 'est retirée du carnet' })
    .getByRole('button', { name: 'Annuler' })
    .click();
  await expect(entries(page)).toHaveCount(3);
});

test('categories beyond how many there may be: refused with a sentence, and told where another application wrote them', async ({
  browser,
}) => {
  const { page, carnetId } = await carnetOfThree(browser);
  const { documents } = relay.relay.operations;
  const write = (from: number, upTo: number) =>
    documents.change(carnetId, { person: null, operation: 'test' }, (doc) => {
      for (let n = from; n <= upTo; n += 1)
        addCategory(doc, { id: newId(), name: `Catégorie ${n}`, order: `a${n}`, list: '' });
    });
  await write(10, 18);
  const heads = page.locator('main h2');
  await expect(heads).toHaveCount(9);
  await page.getByRole('button', { name: 'Nouvelle catégorie' }).click();
  await page.getByRole('textbox', { name: 'Nom de la catégorie' }).fill('La mienne');
  // Somebody else makes the last one in the meantime.
  await write(19, 19);
  await expect(heads).toHaveCount(10);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: '« La mienne » n’a pas été créée' })).toBeVisible();
  await expect(page.getByText('Cette liste a 10 catégories, le plus qu’elle peut avoir.')).toBeVisible();
  await expect(heads).toHaveCount(10);
  await expect(page.getByText(/n’est pas montrée/)).toHaveCount(0);

  await write(20, 21);
  const told = page.getByText(
    /^2 catégories de trop ne sont pas montrées\s: «\sCatégorie 20\s», «\sCatégorie 21\s»\./,
  );
  await expect(told).toBeVisible();
  await expect(heads).toHaveCount(10);
  await told.scrollIntoViewIfNeeded();
  expect(await seriousFaults(page)).toEqual([]);
  await takePicture(page, 'categories-beyond-fr');
  // One more is shown as soon as there is room for it.
  await page.getByRole('button', { name: 'Actes sur la catégorie « Catégorie 10 »' }).click();
  await page.getByRole('menuitem', { name: 'Retirer la catégorie' }).click();
  await expect(heads.filter({ hasText: 'Catégorie 20' })).toBeVisible();
  await page.getByRole('button', { name: 'Retirer cette catégorie' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/n’est pas montrée/)).toHaveCount(0);
  // Of the two ways back that stand there, the one of this act.
  await page
    .getByRole('alert')
    .filter({ hasText: 'La catégorie de trop est retirée.' })
    .getByRole('button', { name: 'Annuler' })
    .click();
  await expect(
    page.getByText(/^Une catégorie de trop n’est pas montrée\s: «\sCatégorie 21\s»/),
  ).toBeVisible();
});

test('a note in the trash keeps its place in the carnet, is not counted, and comes back from there', async ({
  browser,
}) => {
  const { page } = await carnetOfThree(browser);
  const owner = await relay.signIn();
  const { notes } = await owner.json<{ notes: { id: string; title: string }[] }>(
    'GET',
    '/api/notes?limit=50',
  );
  const { id } = notes.find(({ title }) => title === 'Écrire à plusieurs')!;
  await owner.json('DELETE', `/api/notes/${id}`);
  const line = page.locator(`[data-entry="${id}"]`);
  await expect(line).toContainText('« Écrire à plusieurs » est à la corbeille');
  await expect(page.getByRole('main').getByText('2 notes', { exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Rencontres de quartier.*2 notes$/ })).toBeVisible();
  await takePicture(page, 'carnet-in-trash-fr');
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Rétablir « Écrire à plusieurs »' }).focus();
  await page.keyboard.press('Enter');
  await expect(line.getByRole('link')).toContainText('Écrire à plusieurs');
  await expect(page.getByRole('main').getByText('3 notes', { exact: true })).toBeVisible();
  await expect
    .poll(() => titles(page))
    .toEqual(['Bienvenue dans Calepin', 'Écrire à plusieurs', 'Relier les notes']);
});

test('lists of categories: a second list, a note’s category in each, order, name, removal taken back, kept by the address', async ({
  browser,
}) => {
  const { page } = await carnetOfThree(browser);
  const add = async (act: string, name: string, field = 'Nom de la catégorie'): Promise<void> => {
    await page.getByRole('button', { name: act, exact: true }).click();
    await page.getByRole('textbox', { name: field }).fill(name);
    await page.keyboard.press('Enter');
  };
  const heads = (): Promise<string[]> => page.locator('main h2').allTextContents();
  const file = async (title: string, category: string): Promise<void> => {
    await page.getByRole('button', { name: `Actes sur « ${title} »` }).click();
    await page.getByRole('menuitem', { name: category }).click();
    await expect(
      page.locator('[data-section]').filter({ has: page.getByRole('heading', { name: category }) }),
    ).toContainText(title);
  };
  await add('Nouvelle catégorie', 'Printemps');
  await add('Nouvelle catégorie', 'Automne');
  await file('Relier les notes', 'Automne');
  await page.getByRole('button', { name: 'Actes sur la catégorie « Automne »' }).click();
  await page.getByRole('menuitem', { name: 'Monter' }).click();
  await expect.poll(heads).toEqual(['Automne', 'Printemps']);

  await add('Nouvelle liste de catégories', 'Thèmes', 'Nom de la liste');
  await expect.poll(heads).toEqual(['Première catégorie']);
  await expect(page).toHaveURL(/\?list=Th/);
  await add('Nouvelle catégorie', 'Eau');
  await file('Relier les notes', 'Eau');
  const pictures = process.env['CALEPIN_PICTURES'];
  if (pictures !== undefined) {
    await page.screenshot({ path: `${pictures}/carnet-lists.png` });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 360, height: 780 });
    await expect(page.getByRole('button', { name: 'Créer une note ici' })).toBeInViewport({
      ratio: 1,
    });
    await page.screenshot({ path: `${pictures}/carnet-lists-360-dark.png` });
    await page.setViewportSize({ width: 1400, height: 900 });
  }

  await page.getByRole('button', { name: 'Actes sur la liste « Thèmes »' }).click();
  await page.getByRole('menuitem', { name: 'Renommer la liste' }).click();
  await page.getByRole('textbox', { name: 'Nom de la liste' }).fill('Sujets');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { name: 'Sujets' })).toBeChecked();
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved');
  await page.reload();
  await expect.poll(heads).toEqual(['Première catégorie', 'Eau']);
  await page.getByText('Catégories', { exact: true }).click();
  await expect.poll(heads).toEqual(['Automne', 'Printemps']);
  await expect(page.locator('[data-section]').filter({ hasText: 'Automne' })).toContainText(
    'Relier les notes',
  );
  await page.getByText('Sujets', { exact: true }).click();
  await page.getByRole('button', { name: 'Actes sur la liste « Sujets »' }).click();
  await page.getByRole('menuitem', { name: 'Retirer la liste' }).click();
  await expect.poll(heads).toEqual(['Automne', 'Printemps']);
  await page.getByRole('button', { name: 'Annuler' }).click();
  await page.getByText('Sujets', { exact: true }).click();
  await expect(page.locator('[data-section]').filter({ hasText: 'Eau' })).toContainText('Relier les notes');
});

test('the title and the description are written in place and show in the navigation', async ({ browser }) => {
  const { page } = await carnetOfThree(browser);
  await page.getByRole('textbox', { name: 'Titre du carnet' }).fill('Rencontres du printemps');
  await page
    .getByRole('textbox', { name: 'Description du carnet' })
    .fill('Ce que nous avons entendu, ruelle par ruelle.');
  await expect(
    page.getByRole('navigation').getByRole('link', { name: /Rencontres du printemps/ }),
  ).toBeVisible();
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Description du carnet' })).toHaveValue(
    'Ce que nous avons entendu, ruelle par ruelle.',
  );
});

test('a guest joins a carnet by its link, adds a note, and does not see the titles of notes closed to them', async ({
  browser,
}) => {
  const { page, url } = await carnetOfThree(browser);
  await page.getByRole('button', { name: 'Inviter' }).click();
  await page.getByRole('button', { name: 'Créer un lien' }).click();
  const link = await page.getByTestId('invitation-link').inputValue();
  expect(new URL(link).hash.length).toBeGreaterThan(20);

  const guest = await openBrowser(browser, link);
  await expect(guest.page.getByRole('heading', { level: 1, name: 'Rencontres de quartier' })).toBeVisible();
  expect(guest.page.url()).toBe(`${relay.url}/join`);
  await guest.page.getByRole('textbox', { name: 'Votre nom' }).fill('Marie-Ève Côté');
  await guest.page.getByRole('radio', { name: 'Indigo' }).check({ force: true });
  await guest.page.getByRole('button', { name: 'Entrer' }).click();
  await guest.page.waitForURL(url);
  await expect(guest.page.getByRole('heading', { level: 1, name: 'Rencontres de quartier' })).toBeVisible();
  await expect(guest.page.getByText('Une note qui ne vous est pas ouverte')).toHaveCount(3);
  await expect(guest.page.getByText('Relier les notes')).toHaveCount(0);

  await guest.page.getByRole('button', { name: 'Créer une note ici' }).click();
  await expect(guest.page.getByRole('textbox', { name: 'Titre de la note' })).toBeFocused();
  await guest.page.keyboard.type('Porte-à-porte du 12 mars');
  await expect(guest.page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved');
  // The owner sees the new entry arrive, without a reload, with who integrated it.
  await page.getByRole('dialog').getByRole('button', { name: 'Fermer' }).click();
  await expect(entries(page)).toHaveCount(4);
  // It is the guest's alone until they open it to the others.
  await expect(entries(page).last()).toContainText('Une note qui ne vous est pas ouverte');
  await guest.page.getByRole('button', { name: /^Changer la visibilité/ }).click();
  await guest.page.getByRole('menuitem', { name: /^membres/ }).click();
  await expect(entries(page).last()).toContainText('Porte-à-porte du 12 mars');
  await expect(entries(page).last()).toContainText('Intégré par Marie-Ève Côté');

  // A withdrawn link opens nothing.
  await page.getByRole('button', { name: 'Inviter' }).click();
  await page.getByRole('button', { name: /^Retirer le lien/ }).click();
  await expect(page.getByText('Aucun lien pour l’instant')).toBeVisible();
  const late = await openBrowser(browser, link);
  await expect(late.page.getByText('Cette invitation n’est plus valable')).toBeVisible();
});

test('a base: carnets integrated at once, in the order that the keyboard gives, with its guide and its colour; each carnet says where it is', async ({
  browser,
}) => {
  const { page } = await openOwner(browser, relay);
  const make = async (act: string, field: string, title: string, made: string): Promise<void> => {
    await page.getByRole('button', { name: act, exact: true }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: field }).fill(title);
    await page.getByRole('button', { name: made }).click();
    await expect(page.locator('main').getByRole('textbox', { name: field })).toHaveValue(title);
  };
  const [a, b] = ['Jardins partagés', 'Récits de ruelle'];
  for (const title of [a, b]) await make('Nouveau carnet', 'Titre du carnet', title, 'Créer le carnet');
  await make('Nouvelle base', 'Titre de la base', 'Vie de quartier', 'Créer la base');
  await expect(page.getByRole('heading', { name: 'Cette base attend ses carnets' })).toBeVisible();
  await page.getByRole('button', { name: 'Intégrer des carnets existants' }).click();
  const picker = page.getByRole('dialog');
  for (const title of [a, b]) await picker.getByRole('button', { name: new RegExp(title) }).click();
  await picker.getByRole('button', { name: 'Intégrer 2 carnets' }).click();
  await expect.poll(() => titles(page)).toEqual([a, b]);
  await expect(entries(page).first()).toContainText(/Intégré par .+, le \d/);
  await page.getByRole('button', { name: `Déplacer « ${b} »` }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => titles(page)).toEqual([b, a]);

  await page.getByRole('button', { name: 'Écrire un guide' }).click();
  await page.locator('main [contenteditable="true"]').click();
  await page.keyboard.type('Un carnet par ruelle.');
  await page.getByRole('button', { name: 'Terminer' }).click();
  await page.getByLabel('Couleur').selectOption('Sapin');
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved');
  await page.reload();
  await expect.poll(() => titles(page)).toEqual([b, a]);
  await page.getByText('Guide de contribution', { exact: true }).click();
  await expect(page.getByText('Un carnet par ruelle.')).toBeVisible();
  const pictures = process.env['CALEPIN_PICTURES'];
  if (pictures !== undefined) {
    await page.screenshot({ path: `${pictures}/base.png` });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 1920, height: 1000 });
    await page.screenshot({ path: `${pictures}/base-1920-dark.png` });
  }

  await entries(page)
    .getByRole('link', { name: new RegExp(a) })
    .click();
  await expect(page.getByRole('textbox', { name: 'Titre du carnet' })).toHaveValue(a);
  const card = page.getByRole('complementary').getByRole('link', { name: /Vie de quartier/ });
  await expect(card).toContainText('2 carnets');
  await expect(card).toContainText(/Intégré par .+, le \d/);
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/carnet-of-base.png` });
});

import { rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import Database from 'better-sqlite3';
import { freePort } from '../../support/freePort.ts';
import { type Community, newCommunity, password } from '../../support/newCommunity.ts';
import { type FullRelay, newFullRelay } from '../../support/newFullRelay.ts';
import { openAs, openBrowser } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';
import { TcpProxy } from '../../support/TcpProxy.ts';

/** A community's Calepin behind a link that can be cut, and that of a computer. */
let community: Community;
let link: TcpProxy;
let computer: FullRelay;
let ada: Awaited<ReturnType<Community['administrator']>>;
test.beforeEach(async () => {
  const port = await freePort();
  link = await TcpProxy.start(port);
  community = await newCommunity({ port, publicUrl: `http://127.0.0.1:${link.port}` });
  ada = await community.administrator();
  await ada.json('POST', '/api/notes', { title: 'Le verger' });
  computer = await newFullRelay({ storage: 'sqlite' });
});
test.afterEach(async () => {
  await computer.close();
  await community.close();
  await link.close();
});

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

async function follow(page: Page): Promise<void> {
  await page.goto(`${computer.url}/settings`);
  await page.getByRole('button', { name: 'Suivre un Calepin' }).click();
  await field(page, 'Adresse').fill(`http://127.0.0.1:${link.port}`);
  await field(page, 'Nom').last().fill('La Ruche');
  await field(page, 'Courriel').fill('ada@exemple.org');
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Suivre', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** Presses a button that goes away by itself once the way there is back, which may be before it is pressed. */
const pressIfThere = (button: Locator): Promise<void> =>
  button.click({ timeout: 5_000 }).catch(() => undefined);

test('[R287] a community’s Calepin is followed from the settings; whether it answers stands there and in the navigation, as it is', async ({
  browser,
}) => {
  const { page } = await openBrowser(browser, computer.launchUrl);
  await expect(page.getByRole('button', { name: 'Nouvelle note' }).first()).toBeVisible();
  await page.goto(`${computer.url}/settings`);
  await expect(page.getByText('Vous n’en suivez aucun')).toBeVisible();
  await page.getByRole('button', { name: 'Suivre un Calepin' }).click();
  await page.getByRole('button', { name: 'Suivre', exact: true }).click();
  await expect(page.getByText('Écrivez l’adresse de ce Calepin.')).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);
  await takePicture(page, 'follow');

  await field(page, 'Adresse').fill('http://ruche.exemple.org');
  await field(page, 'Courriel').fill('ada@exemple.org');
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Ce n’est pas une adresse qui convient.');
  await follow(page);

  const section = page.locator('#homes');
  await expect(section.getByRole('status')).toHaveText('En ligne.');
  await expect(section.getByText('Vous y êtes ada.')).toBeVisible();
  const inNavigation = page.getByRole('link', { name: /^La Ruche/ });
  await expect(inNavigation).toHaveAccessibleName('La Ruche – En ligne');
  await takePicture(page, 'followed');
  await inNavigation.click();
  await expect(page.getByRole('heading', { level: 1, name: 'La Ruche' })).toBeVisible();
  await expect(page.getByText('Le verger')).toBeVisible();
  await expect(page.getByText('Dernière mise à jour')).toBeHidden();
  await takePicture(page, 'home');
  link.cut();
  await expect(page.getByRole('main').getByText(/^La Ruche ne répond pas/)).toBeVisible();
  await page.reload();
  await expect(page.getByText('Le verger')).toBeVisible();
  await expect(page.getByText(/^Hors ligne. Dernière mise à jour\s: \d\d:\d\d/).first()).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);
  await takePicture(page, 'home-away');
  link.mend();
  await pressIfThere(page.getByRole('button', { name: 'Réessayer' }));
  await expect(page.getByText('Dernière mise à jour')).toHaveCount(0);
  await page.goto(`${computer.url}/settings`);

  link.cut();
  await expect(section.getByRole('status')).toContainText('La Ruche ne répond pas.');
  await expect(inNavigation).toHaveAccessibleName('La Ruche – La Ruche ne répond pas');
  // Fading, its contrast is no fault.
  await expect(page.getByText('Vous suivez La Ruche.')).toBeHidden();
  expect(await seriousFaults(page)).toEqual([]);
  await takePicture(page, 'away');
  link.mend();
  await pressIfThere(page.getByRole('button', { name: 'Réessayer de joindre La Ruche' }));
  await expect(section.getByRole('status')).toHaveText('En ligne.');

  await page.getByRole('button', { name: 'Ne plus suivre La Ruche' }).click();
  await expect(page.getByRole('dialog')).toContainText('Rien de ce que vous avez écrit n’est perdu');
  await page.getByRole('button', { name: 'Ne plus suivre', exact: true }).click();
  await expect(page.getByText('Vous n’en suivez aucun')).toBeVisible();
  await expect(inNavigation).toBeHidden();
});

test('[R285] [R290] a note of a followed Calepin is written by two, also without a way there; the screen says what waits, and all is equal in the end', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const { page } = await openBrowser(browser, computer.launchUrl);
  await expect(page.getByRole('button', { name: 'Nouvelle note' }).first()).toBeVisible();
  await follow(page);
  await page.getByRole('link', { name: /^La Ruche/ }).click();
  await page.getByRole('button', { name: /^Le verger/ }).click();
  const saving = page.getByTestId('save-state');
  await expect(page.getByRole('button', { name: /^Vit chez La Ruche/ })).toBeVisible();
  await expect(saving).toHaveAttribute('data-kind', 'saved');

  const other = await openAs(browser, ada, page.url().replace(computer.url, community.relay.url));
  const bodyOf = (one: Page) => one.getByRole('textbox', { name: 'Texte de la note' });
  for (const one of [page, other.page]) {
    await expect(one.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved');
    await one.keyboard.press('e');
    await expect(bodyOf(one)).toBeVisible();
  }
  await bodyOf(page).click();
  await page.keyboard.type('Les pommiers. ');
  await expect(bodyOf(other.page)).toContainText('Les pommiers.');
  await expect(saving).toHaveAttribute('data-kind', 'saved');
  await takePicture(page, 'copy');

  link.cut();
  await expect(
    page.getByRole('button', { name: /^Vit chez La Ruche\. La Ruche ne répond pas/ }),
  ).toBeVisible();
  await page.keyboard.type('Les poiriers. ');
  await expect(saving).toHaveAttribute('data-kind', 'waiting');
  await expect(saving).toContainText(
    /^Enregistré sur cet ordinateur · \d+ modifications? attend(ent)? La Ruche depuis \d\d:\d\d$/,
  );
  await takePicture(page, 'copy-away');
  await page.reload();
  await expect(saving).toHaveAttribute('data-kind', 'waiting');

  link.mend();
  await page.getByRole('link', { name: /^La Ruche/ }).click();
  await pressIfThere(page.getByRole('button', { name: 'Réessayer' }));
  await page.goBack();
  await expect(saving).toHaveAttribute('data-kind', 'saved', { timeout: 40_000 });
  await other.page.reload();
  await expect(other.page.getByText('Les pommiers. Les poiriers.')).toBeVisible();
});

test('[R280] a carnet of a followed Calepin says where it lives, and is made available offline and not, with its notes', async ({
  browser,
}) => {
  const made = await ada.json<{ collection: { id: string } }>('POST', '/api/carnets', { title: 'Rucher' });
  const { note } = await ada.json<{ note: { id: string } }>('POST', '/api/notes', {
    title: 'Les essaims',
    carnetId: made.collection.id,
  });
  const { page } = await openBrowser(browser, computer.launchUrl);
  await expect(page.getByRole('button', { name: 'Nouvelle note' }).first()).toBeVisible();
  await follow(page);
  await page.getByRole('link', { name: /^La Ruche/ }).click();
  await page.getByRole('button', { name: /^Rucher/ }).click();
  await expect(page.getByRole('button', { name: /^Vit chez La Ruche/ })).toBeVisible();
  const toggle = page.getByRole('switch', { name: 'Disponible hors ligne' });
  await expect(toggle).not.toBeChecked();
  const isHere = async () =>
    (await page.request.get(`${computer.url}/api/documents/${note.id}/home`))
      .json()
      .then(({ state }) => state?.isWhole ?? false);
  expect(await isHere()).toBe(false);
  await toggle.click();
  await expect(toggle).toBeEnabled();
  await expect(toggle).toBeChecked();
  await expect.poll(isHere).toBe(true);
  expect(await seriousFaults(page)).toEqual([]);
  await takePicture(page, 'carnet-offline');
  link.cut();
  await page.reload();
  await expect(toggle).toBeChecked();
  await expect(page.getByText(/^Hors ligne. Dernière mise à jour/)).toBeVisible();
  await expect(
    page.getByRole('button', { name: /^Vit chez La Ruche\. La Ruche ne répond pas/ }),
  ).toBeVisible();
  await takePicture(page, 'carnet-away');
  await toggle.click();
  await expect(toggle).toBeEnabled();
  await expect(toggle).not.toBeChecked();
  await expect.poll(isHere).toBe(false);
});

test('[R320] [R346] a note of a followed Calepin that is damaged on this computer says so, and that it is fetched again; then it was', async ({
  browser,
}) => {
  const folder = computer.dataFolder!;
  const { notes } = await ada.json<{ notes: { id: string }[] }>('GET', '/api/notes');
  const { page } = await openBrowser(browser, computer.launchUrl);
  await expect(page.getByRole('button', { name: 'Nouvelle note' }).first()).toBeVisible();
  await follow(page);
  await page.getByRole('link', { name: /^La Ruche/ }).click();
  await page.getByRole('button', { name: /^Le verger/ }).click();
  const saving = page.getByTestId('save-state');
  await expect(saving).toHaveAttribute('data-kind', 'saved');
  link.cut();
  await computer.relay.close();
  const database = new Database(path.join(folder, 'calepin.sqlite'));
  const number = '(SELECT number FROM log_document WHERE document = ?)';
  database
    .prepare(`UPDATE log_row SET time = time + 1 WHERE seq = 1 AND number = ${number}`)
    .run(notes[0]?.id);
  database.prepare(`DELETE FROM log_checkpoint WHERE number = ${number}`).run(notes[0]?.id);
  database.close();
  computer = await newFullRelay({ dataDir: folder, port: Number(new URL(computer.url).port) });
  await page.reload();
  await expect(page.getByRole('alert').getByText(/^Cette note est abîmée sur cet ordinateur/)).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(1);
  // So does the line that says where it lives.
  const chip = page.getByRole('main').getByRole('button', { name: /^Abîmée sur cet ordinateur/ });
  await expect(chip).toHaveText('Abîmée sur cet ordinateur');
  await expect(chip).toHaveAccessibleName(/La Ruche ne répond pas/);
  // Its text is missing; that it has none would not be true.
  await expect(page.getByText('Cette note n’a pas encore de texte.')).toHaveCount(0);
  await expect(page.getByRole('link', { name: /^La Ruche – La Ruche ne répond pas/ })).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);
  await takePicture(page, 'mending-away');
  link.mend();
  await pressIfThere(page.getByRole('alert').getByRole('button', { name: 'Réessayer' }));
  await expect(page.getByText('La note a été reprise de La Ruche.')).toBeVisible();
  await expect(page.getByText(/abîmée/)).toHaveCount(0);
  await expect(saving).toHaveAttribute('data-kind', 'saved', { timeout: 40_000 });
  await rm(folder, { recursive: true, force: true });
});

test('[R321] [R288] [R345] a note is begun for a followed Calepin while it does not answer, and is there afterwards, or stays here; its communities and people are shown as they were', async ({
  browser,
}) => {
  await ada.json('POST', '/api/communities', {
    name: 'Les Jardins',
    description: 'Celles et ceux qui sèment.',
  });
  const { page } = await openBrowser(browser, computer.launchUrl);
  const main = page.getByRole('main');
  await expect(page.getByRole('button', { name: 'Nouvelle note' }).first()).toBeVisible();
  await follow(page);
  const inNavigation = page.getByRole('link', { name: /^La Ruche – / });
  await inNavigation.click();
  await takePicture(page, 'home-begin');
  await main.getByRole('link', { name: /^Les Jardins/ }).click();
  await main.getByRole('link', { name: 'ada' }).click();
  await expect(main.getByRole('heading', { level: 1 })).toBeVisible();
  await takePicture(page, 'home-person');
  link.cut();
  await expect(page.getByRole('link', { name: /^La Ruche – La Ruche ne répond pas/ })).toBeVisible();
  await page.goBack();
  await page.reload();
  await expect(main.getByRole('heading', { level: 1, name: 'Les Jardins' })).toBeVisible();
  await expect(main.getByText(/^Hors ligne. Dernière mise à jour/)).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);
  await takePicture(page, 'home-community-away');

  const chip = main.getByRole('button', { name: 'Sera chez La Ruche au prochain contact' });
  const begin = async (title: string): Promise<void> => {
    await inNavigation.click();
    await main.getByRole('button', { name: 'Nouvelle note' }).click();
    await page.getByRole('textbox', { name: 'Titre' }).fill(title);
    await expect(chip).toBeVisible();
  };
  await begin('Pour moi seule');
  await chip.click();
  const keep = page.getByRole('button', { name: 'Garder sur cet ordinateur seulement' });
  await expect(keep).toBeVisible();
  await takePicture(page, 'unplaced');
  await keep.click();
  await expect(main.getByRole('button', { name: 'Sur cet ordinateur' })).toBeVisible();
  // Thrown away, it goes nowhere, which is said.
  await begin('Jetée');
  await main.getByRole('button', { name: 'Actes sur la note' }).click();
  await page.getByRole('menuitem', { name: 'Mettre à la corbeille' }).click();
  await expect(page.getByText('Elle ne sera pas placée chez La Ruche.')).toBeVisible();
  await takePicture(page, 'unplaced-trashed');
  await page.getByRole('button', { name: 'Annuler' }).click();
  await begin('Écrite en train');
  link.mend();
  await inNavigation.click();
  await pressIfThere(main.getByRole('button', { name: 'Réessayer' }));
  await page.goBack();
  await expect(main.getByRole('button', { name: /^Vit chez La Ruche/ })).toBeVisible({ timeout: 40_000 });
  const titles = async () =>
    (await ada.json<{ notes: { title: string }[] }>('GET', '/api/notes')).notes.map(({ title }) => title);
  await expect.poll(titles).toContain('Écrite en train');
  for (const title of ['Pour moi seule', 'Jetée']) expect(await titles()).not.toContain(title);
});

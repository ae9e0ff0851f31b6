import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openOwner } from '../../support/openBrowser.ts';
import { zipOf } from '../../support/readImport.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let relay: FullRelay;
let folder: string;
test.beforeEach(async () => {
  relay = await newFullRelay();
  folder = await mkdtemp(path.join(tmpdir(), 'calepin-import-'));
  await writeFile(
    path.join(folder, 'Jardin.zip'),
    await zipOf({
      'Jardin/Accueil.md': '# Accueil\n\nVoir [[Semis]] et [le règlement](Règlement.pdf).\n',
      'Jardin/Printemps/Semis.md': '---\ntags: [semis]\n---\n\n# Semis\n\n![Le plan](../images/plan.png)\n',
      'Jardin/Été/Récolte.md':
        '# Récolte\n\n- [x] Tomates\n- [ ] Courges\n\n<video-player>Un film</video-player>\n',
      'Jardin/images/plan.png': png,
      'Jardin/brouillon.odg': 'x',
    }),
  );
});
test.afterEach(async () => {
  await relay.close();
  await rm(folder, { recursive: true });
});

test('an archive becomes a carnet by the keyboard, after it was shown, and is taken back', async ({
  browser,
}) => {
  const { page, errors } = await openOwner(browser, relay);
  await page.getByRole('button', { name: 'Créer un terme ou une organisation' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: /^Importer…/ }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Importer des notes' });
  const button = dialog.getByRole('button', { name: 'Choisir des fichiers' });
  await expect(button).toBeFocused();
  expect(await seriousFaults(page)).toEqual([]);
  await takePicture(page, 'import-choose');
  // On a busy machine the first press may come before the page is drawn again.
  await expect(async () => {
    const chooser = page.waitForEvent('filechooser', { timeout: 5_000 });
    await button.press('Enter');
    await (await chooser).setFiles(path.join(folder, 'Jardin.zip'));
  }).toPass();

  await expect(dialog.getByText('3 notes · 1 image ou fichier', { exact: false })).toBeVisible();
  await expect(dialog.getByRole('list', { name: 'Les notes qui seront créées' })).toContainText('Récolte');
  await expect(dialog.getByRole('region', { name: 'Ce qui ne peut pas être gardé tel quel' })).toContainText(
    'Règlement.pdf',
  );
  await expect(dialog.getByLabel('Titre du carnet')).toHaveValue('Jardin');
  expect(await seriousFaults(page)).toEqual([]);
  await takePicture(page, 'import-preview');
  const make = dialog.getByRole('button', { name: 'Importer les 3 notes' });
  await expect(make).toBeFocused();
  await page.keyboard.press('Enter');

  await expect(page.getByRole('heading', { level: 1, name: 'Jardin' })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Semis/ }).first()).toBeVisible();
  await expect(page.getByText('3 notes sont importées.')).toBeVisible();
  await takePicture(page, 'import-done');
  await page.getByRole('button', { name: 'Annuler', exact: true }).press('Enter');
  await expect(page.getByText('Les 3 notes sont à la corbeille.')).toBeVisible();
  await page.goto(`${relay.url}/trash`);
  await expect(page.getByText('Récolte')).toBeVisible();
  expect(errors).toEqual([]);
});

for (const look of [
  {
    ...{ locale: 'fr-CA', colorScheme: 'light' as const, viewport: { width: 1280, height: 800 } },
    ...{ menu: 'Importer des notes', choose: 'Choisir des fichiers', report: 'Page de Praxis reconnue' },
    ...{ terms: 'Créer les 2 termes qui manquent', make: 'Importer la note' },
  },
  {
    ...{ locale: 'en-CA', colorScheme: 'dark' as const, viewport: { width: 1920, height: 1080 } },
    ...{ menu: 'Import notes', choose: 'Choose files', report: 'A page of Praxis was recognised' },
    ...{ terms: 'Create the 2 missing terms', make: 'Import the note' },
  },
] as const)
  test(`[R233] a page of Praxis is recognised, and shows what becomes of it: ${look.locale}`, async ({
    browser,
  }) => {
    const { page, errors } = await openOwner(browser, relay, look);
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder(/^(Chercher|Find)/).fill('import');
    await page.getByText(look.menu).last().click();
    const dialog = page.getByRole('dialog', { name: look.menu });
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: look.choose }).click();
    await (await chooser).setFiles(path.resolve('test/fixtures/praxis/note.txt'));
    const report = dialog.getByRole('region', { name: look.report });
    await expect(report).toContainText('Amina Diallo');
    await expect(report).toContainText('Intégré par Maya Roy, le 5 mars 2024 10:41');
    const terms = dialog.getByRole('checkbox', { name: look.terms });
    await terms.press('Space');
    await expect(terms).toBeChecked();
    expect(await seriousFaults(page)).toEqual([]);
    await takePicture(page, `import-praxis-${look.locale}`);
    await dialog.getByRole('button', { name: look.make }).press('Enter');
    await expect(
      page.getByRole('heading', { level: 1, name: 'Chantier transition socio-écologique' }),
    ).toBeVisible();
    await expect(page.getByText(/^Note de Praxis, par Amina Diallo et Luc Tremblay/)).toBeVisible();
    await expect(page.getByText('Équité territoriale').first()).toBeVisible();
    await takePicture(page, `import-praxis-note-${look.locale}`);
    expect(errors).toEqual([]);
  });

test('a file that cannot be read says so, and nothing is made; a page alone is opened', async ({
  browser,
}) => {
  await writeFile(path.join(folder, 'broken.zip'), 'not an archive');
  await writeFile(path.join(folder, 'Minutes.md'), '# Minutes\n\nWe **met**.\n');
  const { page } = await openOwner(browser, relay, {
    locale: 'en-CA',
    colorScheme: 'dark',
    viewport: { width: 1280, height: 800 },
  });
  await expect(page.getByRole('heading', { level: 1, name: 'All notes' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(/^Find a note/).fill('import');
  await page.getByText('Import notes').last().click();
  const dialog = page.getByRole('dialog', { name: 'Import notes' });
  const choose = async (name: string): Promise<void> => {
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'Choose files' }).click();
    await (await chooser).setFiles(path.join(folder, name));
  };
  await choose('broken.zip');
  await expect(dialog.getByRole('alert')).toContainText('This file cannot be read');
  await takePicture(page, 'import-refused');
  // More notes than there is room for: they are looked through where they are.
  const many = Array.from({ length: 40 }, (_, at) => [`Many/${at}.md`, `# Note ${at}`] as const);
  await writeFile(path.join(folder, 'Many.zip'), await zipOf(Object.fromEntries(many)));
  await choose('Many.zip');
  const list = dialog.getByRole('region', { name: 'The notes that will be created' });
  await expect(list).toHaveCSS('overflow-y', 'auto');
  await list.press('End');
  await expect(list.getByText('Note 39')).toBeInViewport();
  await takePicture(page, 'import-many');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await choose('Minutes.md');
  await expect(dialog.getByText('Everything can be kept.')).toBeVisible();
  await takePicture(page, 'import-one');
  await dialog.getByRole('button', { name: 'Import the note' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Minutes' })).toBeVisible();
});

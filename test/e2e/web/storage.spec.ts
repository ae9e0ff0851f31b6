import { type Browser, expect, test } from '@playwright/test';
import type { NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import { type Community, newCommunity } from '../../support/newCommunity.ts';
import type { TestVisitor } from '../../support/newFullRelay.ts';
import { openAs, type OpenBrowser } from '../../support/openBrowser.ts';
import { takePicture } from '../../support/takePicture.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';

let relay: Community;
let ada: TestVisitor & { readonly session: Session };
test.beforeEach(async () => {
  relay = await newCommunity();
  ada = await relay.administrator();
});
test.afterEach(() => relay.close());

/** A browser in which Ada is signed in. */
const openAsAda = (browser: Browser, where: string, locale = 'fr-CA'): Promise<OpenBrowser> =>
  openAs(browser, ada, `${relay.url}${where}`, { reducedMotion: 'reduce', locale });

test('an administrator gives less room by the keyboard; somebody sees what their files take, is told of one too many, and goes on writing', async ({
  browser,
}) => {
  const { note } = await ada.json<NotePage>('POST', '/api/notes', { title: 'Avec des fichiers' });
  const send = (bytes: number) =>
    ada.fetch(`/api/attachments?note=${note.id}&name=liste.txt`, {
      method: 'POST',
      body: 'a'.repeat(bytes),
      headers: { 'content-type': 'text/plain' },
    });
  expect((await send(1_800_000)).status).toBe(201);
  const { page, context, errors } = await openAsAda(browser, '/administration');
  const people = page.getByRole('list', { name: 'Espace que prend chaque personne' });
  await expect(people).toContainText(/ada\s*fichiers\s1,8\sMo · textes\s/);
  const quota = page.getByRole('textbox', { name: 'Espace par personne, en Go' });
  await expect(quota).toHaveValue('5');
  await quota.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('0,002');
  await page.keyboard.press('Enter');
  await expect(page.getByText('L’espace par personne est changé.')).toBeVisible();
  await page.getByRole('heading', { name: 'Espace', exact: true }).scrollIntoViewIfNeeded();
  expect(await seriousFaults(page)).toEqual([]);
  await takePicture(page, 'storage-administration-fr');

  await page.goto(`${relay.url}/settings`);
  const bar = page.getByRole('progressbar', { name: 'Espace utilisé' });
  await expect(page.getByText(/^Vos fichiers prennent 1,8\sMo sur 2\sMo\.$/)).toBeVisible();
  await expect(bar).toHaveAttribute('aria-valuenow', '90');
  await expect(page.getByText(/^Vos textes prennent \d+([,.]\d+)?\s[kM]?o\.$/)).toBeVisible();
  await bar.scrollIntoViewIfNeeded();
  expect(await seriousFaults(page)).toEqual([]);
  await takePicture(page, 'storage-settings-fr');

  await page.goto(`${relay.url}/notes/${note.id}`);
  await page.getByRole('button', { name: 'Modifier' }).first().click();
  const text = page.getByRole('textbox', { name: 'Texte de la note' });
  await text.click();
  await page.keyboard.type('Avant. ');
  const file = { name: 'proces-verbal.txt', mimeType: 'text/plain', buffer: Buffer.alloc(300_000, 'a') };
  const data = await page.evaluateHandle(
    ({ name, bytes }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes).fill(97)], name, { type: 'text/plain' }));
      return transfer;
    },
    { name: file.name, bytes: file.buffer.length },
  );
  await text.dispatchEvent('drop', { dataTransfer: data, clientX: 400, clientY: 400 });
  await expect(page.getByText(/proces-verbal\.txt.*ne peut pas être gardé/)).toBeVisible();
  await takePicture(page, 'storage-refused-fr');
  await text.click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('Et après.');
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved');
  await expect(text).toContainText('Et après.');
  // The browser says by itself that a request was refused.
  expect(errors.filter((error) => !error.includes('507'))).toEqual([]);
  await context.close();
});

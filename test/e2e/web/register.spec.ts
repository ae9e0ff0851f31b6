import { readFile } from 'node:fs/promises';
import { type Browser, expect, test } from '@playwright/test';
import type { NotePage } from '#shared/api/notes.ts';
import { registerPageLength } from '#shared/api/register.ts';
import type { Session } from '#shared/api/session.ts';
import { accountBody, type Community, newCommunity } from '../../support/newCommunity.ts';
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

async function newMember(email: string): Promise<{ visitor: TestVisitor; id: string }> {
  const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'relay',
    role: 'member',
  });
  const visitor = relay.visitor();
  const body = accountBody(email, new URL(url).hash.slice(1));
  const { person } = await visitor.json<Session>('POST', '/api/account', body);
  return { visitor, id: person!.id };
}

/** Ada shares a note; Bob keeps one for himself; and people sign in wrongly, more often than a page holds. */
async function fillRegister(): Promise<void> {
  const { register } = relay.relay.operations.catalogue;
  const line = { by: null, subjectId: null, person: null, value: null, session: null, device: null };
  for (let count = 0; count <= registerPageLength; count++)
    await register.add({ ...line, at: 1_700_000_000_000 + count * 60_000, act: 'account.refused' });
  const bob = await newMember('bob@exemple.org');
  const { note: secret } = await bob.visitor.json<NotePage>('POST', '/api/notes', { title: 'Mon secret' });
  await bob.visitor.json('PATCH', `/api/notes/${secret.id}`, { licence: 'cc0-1.0' });
  const { note } = await ada.json<NotePage>('POST', '/api/notes', { title: 'Le jardin de la ruelle' });
  await ada.json('PATCH', `/api/notes/${note.id}`, { visibility: 'public' });
}

test('an administrator finds a line of the register by the keyboard alone, reads on, and takes it out for a spreadsheet', async ({
  browser,
}) => {
  await fillRegister();
  const { page, context, errors } = await openAsAda(browser, '/administration');
  const open = page.getByRole('link', { name: 'Ouvrir le registre', exact: true });
  await open.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Registre' })).toBeVisible();
  const list = page.getByRole('list', { name: 'Lignes du registre' });
  const lines = list.getByRole('listitem');
  await expect(lines).toHaveCount(registerPageLength);
  await expect(lines.first()).toContainText('ada a changé la visibilité (public)');
  await expect(lines.first().getByRole('link', { name: 'Le jardin de la ruelle' })).toBeVisible();
  await expect(list).toContainText('Note que vous ne pouvez pas lire');
  await expect(page.getByText('Mon secret')).toHaveCount(0);
  expect(await seriousFaults(page)).toEqual([]);
  await takePicture(page, 'register-fr');

  const more = page.getByRole('button', { name: 'Montrer la suite' });
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(more).toHaveCount(0);
  expect(await lines.count()).toBeGreaterThan(registerPageLength);

  // By the keyboard: a person, then what was done to.
  await page.getByRole('combobox', { name: 'Personne' }).focus();
  await page.keyboard.type('bob');
  await expect(page.getByRole('option', { name: 'bob' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(lines).toHaveText([/bob a changé la licence \(CC0 1\.0\)/, /bob a créé un compte/]);
  await page.keyboard.press('Tab');
  const kind = page.getByRole('combobox', { name: 'Sur quoi' });
  await kind.selectOption({ label: 'Compte' });
  await expect(lines).toHaveText([/bob a créé un compte/]);
  await takePicture(page, 'register-narrowed-fr');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Exporter pour un tableur (CSV)' }).focus();
  await page.keyboard.press('Enter');
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^registre-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await file.path(), 'utf8');
  const rows = text.trimEnd().split('\r\n');
  expect(rows).toHaveLength(2);
  expect(rows[1]).toContain(';bob;');

  await page.getByRole('combobox', { name: 'Acte' }).selectOption({ label: 'a changé de mot de passe' });
  await expect(page.getByText('Rien dans le registre ne correspond à ces filtres.')).toBeVisible();
  await page.getByRole('button', { name: 'Enlever les filtres' }).click();
  // That she took it out is the newest line.
  await expect(lines.first()).toContainText('ada a exporté le registre');
  await page.getByLabel('Jusqu’au').fill('2023-11-14');
  await expect(lines.first()).toContainText('14 novembre 2023');
  await page.getByLabel('Depuis le').fill('2023-11-15');
  await expect(page.getByText('Rien dans le registre ne correspond à ces filtres.')).toBeVisible();
  expect(errors).toEqual([]);
  await context.close();
});

test('the register speaks English', async ({ browser }) => {
  await fillRegister();
  const { page, context, errors } = await openAsAda(browser, '/administration/register', 'en-CA');
  await expect(page.getByRole('heading', { level: 1, name: 'Register' })).toBeVisible();
  await expect(
    page.getByRole('listitem').filter({ hasText: 'ada changed the visibility (public)' }),
  ).toBeVisible();
  await takePicture(page, 'register-en');
  expect(errors).toEqual([]);
  await context.close();
});

test('an administrator enters a confidentiality incident and amends it by the keyboard alone; what was written before stays', async ({
  browser,
}) => {
  const { page, context, errors } = await openAsAda(browser, '/administration');
  await page.getByRole('link', { name: 'Ouvrir le registre des incidents' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Aucun incident n’est inscrit.')).toBeVisible();
  await page.getByRole('button', { name: 'Inscrire un incident' }).focus();
  await page.keyboard.press('Enter');
  const form = page.getByRole('form', { name: 'Inscrire un incident' });
  await expect(form.getByLabel('Jour de l’incident, ou premier jour')).toBeFocused();
  await form.getByLabel('Jour de l’incident, ou premier jour').fill('2026-02-10');
  await form.getByLabel('Ce qui est arrivé').focus();
  await page.keyboard.type('Une liste de membres est partie à la mauvaise adresse.');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Noms et courriels');
  await page.keyboard.press('Tab');
  await page.keyboard.type('42');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  expect(await seriousFaults(page)).toEqual([]);
  await takePicture(page, 'incident-form-fr');
  await form.getByRole('button', { name: 'Inscrire' }).focus();
  await page.keyboard.press('Enter');
  const incident = page.getByRole('article', { name: '10 février 2026' });
  await expect(incident).toContainText('Risque de préjudice sérieux');
  await expect(incident).toContainText('À aviser avec diligence');
  await expect(form).toHaveCount(0);

  await incident.getByRole('button', { name: 'Modifier l’inscription' }).focus();
  await page.keyboard.press('Enter');
  const amended = page.getByRole('form', { name: 'Modifier l’inscription' });
  await amended.getByLabel('Commission d’accès à l’information avisée le').fill('2026-02-12');
  await amended.getByLabel('Personnes concernées avisées le').fill('2026-02-13');
  await amended.getByLabel('Pourquoi cette modification').focus();
  await page.keyboard.type('Tout le monde est avisé.');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(incident).toContainText('13 février 2026');
  await expect(incident).not.toContainText('À aviser avec diligence');
  await incident.getByText('1 inscription antérieure').focus();
  await page.keyboard.press('Enter');
  await expect(incident.getByText('Pas avisées')).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);
  await takePicture(page, 'incidents-fr');
  await page.goto(`${relay.url}/administration/register`);
  await expect(page.getByRole('listitem').first()).toBeVisible();
  await expect(page.getByText('ada a modifié l’inscription d’un incident de confidentialité')).toBeVisible();
  expect(errors).toEqual([]);
  await context.close();
});

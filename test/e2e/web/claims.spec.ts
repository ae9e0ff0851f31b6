import { expect, test } from '@playwright/test';
import * as Y from 'yjs';
import type { Home } from '#shared/api/homes.ts';
import { schemaVersion } from '#shared/document/schema.ts';
import { titleOf } from '#shared/document/fields.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { encodeStatedRows } from '#shared/protocol/mirrorMessages.ts';
import { noDiscovery } from '#server/meeting/Discovery.ts';
import { hashSecret, newId } from '#server/secrets.ts';
import { newClaim } from '#server/meeting/MeetingClaims.ts';
import { mirrorClient } from '../../support/mirrorClient.ts';
import { type Community, newCommunity, password } from '../../support/newCommunity.ts';
import { type FullRelay, newFullRelay } from '../../support/newFullRelay.ts';
import { newAccount, newNoteOf } from '../../support/newMirroring.ts';
import { openBrowser } from '../../support/openBrowser.ts';
import { seriousFaults } from '../../support/seriousFaults.ts';
import { takePicture } from '../../support/takePicture.ts';

let home: Community;
let guest: FullRelay;
test.beforeEach(async () => {
  home = await newCommunity({ storage: 'sqlite' });
  guest = await newFullRelay({ storage: 'sqlite', discovery: noDiscovery });
});
test.afterEach(async () => {
  await guest.close();
  await home.close();
});

test('[R332] texts of a meeting bear the name that the host’s device gave, until who wrote them says so', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const ada = await home.administrator();
  const zoe = await newAccount(home, ada, 'zoe@exemple.org');
  const note = await newNoteOf(ada, 'Semis');
  await home.relay.operations.catalogue.notes.addPerson(note, zoe.id, 'author', 1);
  const claim = newClaim();
  const { person } = await ada.json<{ person: PersonId }>('POST', '/api/mirror/stated', {
    guest: newId(),
    name: 'Zoé',
    claim: hashSecret(claim.secret),
  });
  const { ticket } = await ada.json<{ ticket: string }>('POST', '/api/tickets/mirror', { device: newId() });
  const mirror = mirrorClient(`${home.url.replace('http', 'ws')}/sync`, ticket);
  const document = mirror.on(note);
  document.open({ schema: schemaVersion });
  await document.hear('opened');
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate((await home.relay.operations.documents.read(note))!.doc));
  doc.on('update', (update: Uint8Array) =>
    document.send(encodeStatedRows({ person, rows: [{ deviceTime: 1, update }] })),
  );
  titleOf(doc).insert(titleOf(doc).length, ' de mars');
  await document.stored(1);
  mirror.socket.terminate();

  await guest.relay.operations.joined!.claims.keep({ ...claim, person: newId(), host: 'ada' });
  const me = await guest.signIn();
  const followed = await me.json<Home>('POST', '/api/homes', {
    address: home.url,
    name: 'La Ruche',
    email: 'zoe@exemple.org',
    password,
  });
  await me.json('PUT', `/api/homes/${followed.id}/documents/${note}`, { kind: 'note' });

  const { page } = await openBrowser(browser, guest.launchUrl);
  await expect(page.getByRole('button', { name: 'Nouvelle note' }).first()).toBeVisible();
  await page.goto(`${guest.url}/notes/${note}/history`);
  await expect(page.getByText('Zoé (selon l’appareil de ada)').first()).toBeAttached();
  await takePicture(page, 'claim-history');
  await page.goto(`${guest.url}/settings`);
  const card = page.getByRole('region', { name: 'Ces textes sont-ils de vous?' });
  await expect(card.getByText('Zoé (selon l’appareil de ada)')).toBeVisible();
  await card.scrollIntoViewIfNeeded();
  await takePicture(page, 'claim-settings');
  expect(await seriousFaults(page)).toEqual([]);
  await page.goto(`${guest.url}/homes/${followed.id}`);
  await expect(card).toBeVisible();
  await takePicture(page, 'claim-home');
  await card.getByRole('button', { name: 'Ces textes sont de moi' }).click();
  await expect(page.getByText('ces textes sont les vôtres', { exact: false })).toBeVisible();
  await expect(card).toHaveCount(0);
  await page.goto(`${guest.url}/notes/${note}/history`);
  await expect(page.getByText('Semis de mars').first()).toBeVisible();
  await expect(page.getByText('selon l’appareil', { exact: false })).toHaveCount(0);
});

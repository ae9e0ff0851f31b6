import { expect, test } from '@playwright/test';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { type OpenBrowser, openBrowser, openOwner } from '../../support/openBrowser.ts';

let relay: FullRelay;
test.beforeEach(async () => {
  relay = await newFullRelay();
});
test.afterEach(async () => {
  await relay.close();
});

/** Every address that a browser asked for, sockets included, and every secret that it was given. */
function record({ page, context }: OpenBrowser) {
  const addresses: string[] = [];
  const referrers: string[] = [];
  const tickets: string[] = [];
  page.on('websocket', (socket) => addresses.push(socket.url()));
  context.on('request', (request) => {
    addresses.push(request.url());
    const { referer } = request.headers();
    if (referer !== undefined) referrers.push(referer);
  });
  context.on('response', (response) => {
    if (!response.url().endsWith('/api/tickets') || !response.ok()) return;
    void response.json().then(({ ticket }: { ticket: string }) => tickets.push(ticket));
  });
  return { addresses, referrers, tickets };
}

test('writing, inviting and joining asks nothing of anybody else, and puts no secret in an address', async ({
  browser,
}) => {
  const owner = await openOwner(browser, relay);
  const ofOwner = record(owner);
  const { page } = owner;
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  const body = page.getByRole('textbox', { name: 'Texte de la note' });
  await body.click();
  await page.keyboard.type('Bonjour https://exemple.org ');
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved');
  await page.getByRole('button', { name: 'Partager' }).click();
  await page.getByRole('button', { name: 'Créer un lien' }).click();
  const link = await page.getByTestId('invitation-link').inputValue();
  await page.getByRole('dialog').getByRole('button', { name: 'Fermer' }).click();

  const guest = await openBrowser(browser, 'about:blank');
  const ofGuest = record(guest);
  await guest.page.goto(link);
  await guest.page.getByRole('textbox').first().fill('Grace');
  await guest.page.locator('button[type="submit"]').click();
  await expect(guest.page.getByText('Bonjour').first()).toBeVisible();
  expect(new URL(guest.page.url()).hash).toBe('');
  await page.reload();
  await expect(page.getByText('Bonjour').first()).toBeVisible();

  const addresses = [...ofOwner.addresses, ...ofGuest.addresses];
  const own = [relay.url, relay.url.replace('http', 'ws')];
  expect(addresses.filter((one) => !own.includes(new URL(one).origin) && one !== 'about:blank')).toEqual([]);
  expect(addresses.some((one) => one.startsWith('ws:'))).toBe(true);
  const cookies = [...(await owner.context.cookies()), ...(await guest.context.cookies())];
  const secrets = [
    new URL(link).hash.slice(1),
    new URL(relay.launchUrl).hash.slice('#launch='.length),
    ...cookies.map(({ value }) => value),
    ...ofOwner.tickets,
    ...ofGuest.tickets,
  ];
  expect(secrets.length).toBeGreaterThan(5);
  expect(secrets.every((secret) => secret.length >= 43)).toBe(true);
  // What follows # is not sent: Playwright shows it all the same.
  const sent = addresses.map((one) => one.split('#')[0] ?? '');
  expect(sent.filter((one) => secrets.some((secret) => one.includes(secret)))).toEqual([]);
  expect([...ofOwner.referrers, ...ofGuest.referrers].filter((one) => one !== '')).toEqual([]);
  expect([...owner.errors, ...guest.errors]).toEqual([]);
  await owner.context.close();
  await guest.context.close();
});

test('the page takes no markup from a string, no style from an attribute, no script and no frame from outside', async ({
  browser,
}) => {
  const { page, context, errors } = await openOwner(browser, relay);
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  await expect(page.getByRole('textbox', { name: 'Texte de la note' })).toBeVisible();
  // So far the page kept its own rules.
  expect(errors).toEqual([]);
  const styles = await page.evaluate(() =>
    [...document.querySelectorAll('style')].filter((one) => one.nonce === '').map((one) => one.textContent),
  );
  expect(styles).toEqual([]);
  const outcome = await page.evaluate(async () => {
    const refused = (act: () => unknown): boolean => {
      try {
        act();
        return false;
      } catch {
        return true;
      }
    };
    const styled = document.createElement('p');
    styled.setAttribute('style', 'color: rgb(1, 2, 3)');
    document.body.append(styled);
    const { trustedTypes } = window as unknown as {
      trustedTypes: { createPolicy: (...given: unknown[]) => void };
    };
    const violated: string[] = [];
    (window as unknown as { violated: string[] }).violated = violated;
    document.addEventListener('securitypolicyviolation', (event) => violated.push(event.effectiveDirective));
    const frame = document.createElement('iframe');
    frame.src = 'https://exemple.org/';
    const image = new Image();
    image.src = 'https://exemple.org/a.png';
    document.body.append(frame, image);
    const asked = await fetch('https://exemple.org/').then(
      () => true,
      () => false,
    );
    return {
      markup: refused(() => (styled.innerHTML = '<b>a</b>')),
      script: refused(() => (document.createElement('script').src = 'https://exemple.org/a.js')),
      policy: refused(() => trustedTypes.createPolicy('another', {})),
      style: getComputedStyle(styled).color === 'rgb(1, 2, 3)',
      asked,
    };
  });
  expect(outcome).toEqual({
    markup: true,
    script: true,
    policy: true,
    style: false,
    asked: false,
  });
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { violated: string[] }).violated))
    .toEqual(expect.arrayContaining(['connect-src', 'frame-src', 'img-src']));
  await context.close();
});

import process from 'node:process';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openAs, openOwner } from '../../support/openBrowser.ts';
import { newRandom, type Random } from '../../support/random.ts';

const long = process.env['CALEPIN_LONG'] === '1';
/** Each a burst of keys. */
const rounds = long ? 300 : 5;
/** Not by chance: each worker must find the same titles. */
const seed = Number(process.env['CALEPIN_SEED'] ?? 20_261_127);

let relay: FullRelay;
test.beforeEach(async () => {
  relay = await newFullRelay();
});
test.afterEach(async () => {
  await relay.close();
});

const bodyOf = (page: Page): Locator => page.getByRole('textbox', { name: 'Texte de la note' });

const lines = [
  '## Titre un',
  'Le comité se réunit le **mardi** soir.',
  '- un point',
  'deux',
  '',
  '> Une parole',
  '',
  'Une fin de texte.',
];
/** With less, more is written: bursts take whole selections away. */
const leastText = 40;
const moves = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'];
const far = ['Control+ArrowLeft', 'Control+ArrowRight', 'Control+Home', 'Control+End'];
const selections = ['ArrowLeft', 'ArrowRight', 'ArrowDown', 'Home', 'End'].map((key) => `Shift+${key}`);
const acts = ['Backspace', 'Delete', 'x', 'Enter'];

async function newNote(page: Page): Promise<void> {
  await page.goto(relay.url);
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  await bodyOf(page).click();
  await writeLines(page);
}

async function writeLines(page: Page): Promise<void> {
  for (const line of lines) {
    await page.keyboard.type(line);
    await page.keyboard.press('Enter');
  }
  await expect(bodyOf(page)).toContainText('Une fin de texte.');
}

/** A walk and a selection, then what changes the text. */
function burst(random: Random): string[] {
  const walk = Array.from({ length: random.int(30) }, () => 'ArrowRight');
  const rest = Array.from({ length: 8 }, () => random.pick([...moves, ...far, ...selections]));
  return ['Control+Home', ...walk, ...rest, random.pick(acts)];
}

/** The text and its blocks, without what is drawn of others. */
const shown = (page: Page): Promise<string> =>
  bodyOf(page).evaluate((body) => {
    const copy = body.cloneNode(true) as HTMLElement;
    for (const drawn of copy.querySelectorAll('.remote-caret, img, br')) drawn.remove();
    for (const selected of copy.querySelectorAll('.remote-selection'))
      selected.replaceWith(...selected.childNodes);
    for (const element of copy.querySelectorAll('*'))
      for (const name of element.getAttributeNames()) element.removeAttribute(name);
    return copy.innerHTML;
  });

test(`keys do the same beside somebody else’s caret as alone, however fast they come (seed ${seed})`, async ({
  browser,
}) => {
  test.setTimeout(long ? 1_200_000 : 120_000);
  const random = newRandom(seed);
  const { page: beside, context } = await openOwner(browser, relay);
  const alone = await context.newPage();
  await newNote(alone);
  await newNote(beside);
  const note = new URL(beside.url()).pathname.split('/').at(-1);
  const owner = await relay.signIn();
  const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'note',
    subjectId: note,
    role: 'author',
    days: 30,
  });
  const { page: guest } = await openAs(browser, await relay.join(url, 'Grace'), beside.url());
  await guest.getByRole('button', { name: 'Modifier' }).first().click();
  await bodyOf(guest).click();
  for (let round = 0; round < rounds; round++) {
    if ((await bodyOf(alone).innerText()).length < leastText)
      for (const page of [alone, beside]) {
        await page.keyboard.press('Control+End');
        await writeLines(page);
      }
    await guest.keyboard.press('Control+Home');
    for (let step = random.int(60); step > 0; step--) await guest.keyboard.press('ArrowRight');
    for (let step = random.int(2) * 5; step > 0; step--) await guest.keyboard.press('Shift+ArrowRight');
    await expect(bodyOf(beside).locator('.remote-caret')).toHaveCount(1);
    const keys = burst(random);
    for (const page of [alone, beside]) {
      await bodyOf(page).focus();
      for (const key of keys) await page.keyboard.press(key);
    }
    await expect
      .poll(
        async () => {
          const [one, other] = [await shown(alone), await shown(beside)];
          return one === other ? 'the same' : `${one} alone, ${other} beside`;
        },
        { message: `round ${round}: ${keys.join(' ')}`, timeout: 20_000 },
      )
      .toBe('the same');
  }
  // Something was left to write in until the end.
  expect(await shown(alone)).toMatch(/\p{L}/u);
});

import { expect, type Locator, type Page, test } from '@playwright/test';
import { addEntry, readEntries } from '#shared/document/fields.ts';
import { orderKeysBetween } from '#shared/document/orderKeys.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import type { CarnetPage } from '#shared/api/collections.ts';
import type { Session } from '#shared/api/session.ts';
import { loadCaller } from '#server/Caller.ts';
import { createNote } from '#server/operations/createNote.ts';
import { newFullRelay, type FullRelay } from '../../support/newFullRelay.ts';
import { openAs } from '../../support/openBrowser.ts';

// A carnet of which only the lines near the window are drawn: what is moved, and what has the focus, is still there.

const count = 600;

let relay: FullRelay;
test.beforeEach(async () => {
  relay = await newFullRelay();
});
test.afterEach(() => relay.close());

const titleOf = (n: number): string => `Récit ${String(n).padStart(3, '0')}`;
const handle = (page: Page, n: number): Locator =>
  page.getByRole('button', { name: `Déplacer « ${titleOf(n)} »` });

test(`in a carnet of ${count} notes, a note is moved by the keyboard, dragged beyond the window and pinned, each at its place in the end`, async ({
  browser,
}) => {
  const owner = await relay.signIn();
  const { collection: carnet } = await owner.json<CarnetPage>('POST', '/api/carnets', { title: 'Long' });
  const { operations } = relay.relay;
  const { person } = await owner.json<Session>('GET', '/api/session');
  // Their places were written by one act of a manager; each note is one of its own.
  const caller = (await loadCaller(operations.catalogue, person!.id))!;
  const ids: NoteId[] = await Promise.all(
    Array.from({ length: count }, (_, n) =>
      createNote(operations, caller, { title: titleOf(n), kind: 'note', language: 'fr' }),
    ),
  );
  const orders = orderKeysBetween(null, null, count);
  await operations.documents.change(carnet.id, { person: person!.id, operation: 'test' }, (doc) =>
    ids.forEach((memberId, n) =>
      addEntry(doc, { memberId, order: orders[n]!, category: null, pinned: false }),
    ),
  );
  await operations.indexer.indexNow(carnet.id);
  /** The numbers of the notes in the order of the document, from a place on. */
  const order = async (from: number, upTo: number): Promise<number[]> => {
    const read = await operations.documents.readable(carnet.id);
    const entries = readEntries(read!.doc);
    read!.doc.destroy();
    return entries.slice(from, upTo).map(({ memberId }) => ids.indexOf(memberId as NoteId));
  };

  const { page, errors } = await openAs(browser, owner, `${relay.url}/carnets/${carnet.id}`);
  const lines = page.locator('main [data-entry]');
  await expect(handle(page, 0)).toBeVisible();
  expect(await lines.count()).toBeLessThan(60);

  // By the keyboard, further than the window reaches; the focus stays with it.
  await handle(page, 2).focus();
  for (let n = 0; n < 24; n += 1) {
    await page.keyboard.press('Alt+ArrowDown');
    await expect(page.getByText(`« ${titleOf(2)} » : position ${n + 4} sur ${count}.`)).toBeAttached();
  }
  await expect(handle(page, 2)).toBeFocused();
  await expect(handle(page, 2)).toBeInViewport();
  await expect.poll(() => order(24, 28)).toEqual([25, 26, 2, 27]);

  // Dragged to the edge, the page scrolls under it; it falls where it is let go.
  await page.getByRole('main').hover();
  await page.mouse.wheel(0, -100_000);
  await expect(handle(page, 0)).toBeInViewport();
  const from = (await handle(page, 0).boundingBox())!;
  await page.mouse.move(from.x + 8, from.y + 8);
  await page.mouse.down();
  const bottom = page.viewportSize()!.height - 8;
  await page.mouse.move(from.x + 8, bottom, { steps: 8 });
  await expect(handle(page, 25)).toBeInViewport();
  await page.mouse.move(from.x + 8, bottom / 2, { steps: 4 });
  const target = page.locator('main [data-drop]');
  await expect(target).toHaveCount(1);
  const beside = ids.indexOf((await target.getAttribute('data-entry')) as NoteId);
  const side = await target.getAttribute('data-drop');
  await page.mouse.up();
  const before = (await order(0, count)).filter((n) => n !== 0);
  const place = before.indexOf(beside) + (side === 'after' ? 1 : 0);
  expect(place).toBeGreaterThan(10);
  await expect.poll(() => order(place, place + 1)).toEqual([0]);

  // Pinned from far down, it is at the head, and the focus with it; unpinned it is again where it was.
  await page.mouse.wheel(0, 100_000);
  const last = count - 1;
  await expect(handle(page, last)).toBeVisible();
  const act = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: `Actes sur « ${titleOf(last)} »` }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await act('Épingler en tête');
  await expect.poll(() => order(0, 1)).toEqual([last]);
  await expect(handle(page, last)).toBeInViewport();
  await expect(handle(page, last)).toBeFocused();
  await act('Ne plus épingler');
  await expect.poll(() => order(last, count)).toEqual([last]);
  await expect(handle(page, last)).toBeFocused();
  expect(errors).toEqual([]);
});

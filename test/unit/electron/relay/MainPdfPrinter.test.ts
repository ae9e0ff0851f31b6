import { expect, it } from 'vitest';
import { answerPrintRequest } from '../../../../electron/main/exportPdf.ts';
import { MainPdfPrinter } from '../../../../electron/relay/MainPdfPrinter.ts';
import type { PrintRequest } from '../../../../electron/relay/messages.ts';

function printer(fails = false) {
  const steps: string[] = [];
  const main = new MainPdfPrinter(async (request: PrintRequest) => {
    steps.push(`${request.step} ${request.job}`);
    if (fails && request.step === 'open') throw new Error('no window');
    return request.step === 'print' ? new Uint8Array([37, 80]) : null;
  });
  return { main, steps };
}
const picture = { bytes: new Uint8Array([1, 2]), mediaType: 'image/jpeg' };
const assets = async (path: string) => (path === '/a.jpg' ? picture : null);

it('opens, prints and closes one window for a book, and gives that window its files alone', async () => {
  const { main, steps } = printer();
  const session = await main.open('<p>Livre</p>', assets, new AbortController().signal);
  expect(await session.print()).toEqual(new Uint8Array([37, 80]));
  expect([
    await main.asset(1, '/a.jpg'),
    await main.asset(1, '/b.jpg'),
    await main.asset(2, '/a.jpg'),
  ]).toEqual([picture, null, null]);
  await session.close();
  await session.close();
  expect(steps).toEqual(['open 1', 'print 1', 'close 1']);
  expect(await main.asset(1, '/a.jpg')).toBeNull();
});

it('closes the window when the export is cancelled, or when it could not be opened', async () => {
  const cancelled = printer();
  const abort = new AbortController();
  await cancelled.main.open('', assets, abort.signal);
  abort.abort();
  expect(cancelled.steps).toEqual(['open 1', 'close 1']);
  const failed = printer(true);
  await expect(failed.main.open('', assets, new AbortController().signal)).rejects.toThrow('no window');
  expect(failed.steps).toEqual(['open 1', 'close 1']);
});

it('answers a printed page with the book and its files, and nothing from anywhere else', async () => {
  const ask = (address: string) => answerPrintRequest(address, '<p>Livre</p>', assets);
  expect(await (await ask('https://book.invalid/')).text()).toBe('<p>Livre</p>');
  expect((await ask('https://book.invalid/a.jpg')).headers.get('content-type')).toBe('image/jpeg');
  expect((await ask('https://book.invalid/b.jpg')).status).toBe(404);
  expect((await ask('https://exemple.org/a.jpg')).status).toBe(403);
});

import { EventEmitter } from 'node:events';
import type { BrowserWindow, MessageBoxOptions } from 'electron';
import { expect, it } from 'vitest';
import { WindowRecovery } from '../../../../electron/main/windowRecovery.ts';

function watched(language: 'fr' | 'en' = 'fr') {
  let now = 0;
  const asked: MessageBoxOptions[] = [];
  const did: string[] = [];
  let answer: (response: number) => void = () => undefined;
  const window = Object.assign(new EventEmitter(), {
    isDestroyed: () => did.includes('destroy'),
    destroy: () => void did.push('destroy'),
    webContents: Object.assign(new EventEmitter(), {
      reload: () => void did.push('reload'),
      forcefullyCrashRenderer: () => void did.push('end'),
    }),
  });
  new WindowRecovery({
    ask: (_window, options) => {
      asked.push(options);
      return new Promise((resolve) => (answer = (response) => resolve({ response })));
    },
    language: () => language,
    now: () => now,
  }).watch(window as unknown as BrowserWindow);
  return {
    asked,
    did,
    window,
    crash: (reason = 'crashed') => window.webContents.emit('render-process-gone', {}, { reason }),
    pass: (ms: number) => void (now += ms),
    answer: async (response: number) => {
      answer(response);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

it('loads a page again that ended, without a word', () => {
  const { crash, did, asked, pass } = watched();
  for (let time = 0; time < 10; time += 1) {
    crash('oom');
    pass(31_000);
  }
  expect([did.length, asked]).toEqual([10, []]);
  crash('clean-exit');
  expect(did).toHaveLength(10);
});

it('asks once after a third end within a minute, says what is safe, and does what is chosen', async () => {
  const { crash, did, asked, answer, pass } = watched();
  for (let time = 0; time < 4; time += 1) crash();
  expect(did).toEqual(['reload', 'reload']);
  expect(asked).toMatchObject([
    {
      message: 'Cette fenêtre s’est arrêtée plusieurs fois.',
      buttons: ['Rouvrir', 'Fermer la fenêtre'],
    },
  ]);
  await answer(0);
  expect(did).toEqual(['reload', 'reload', 'reload']);
  crash();
  await answer(1);
  expect(did.at(-1)).toBe('destroy');
  pass(1);
  crash();
  expect(did).toHaveLength(4);
});

it('ends a page that hangs only when the person says so', async () => {
  const { window, did, asked, answer } = watched('en');
  window.emit('unresponsive');
  await answer(0);
  expect(did).toEqual([]);
  window.emit('unresponsive');
  await answer(1);
  expect([did, asked[1]?.buttons]).toEqual([['end'], ['Wait', 'Reopen']]);
});

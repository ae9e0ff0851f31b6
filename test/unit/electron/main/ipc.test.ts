import type { IpcMainInvokeEvent } from 'electron';
import { expect, it } from 'vitest';
import { desktopChannels } from '#shared/desktop/channels.ts';
import { eventFrom as from, newIpc as setUp } from './newIpc.ts';

it('answers the application’s own page', async () => {
  const { handlers, calls } = setUp();
  const id = 'A'.repeat(22);
  await handlers.get(desktopChannels.saveExport)?.(from('app://bundle/notes/1'), {
    exportId: id,
    suggestedName: 'Carnet.pdf',
  });
  await handlers.get(desktopChannels.writeSettings)?.(from('app://bundle/'), { theme: 'light' });
  await handlers.get(desktopChannels.closeReady)?.(from('app://bundle/'));
  expect(calls).toEqual([[id, 'Carnet.pdf'], { theme: 'light' }, 7]);
});

it('refuses every call of another page, of a frame inside the page, and of no frame at all', async () => {
  const { handlers, calls } = setUp();
  expect(handlers.size).toBeGreaterThan(5);
  for (const handler of handlers.values()) {
    for (const event of [
      from('https://exemple.org/'),
      from('app://elsewhere/'),
      from('https://bundle/'),
      from('file:///app://bundle/'),
      from('app://bundle/', false),
      { ...from('app://bundle/'), senderFrame: null },
    ]) {
      await expect(handler(event as IpcMainInvokeEvent, undefined)).rejects.toThrow('not allowed');
    }
  }
  expect(calls).toEqual([]);
});

it('refuses arguments that are not what the call takes', async () => {
  const { handlers, calls } = setUp();
  const call = (channel: string, argument: unknown) =>
    handlers.get(channel)?.(from('app://bundle/'), argument);
  await expect(call(desktopChannels.openExternal, 12)).rejects.toThrow('invalid argument');
  await expect(call(desktopChannels.openExternal, 'a'.repeat(2 * 1024 * 1024))).rejects.toThrow('too large');
  await expect(
    handlers.get(desktopChannels.openExternal)?.(from('app://bundle/'), 'https://exemple.org/', 'more'),
  ).rejects.toThrow('invalid argument');
  await expect(call(desktopChannels.writeSettings, { bounds: { width: 900 } })).rejects.toThrow(
    'invalid argument',
  );
  await expect(
    call(desktopChannels.saveExport, { exportId: '../x', suggestedName: 'a.pdf' }),
  ).rejects.toThrow('invalid argument');
  await expect(call(desktopChannels.writeSettings, { theme: 'pink' })).rejects.toThrow('invalid argument');
  expect(calls).toEqual([]);
});

import type { IpcMainInvokeEvent } from 'electron';
import { expect, it } from 'vitest';
import { desktopChannels } from '#shared/desktop/channels.ts';
import { registerIpc } from '../../../../electron/main/ipc.ts';
import type { IpcActs } from '../../../../electron/main/ipc.ts';

type Handler = (event: IpcMainInvokeEvent, argument?: unknown) => Promise<unknown>;

function setUp() {
  const handlers = new Map<string, Handler>();
  const calls: unknown[] = [];
  const acts: IpcActs = {
    relaySocketOrigin: async () => 'ws://127.0.0.1:1',
    openExternal: async (url) => calls.push(url) > 0,
    saveExport: async (id, name) => (calls.push([id, name]), name),
    settings: {
      read: () => ({ language: 'fr', theme: 'dark' }),
      write: async (change) => (calls.push(change), { language: 'fr', theme: 'dark' }),
      bounds: () => ({ width: 1_280, height: 860 }),
      keepBounds: async () => undefined,
    },
    closeReady: (id) => void calls.push(id),
  };
  registerIpc({ handle: (channel: string, handler: Handler) => void handlers.set(channel, handler) }, acts);
  return { handlers, calls };
}

function from(url: string, top = true): IpcMainInvokeEvent {
  const frame = { url };
  return {
    senderFrame: frame,
    sender: { id: 7, mainFrame: top ? frame : { url } },
  } as unknown as IpcMainInvokeEvent;
}

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
  expect(handlers.size).toBe(6);
  for (const handler of handlers.values()) {
    for (const event of [
      from('https://exemple.org/'),
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
    call(desktopChannels.saveExport, { exportId: '../x', suggestedName: 'a.pdf' }),
  ).rejects.toThrow('invalid argument');
  await expect(call(desktopChannels.writeSettings, { theme: 'pink' })).rejects.toThrow('invalid argument');
  expect(calls).toEqual([]);
});

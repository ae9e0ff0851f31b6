import type { IpcMainInvokeEvent } from 'electron';
import { registerIpc } from '../../../../electron/main/ipc.ts';
import type { IpcActs } from '../../../../electron/main/ipc.ts';

type Handler = (event: IpcMainInvokeEvent, ...given: unknown[]) => Promise<unknown>;

/** Every call that a page may make, with acts that only note what they were asked. */
export function newIpc() {
  const handlers = new Map<string, Handler>();
  const calls: unknown[] = [];
  const acts: IpcActs = {
    relaySocketOrigin: async () => (calls.push('relaySocketOrigin'), 'ws://127.0.0.1:1'),
    openExternal: async (url, contentsId) => calls.push([url, contentsId]) > 0,
    saveExport: async (id, name) => (calls.push([id, name]), name),
    dragExport: async (id, name) => void calls.push([id, name]),
    secretsKept: () => (calls.push('secretsKept'), 'keyring'),
    startProblem: () => (calls.push('startProblem'), null),
    retryStart: async () => (calls.push('retryStart'), null),
    showDataFolder: () => void calls.push('showDataFolder'),
    chooseFolder: async () => (calls.push('chooseFolder'), '/home/ada'),
    settings: {
      read: () => ({ language: 'fr', theme: 'dark', spelling: 'both', tray: false }),
      write: async (change) => (
        calls.push(change),
        { language: 'fr', theme: 'dark', spelling: 'both', tray: false }
      ),
      bounds: () => ({ width: 1_280, height: 860 }),
      keepBounds: async () => undefined,
    },
    closeReady: (id) => void calls.push(id),
  };
  registerIpc({ handle: (channel: string, handler: Handler) => void handlers.set(channel, handler) }, acts);
  return { handlers, calls };
}

/** A call from a page. @param top - from its main frame. */
export function eventFrom(url: string, top = true): IpcMainInvokeEvent {
  const frame = { url };
  return {
    senderFrame: frame,
    sender: { id: 7, mainFrame: top ? frame : { url } },
  } as unknown as IpcMainInvokeEvent;
}

/** A call from the application's own page. */
export const appEvent = (): IpcMainInvokeEvent => eventFrom('app://bundle/');

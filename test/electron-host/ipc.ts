import { fromBrowser } from './addresses.ts';
import type { Contents } from './Contents.ts';
import type { Frame } from './Frame.ts';
import { NotInHostError, strict } from './strict.ts';

/** Who called. */
export interface HostCall {
  readonly sender: Contents;
  readonly senderFrame: Frame | null;
}

type Handler = (event: HostCall, ...args: unknown[]) => unknown;
type Message =
  | { type: 'invoke'; id: number; channel: string; args: unknown[] }
  | { type: 'send'; channel: string; args: unknown[] }
  | { type: 'open'; url: string }
  | { type: 'input'; input: string }
  | { type: 'context-menu'; place: { linkURL: string } };

const handlers = new Map<string, Handler>();

/** `ipcMain`: calls that are answered. Messages without an answer are not used by this application, and are refused. */
export const ipcMain = strict('ipcMain', {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  removeHandler: (channel: string): void => void handlers.delete(channel),
});

/** Hands a preload's message to its handler. @param answer - carries the outcome back to the world that called. */
export function receiveFromPreload(
  message: unknown,
  call: HostCall,
  answer: (message: object) => void,
): void {
  const received = message as Message;
  if (received.type === 'open') {
    call.sender.askToOpen(received.url);
    return;
  }
  if (received.type === 'input') {
    call.sender.emit('input-event', {}, { type: received.input });
    return;
  }
  if (received.type === 'context-menu') {
    const { place } = received;
    call.sender.emit('context-menu', {}, { ...place, linkURL: fromBrowser(place.linkURL) });
    return;
  }
  const { type, channel, args } = received;
  if (type === 'send') throw new NotInHostError(`ipcMain.on('${channel}')`);
  const { id } = received;
  const handler = handlers.get(channel);
  const run = async (): Promise<unknown> => {
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return handler(call, ...args);
  };
  run().then(
    (value) => answer({ type: 'answer', id, error: null, value }),
    (error: unknown) => answer({ type: 'answer', id, error: String(error), value: null }),
  );
}

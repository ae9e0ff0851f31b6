import type { createBridge } from './bridge.ts';
import type { Codec } from './codec.ts';

/**
 * In the preload's world: `contextBridge` and `ipcRenderer` over the two ways out, to the page and to main, then the preload itself. Sent to the browser as its source.
 * @param preload - the preload, as CommonJS takes it.
 */
export function runPreloadWorld(
  codec: Codec,
  create: typeof createBridge,
  names: { readonly mine: string; readonly theirs: string },
  options: { readonly argv: readonly string[]; readonly toMain: string; readonly toPreload: string },
  preload: (require: unknown, process: unknown, module: unknown, exports: unknown) => void,
): void {
  type Listener = (event: unknown, ...args: unknown[]) => void;
  const world = globalThis as unknown as Record<string, (text: string) => void>;
  const listeners = new Map<string, Set<Listener>>();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;
  const post = (message: object): void => world[options.toMain]?.(codec.encode(message));
  // The page's world sends one thing by itself: the address of a window that it would open.
  const bridge = create(codec, names, (_key, url) => post({ type: 'open', url }));
  world[options.toPreload] = (text) => {
    const message = codec.decode(text) as
      | { type: 'event'; channel: string; args: unknown[] }
      | { type: 'answer'; id: number; error: string | null; value: unknown };
    if (message.type === 'event') {
      for (const listener of listeners.get(message.channel) ?? []) listener({}, ...message.args);
      return;
    }
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === null) call?.resolve(message.value);
    else call?.reject(new Error(message.error));
  };
  // Electron's main sees what a person does in a page by itself; here the page's own events tell, those of scripts excepted.
  for (const [name, input] of [
    ['mousedown', 'mouseDown'],
    ['mouseup', 'mouseUp'],
    ['keydown', 'rawKeyDown'],
  ] as const)
    window.addEventListener(name, (event) => event.isTrusted && post({ type: 'input', input }), true);
  // A place that is pressed for its menu, unless the page has one of its own there. What can be cut or pasted is told from what is chosen; there is no spelling.
  window.addEventListener('contextmenu', (event) => {
    if (!event.isTrusted || event.defaultPrevented || !(event.target instanceof Element)) return;
    const field = event.target.closest('input, textarea, [contenteditable]');
    const isEditable = field !== null && field.getAttribute('contenteditable') !== 'false';
    const selectionText = getSelection()?.toString() ?? '';
    const isChosen = selectionText !== '';
    post({
      type: 'context-menu',
      place: {
        x: event.clientX,
        y: event.clientY,
        linkURL: event.target.closest('a')?.href ?? '',
        selectionText,
        isEditable,
        misspelledWord: '',
        dictionarySuggestions: [],
        menuSourceType: event.button === 2 ? 'mouse' : 'keyboard',
        editFlags: {
          canCut: isEditable && isChosen,
          canCopy: isChosen,
          canPaste: isEditable,
          canSelectAll: true,
        },
      },
    });
  });
  /** The same guard as in main: a member that is not here is named, not undefined. */
  const only = <T extends object>(name: string, target: T): T =>
    new Proxy(target, {
      get(object, key) {
        if (typeof key === 'string' && !(key in object))
          throw new Error(`the test host has no ${name}.${key} in a preload`);
        return Reflect.get(object, key) as unknown;
      },
    });
  const ipcRenderer = {
    on(channel: string, listener: Listener) {
      const set = listeners.get(channel) ?? new Set();
      listeners.set(channel, set.add(listener));
      return ipcRenderer;
    },
    off(channel: string, listener: Listener) {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
    send: (channel: string, ...args: unknown[]) => post({ type: 'send', channel, args }),
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        post({ type: 'invoke', id, channel, args });
        waiting.set(id, {
          resolve,
          reject: (error) => reject(new Error(`Error invoking remote method '${channel}': ${error.message}`)),
        });
      }),
  };
  const contextBridge = {
    exposeInMainWorld: (key: string, value: unknown) => bridge.expose(key, value),
  };
  // A file dropped on a headless page has no path; the page is told so, as Electron does for a file made by a script.
  const webUtils = { getPathForFile: () => '' };
  const electron = only('electron', {
    contextBridge: only('contextBridge', contextBridge),
    ipcRenderer: only('ipcRenderer', ipcRenderer),
    webUtils: only('webUtils', webUtils),
  });
  const process = only('process', {
    argv: options.argv,
    platform: 'linux',
    sandboxed: true,
    contextIsolated: true,
    type: 'renderer',
  });
  const require = (name: string): unknown => {
    if (name === 'electron') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const module = { exports: {} };
  preload(require, process, module, module.exports);
}

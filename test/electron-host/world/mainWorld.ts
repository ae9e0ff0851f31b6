import type { createBridge } from './bridge.ts';
import type { Codec } from './codec.ts';

/** In the page's own world: puts there what the preload exposes, so that no script of the page can change it, and asks main before a window opens. Sent to the browser as its source. */
export function runMainWorld(
  codec: Codec,
  create: typeof createBridge,
  names: { readonly mine: string; readonly theirs: string },
): void {
  const freeze = <T>(value: T): T => {
    if (typeof value === 'object' && value !== null && Object.isExtensible(value)) {
      Object.freeze(value);
      for (const one of Object.values(value)) freeze(one);
    }
    return value;
  };
  const bridge = create(codec, names, (key, value) => {
    Object.defineProperty(window, key, {
      value: freeze(value),
      writable: false,
      configurable: false,
      enumerable: true,
    });
  });
  // The browser would make the window first and ask nobody: main answers no in Electron, and the page gets null.
  window.open = (url) => {
    bridge.expose('open', new URL(url ?? 'about:blank', location.href).href);
    return null;
  };
}

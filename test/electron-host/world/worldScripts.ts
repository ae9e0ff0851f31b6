import { randomBytes } from 'node:crypto';
import { createBridge } from './bridge.ts';
import { createCodec } from './codec.ts';
import { runMainWorld } from './mainWorld.ts';
import { runPreloadWorld } from './preloadWorld.ts';

/** The preload's world and what main and it call each other. */
export const preloadWorld = 'Electron Isolated Context';
export const toMain = '__hostToMain';
export const toPreload = '__hostToPreload';

/** What a page runs before its first script, in the order of the fields. */
export interface WorldScripts {
  /** In the page's own world. */
  readonly main: string;
  /** In the preload's. */
  readonly preload: string;
}

/**
 * @param source - of the preload, one CommonJS file.
 * @param argv - what `process.argv` holds in it.
 */
export function worldScripts(source: string, argv: readonly string[]): WorldScripts {
  const [mine, theirs] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
  const parts = `const codec = (${createCodec.toString()})(); const createBridge = ${createBridge.toString()};`;
  const names = (own: string, other: string): string => JSON.stringify({ mine: own, theirs: other });
  return {
    main: `(() => { if (window !== window.top) return; ${parts} (${runMainWorld.toString()})(codec, createBridge, ${names(mine, theirs)}); })();`,
    preload: `(() => { if (window !== window.top) return; ${parts}
      (${runPreloadWorld.toString()})(codec, createBridge, ${names(theirs, mine)}, ${JSON.stringify({ argv, toMain, toPreload })},
        function (require, process, module, exports) { ${source}\n });
    })();`,
  };
}

import { z } from 'zod';
import { keepShell } from './keepShell.ts';
import type { Platform, StoredSettings } from './Platform.ts';

const storageKey = 'calepin.settings';
const settingsSchema = z.object({
  language: z.enum(['system', 'fr', 'en']).catch('system'),
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
});

function read(): StoredSettings {
  try {
    return settingsSchema.parse(JSON.parse(localStorage.getItem(storageKey) ?? '{}'));
  } catch {
    return { language: 'system', theme: 'system' };
  }
}

/** The product in any browser. */
export const webPlatform: Platform = {
  kind: 'web',
  version: null,
  apple: /Mac|iPhone|iPad/.test(navigator.userAgent),
  socketOrigin: () => Promise.resolve(location.origin.replace(/^http/, 'ws')),
  openExternal(url) {
    window.open(url, '_blank', 'noopener,noreferrer');
    return Promise.resolve(true);
  },
  saveExport(exportId, suggestedName) {
    const link = document.createElement('a');
    link.href = `/api/exports/${encodeURIComponent(exportId)}/file`;
    link.download = suggestedName;
    document.body.append(link);
    link.click();
    link.remove();
    return Promise.resolve(suggestedName);
  },
  dragExport: null,
  chooseFolder: null,
  keepShell,
  readSettings: () => Promise.resolve(read()),
  writeSettings(change) {
    try {
      localStorage.setItem(storageKey, JSON.stringify({ ...read(), ...change }));
    } catch {
      // A browser that keeps nothing still applies the choice to this page.
    }
    return Promise.resolve();
  },
  application: null,
  onMenuCommand: () => () => undefined,
  onRelayBack: () => () => undefined,
  onBeforeClose: () => () => undefined,
};

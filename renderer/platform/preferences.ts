import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { platform } from './currentPlatform.ts';
import type { StoredSettings } from './Platform.ts';

const localKey = 'calepin.view';
const viewSchema = z.object({
  sidebar: z.boolean().catch(true),
  details: z.boolean().catch(true),
  /** How two moments of a note are compared: in one text, or side by side. */
  comparison: z.enum(['inline', 'sides']).catch('inline'),
});

/** What the person chose for this device: language, theme, which columns are open, how moments are compared. */
export type Preferences = StoredSettings & z.infer<typeof viewSchema>;

function readView(): z.infer<typeof viewSchema> {
  try {
    return viewSchema.parse(JSON.parse(localStorage.getItem(localKey) ?? '{}'));
  } catch {
    return viewSchema.parse({});
  }
}

let current: Preferences = { language: 'system', theme: 'system', ...readView() };
const listeners = new Set<() => void>();

/** The preferences of this device, kept across restarts; every open part of the page follows a change. */
export const preferences = {
  get: (): Preferences => current,
  /** Reads what is stored, once, before the first drawing. */
  async load(): Promise<void> {
    current = { ...current, ...(await platform.readSettings()) };
    for (const listener of listeners) listener();
  },
  set(change: Partial<Preferences>): void {
    current = { ...current, ...change };
    if (change.language !== undefined || change.theme !== undefined) {
      void platform.writeSettings({ language: current.language, theme: current.theme });
    }
    try {
      const { sidebar, details, comparison } = current;
      localStorage.setItem(localKey, JSON.stringify({ sidebar, details, comparison }));
    } catch {
      // Kept for this page only.
    }
    for (const listener of listeners) listener();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** The preferences, followed. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(preferences.subscribe, preferences.get);
}

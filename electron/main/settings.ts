import { rename } from 'node:fs/promises';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { z } from 'zod';
import type { DesktopSettings } from '#shared/desktop/DesktopBridge.ts';

export const settingsSchema = z.object({
  language: z.enum(['system', 'fr', 'en']).catch('system'),
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  spelling: z.enum(['both', 'fr', 'en', 'off']).catch('both'),
  tray: z.boolean().catch(false),
});

const boundsSchema = z.object({
  width: z.number().int().min(420).max(10_000),
  height: z.number().int().min(480).max(10_000),
  x: z.number().int().optional(),
  y: z.number().int().optional(),
});
export type WindowBounds = z.infer<typeof boundsSchema>;

const fileSchema = settingsSchema.extend({ bounds: boundsSchema.catch({ width: 1_280, height: 860 }) });
type SettingsFile = z.infer<typeof fileSchema>;

/** The desktop's own settings, in a small file. A damaged value falls back to its default; the others stay. */
export interface SettingsStore {
  read(): DesktopSettings;
  write(change: Partial<DesktopSettings>): Promise<DesktopSettings>;
  bounds(): WindowBounds;
  keepBounds(bounds: WindowBounds): Promise<void>;
}

/** @param file - absolute path of the settings file, in the user-data folder; made when missing. */
export async function openSettings(file: string): Promise<SettingsStore> {
  const defaults: SettingsFile = fileSchema.parse({});
  // Not JSONFilePreset: it keeps everything in memory alone when NODE_ENV is `test`.
  const db = new Low<SettingsFile>(new JSONFile(file), defaults);
  await db.read().catch(async (error: unknown) => {
    if (!(error instanceof SyntaxError)) throw error;
    // A file cut short by a power cut must not keep the application closed; it is kept aside all the same.
    await rename(file, `${file}.damaged`);
    db.data = defaults;
  });
  db.data = fileSchema.catch(defaults).parse(db.data);
  const read = (): DesktopSettings => {
    const { language, theme, spelling, tray } = db.data;
    return { language, theme, spelling, tray };
  };
  return {
    read,
    async write(change) {
      await db.update((data) => Object.assign(data, change));
      return read();
    },
    bounds: () => db.data.bounds,
    async keepBounds(bounds) {
      await db.update((data) => {
        data.bounds = bounds;
      });
    },
  };
}

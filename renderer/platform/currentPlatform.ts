import { desktopPlatform } from './desktopPlatform.ts';
import type { Platform } from './Platform.ts';
import { webPlatform } from './webPlatform.ts';

/** Where this page runs, decided once. */
export const platform: Platform =
  window.desktop === undefined ? webPlatform : desktopPlatform(window.desktop);

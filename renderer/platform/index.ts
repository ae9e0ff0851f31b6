export { platform } from './currentPlatform.ts';
export type { Platform, StoredSettings } from './Platform.ts';
export { preferences, usePreferences, type Preferences } from './preferences.ts';

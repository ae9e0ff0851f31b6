export { hasDatabase } from './hasDatabase.ts';
export { type PageCommand, sendPageCommand, usePageCommand } from './menuCommands.ts';
export { platform } from './currentPlatform.ts';
export { fragmentSecret } from './fragmentSecret.ts';
export type { ApplicationSettings, Platform, StoredSettings } from './Platform.ts';
export { preferences, usePreferences, type Preferences } from './preferences.ts';

import { platform } from '../platform/index.ts';

/** The name of the key of shortcuts on this computer. */
export const modKey = platform.apple ? '⌘' : 'Ctrl';

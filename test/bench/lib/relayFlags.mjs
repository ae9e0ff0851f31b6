import { readFileSync } from 'node:fs';

/** @type {{ scripts: { relay: string } }} */
const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));

/** Node's options with which the product starts its relay: what is measured is started so. */
export const relayFlags = manifest.scripts.relay.split(' ').filter((word) => word.startsWith('--'));

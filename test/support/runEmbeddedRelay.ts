import { newFullRelay } from './newFullRelay.ts';

/** What an `EmbeddedRelay` runs. Says where it is reached, and the secret that signs its person in. */
const [dataDir = '', port = '0'] = process.argv.slice(2);
const { url, launchUrl } = await newFullRelay({ dataDir, port: Number(port) });
process.on('disconnect', () => process.exit(0));
process.send?.({ url, secret: new URL(launchUrl).hash.slice('#launch='.length) });

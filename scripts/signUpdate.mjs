import { createPrivateKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { signUpdate } from '../electron/main/updateSignature.ts';
import { requireNode } from './checkNode.mjs';

// For who publishes: `CALEPIN_UPDATE_KEY=<file of the private key> node scripts/signUpdate.mjs dist/packages/latest-linux.yml`
// adds the signature that installed applications ask for (electron/main/updates.ts). The key is made once with
// `openssl genpkey -algorithm ed25519`; its public half and the feed's address stand in electron/main/updateSource.ts.

const { load, dump } = createRequire(import.meta.url)('js-yaml');

/**
 * Signs a feed as electron-builder wrote it.
 * @param {string} text - of a `latest*.yml`.
 * @param {import('node:crypto').KeyObject} privateKey - Ed25519.
 * @returns {string} the same with its signature.
 */
export function signFeed(text, privateKey) {
  const feed = load(text);
  return dump({ ...feed, signature: signUpdate(feed, privateKey) });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  requireNode();
  const [, , ...files] = process.argv;
  const key = process.env['CALEPIN_UPDATE_KEY'];
  if (key === undefined || files.length === 0)
    throw new Error('CALEPIN_UPDATE_KEY names the file of the private key, the arguments the feeds to sign');
  const privateKey = createPrivateKey(readFileSync(key));
  for (const file of files) writeFileSync(file, signFeed(readFileSync(file, 'utf8'), privateKey));
}

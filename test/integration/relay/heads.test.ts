import { createPublicKey, verify } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type SignedHead, signedHeadBytes } from '#shared/protocol/SignedHead.ts';
import { loadSigningKey, rawPublicKey, signingKeyName } from '#server/signingKey.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { alice, benoit, open } from './support.ts';

function isSigned(document: Parameters<typeof signedHeadBytes>[0], head: SignedHead, key: Uint8Array) {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key).toString('base64url') };
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
  return verify(null, signedHeadBytes(document, head), publicKey, head.signature);
}

test('[R92] the head of a log is signed a while after it was written in, once for all rows since', async () => {
  const { relay, document, writer } = await open({ limits: { headMs: 200 } });
  const { heads } = relay.documents;
  const signed: SignedHead[] = [];
  heads.onSigned((of, head) => {
    if (of === document) signed.push(head);
  });
  expect(await heads.latest(document)).toBeNull();
  const author = await writer(alice);
  for (let at = 0; at < 20; at++) author.write('.');
  await author.stored(20);
  await retryUntil('a head that speaks of every row', () => signed.at(-1)?.seq === 20);
  const [head] = signed;
  expect(signed.length).toBe(1);
  expect(await heads.latest(document)).toEqual(head);
  expect(head?.digest).toEqual((await relay.log.chainHead(document))?.digest);
  expect(isSigned(document, head as SignedHead, heads.publicKey)).toBe(true);
  expect(isSigned(document, { ...(head as SignedHead), seq: 19 }, heads.publicKey)).toBe(false);
});

test('[R92] who keeps a copy is told of it, now and at the next opening', async () => {
  const { relay, raw, document, writer } = await open({ limits: { headMs: 20 } });
  const author = await writer(alice);
  author.write('à garder');
  const told = await author.hear('proof');
  const { heads } = relay.documents;
  const head = await heads.latest(document);
  const hex = (bytes: Uint8Array = new Uint8Array()) => Buffer.from(bytes).toString('hex');
  expect([told.head.seq, hex(told.head.digest), hex(told.head.signature), hex(told.publicKey)]).toEqual([
    head?.seq,
    hex(head?.digest),
    hex(head?.signature),
    hex(heads.publicKey),
  ]);
  const other = raw(benoit);
  await other.join();
  expect(await other.hear('proof')).toEqual(told);
});

test('[R92] a relay that stops signs what it has not yet', async () => {
  const { relay, document, writer } = await open();
  const author = await writer(alice);
  author.write('fin');
  await author.stored(1);
  await relay.documents.close();
  expect((await relay.log.signedHead(document))?.seq).toBe(1);
});

test('[R92] heads that could not be stored are signed again', async () => {
  const { relay, document, writer } = await open({ limits: { headMs: 20 } });
  const saveHeads = relay.log.saveHeads.bind(relay.log);
  let failures = 2;
  relay.log.saveHeads = async (...heads) => {
    if (failures-- > 0) throw new Error('no room');
    await saveHeads(...heads);
  };
  const author = await writer(alice);
  author.write('encore');
  await retryUntil('a head', async () => (await relay.documents.heads.latest(document)) !== null);
  expect(failures).toBe(-1);
});

test('a data folder has one signing key, which only its owner reads and nothing replaces', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'calepin-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const key = rawPublicKey(await loadSigningKey(folder));
  expect(key.length).toBe(32);
  expect(rawPublicKey(await loadSigningKey(folder))).toEqual(key);
  const file = path.join(folder, signingKeyName);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await writeFile(file, 'something else');
  await expect(loadSigningKey(folder)).rejects.toThrow(file);
  expect(await readFile(file, 'utf8')).toBe('something else');
});

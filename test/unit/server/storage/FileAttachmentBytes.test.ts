import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileAttachmentBytes } from '#server/storage/FileAttachmentBytes.ts';
import { newRandom } from '../../../support/random.ts';

const long = process.env['CALEPIN_LONG'] === '1';
const damages = Number(process.env['CALEPIN_DAMAGES'] ?? (long ? 2_000 : 60));
const firstSeed = Number(process.env['CALEPIN_SEED'] ?? 20_261_127);

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'calepin-files-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

async function* inParts(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
}

test(`[R341] of ${damages} files with altered bytes, or cut off, none is given; saved again they are; others are as before (seed ${firstSeed})`, async () => {
  const store = new FileAttachmentBytes(folder);
  const save = (bytes: Uint8Array) => store.save(inParts(bytes), 1e6, () => undefined);
  const given = async (digest: string) => {
    const [whole, stream] = [await store.read(digest), await store.open(digest)];
    const streamed = stream === null ? null : new Uint8Array(await new Response(stream).arrayBuffer());
    expect(streamed).toEqual(whole === null ? null : new Uint8Array(whole));
    return streamed;
  };
  const files = [];
  for (let at = 0; at < 4; at++) {
    const bytes = newRandom(at).bytes(3_000 + at);
    files.push({ bytes, digest: (await save(bytes)).digest });
  }
  for (let seed = firstSeed; seed < firstSeed + damages; seed++) {
    const random = newRandom(seed);
    const { bytes, digest } = random.pick(files);
    const file = path.join(folder, digest.slice(0, 2), digest);
    if (random.chance(0.3)) await truncate(file, random.int(bytes.length));
    else {
      const spoiled = await readFile(file);
      const at = random.int(spoiled.length - 8);
      for (let n = 0; n < random.between(1, 8); n++)
        spoiled[at + n] = (spoiled[at + n] ?? 0) ^ random.between(1, 255);
      await writeFile(file, spoiled);
    }
    // A relay that has just started: one that has read a file through trusts it for as long as it stands as it did.
    const fresh = new FileAttachmentBytes(folder);
    expect([await fresh.open(digest), await fresh.read(digest)], `seed ${seed}`).toEqual([null, null]);
    const other = random.pick(files.filter((one) => one.digest !== digest));
    expect(await given(other.digest), `seed ${seed}, another`).toEqual(other.bytes);
    await save(bytes);
    expect(await given(digest), `seed ${seed}, saved again`).toEqual(bytes);
  }
});

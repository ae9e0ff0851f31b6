import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { newFullRelay } from '../../support/newFullRelay.ts';
import { newNoteOf, openAt, png, showImage } from '../../support/newMirroring.ts';

/** Alters what was stored, wherever it lies below a folder. */
async function spoil(folder: string): Promise<string[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => /[0-9a-f]{64}$/.test(name));
  for (const name of names) {
    const file = path.join(folder, name);
    await writeFile(
      file,
      Uint8Array.from(png, (byte, at) => (at === 20 ? byte ^ 1 : byte)),
    );
    // A clock of files may be coarse: what is altered within its step would look as before.
    await utimes(file, new Date(), Date.now() / 1000 + 10);
  }
  return names;
}

test('[R347] a damaged file of a note that lives here alone is put back from the newest backup that has it as it was; where none has, it is not given', async () => {
  const copies = await mkdtemp(path.join(tmpdir(), 'calepin-file-copies-'));
  onTestFinished(() => rm(copies, { recursive: true, force: true }));
  const full = await newFullRelay({ storage: 'sqlite' });
  onTestFinished(() => full.close());
  const me = await full.signIn();
  const note = await newNoteOf(me, 'Ruche');
  const id = await showImage(me, await openAt(full, me, note), note);
  const files = path.join(full.dataFolder ?? '', 'attachments');
  const get = async () => {
    const answer = await me.fetch(`/api/attachments/${id}`);
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : answer.status;
  };
  await me.json('POST', '/api/backups/run', { folder: copies });
  const [name = ''] = await spoil(files);
  // No folder is chosen: nothing is looked for anywhere.
  expect(await get()).toBe(503);
  // The copy that follows has it as it was, and takes the place of the one before.
  const [first = ''] = await readdir(copies);
  await me.json('PUT', '/api/backups', { rhythm: 'week', folder: copies, keep: 1 });
  await me.json('POST', '/api/backups/run', { folder: copies });
  await rm(path.join(copies, first), { recursive: true, force: true });
  expect(await get()).toEqual(png);
  expect(new Uint8Array(await readFile(path.join(files, name)))).toEqual(png);
  for (const folder of [copies, files]) await spoil(folder);
  expect(await get()).toBe(503);
});

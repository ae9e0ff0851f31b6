import { readdir, readFile, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  homeId,
  newComputer,
  newHome,
  newNoteOf,
  openAt,
  png,
  showImage,
} from '../../support/newMirroring.ts';
import { retryUntil } from '../../support/retryUntil.ts';

test('[R341] a file of a copy that is damaged on this computer is not given as it is: it is fetched again from its home; others are as before', async () => {
  const home = await newHome();
  const ada = await home.administrator();
  const computer = await newComputer(home, ada, { storage: 'sqlite' });
  const note = await newNoteOf(ada, 'Ruche');
  const there = await openAt(home, ada, note);
  const [id, beside] = [
    await showImage(ada, there, note),
    await showImage(ada, there, note, Uint8Array.from([...png, 1])),
  ];
  await computer.mirror.keep(note, 'note', homeId, 'opened');
  const get = async (which: string) => {
    const answer = await computer.me.fetch(`/api/attachments/${which}`);
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : answer.status;
  };
  await retryUntil('the files to be here', async () => {
    const both = await Promise.all([get(id), get(beside)]);
    return both.every((one) => typeof one !== 'number');
  });
  const folder = path.join(computer.full.dataFolder ?? '', 'attachments');
  const files = (await readdir(folder, { recursive: true })).filter((name) => /[0-9a-f]{64}$/.test(name));
  const kept = await Promise.all(files.map((name) => readFile(path.join(folder, name))));
  const file = path.join(folder, files[kept.findIndex((bytes) => bytes.equals(png))] ?? '');
  const altered = Uint8Array.from(png, (byte, at) => (at === 20 ? byte ^ 1 : byte));
  const alter = async () => {
    await writeFile(file, altered);
    // A clock of files may be coarse: what is altered within its step would look as before.
    await utimes(file, new Date(), Date.now() / 1000 + 10);
  };
  for (const spoil of [alter, () => truncate(file, 11)]) {
    await spoil();
    expect(await get(id)).toEqual(png);
    expect(new Uint8Array(await readFile(file))).toEqual(png);
  }
  // Without a way there it is not given, and comes back with it.
  computer.proxy.cut();
  await alter();
  expect([await get(id), (await get(beside)) as Uint8Array]).toEqual([503, Uint8Array.from([...png, 1])]);
  computer.proxy.mend();
  expect(await get(id)).toEqual(png);
});

import { expect, test } from 'vitest';
import type { NotePage } from '#shared/api/notes.ts';
import { lockDataFolder, reindex, sqliteAdapters } from '#server/index.ts';
import { newFullRelay } from '../support/newFullRelay.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

test('everything derived is made again from the log, equal to what it was', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'calepin-'));
  try {
    const full = await newFullRelay({ dataDir: folder });
    const owner = await full.signIn();
    const before = await owner.json('GET', '/api/notes');
    const { carnets } = await owner.json<{ carnets: { id: string }[] }>('GET', '/api/carnets');
    const carnet = `/api/carnets/${carnets[0]?.id}`;
    const carnetBefore = await owner.json('GET', carnet);
    const found = await owner.json<{ notes: NotePage['note'][] }>('GET', '/api/search?q=carnets');
    await full.close();

    const lock = lockDataFolder(folder);
    await expect(reindex(folder)).rejects.toMatchObject({ code: 'conflict' });
    lock.close();

    const broken = await sqliteAdapters(folder);
    await broken.catalogue.derived.clear();
    await broken.catalogue.search.clear();
    const [document] = (await broken.log.documents()).map((head) => head.document);
    const count = { epoch: '' as never, seq: 1 };
    await broken.sittings.replace(document!, 0, [], count);
    const { epoch } = (await broken.log.head(document!))!;
    const past = { document: document!, epoch, seq: 1, format: 1, people: [], bytes: new Uint8Array([1]) };
    await broken.log.savePast(past);
    expect(await broken.log.past(document!)).not.toBeNull();
    await broken.close();
    const progress: number[] = [];
    const { documents, missing } = await reindex(folder, (done) => progress.push(done));
    expect([missing, progress]).toEqual([0, Array.from({ length: documents }, (_, at) => at + 1)]);

    const afterwards = await sqliteAdapters(folder);
    expect(await afterwards.sittings.counted(document!)).toBeNull();
    expect(await afterwards.log.past(document!)).toBeNull();
    await afterwards.close();
    const again = await newFullRelay({ dataDir: folder });
    const back = await again.signIn();
    expect(await back.json('GET', '/api/notes')).toEqual(before);
    expect(await back.json('GET', carnet)).toEqual(carnetBefore);
    expect(await back.json('GET', '/api/search?q=carnets')).toEqual(found);
    await again.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

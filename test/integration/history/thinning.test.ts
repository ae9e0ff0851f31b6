import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { bodyOf, titleOf } from '#shared/document/fields.ts';
import { yDocToNoteContent } from '#shared/document/noteContent.ts';
import type { DocumentId, Epoch, PersonId, VersionId } from '#shared/domain/ids.ts';
import { verifyLog } from '#server/backup/verifyLog.ts';
import { Past } from '#server/history/Past.ts';
import { type RelayAdapters, sqliteAdapters } from '#server/relayAdapters.ts';
import type { NewRow } from '#server/storage/ports/UpdateLog.ts';
import { decodeStatement, encodeStatement, thinnedUpdate } from '#server/storage/journal/ThinStatement.ts';
import { thinNote } from '#server/thinning/thinNote.ts';
import { createDocuments, type RelayCore } from '#server/room/createDocuments.ts';
import { newRandom } from '../../support/random.ts';
import { testId } from '../../support/newRelay.ts';

const run = promisify(execFile);
const document = testId<DocumentId>(1);
/** Rows up to this one are in segments. */
const cut = 1_136;
const count = 1_200;
/** The ends of sittings, and a version that somebody named within one. */
const versions = [40, 300, 620, 700, 701, 1_000];

let folder: string;
let adapters: RelayAdapters;
let documents: RelayCore;

/** Three people, each with an own document, write and remove words in turns of forty. @param pauseMs - after each turn. */
function written(seed: number, write = writeWord, pauseMs = 0): NewRow[] {
  const random = newRandom(seed);
  const rows: NewRow[] = [];
  const docs = [11, 22, 33].map((client) => {
    const doc = new Y.Doc();
    doc.clientID = client;
    return doc;
  });
  let who = 0;
  for (const [number, doc] of docs.entries())
    doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin === 'other') return;
      const columns = { device: null, deviceTime: null, via: 'socket', operation: null } as const;
      const person = testId<PersonId>(number + 1);
      const clients = [doc.clientID];
      rows.push({
        document,
        time: 1_700_000_000_000 + rows.length * 400 + Math.floor(rows.length / 40) * pauseMs,
        person,
        ...columns,
        bytes,
        clients,
      });
      for (const other of docs) if (other !== doc) Y.applyUpdate(other, bytes, 'other');
    });
  const first = docs[0] as Y.Doc;
  titleOf(first).insert(0, 'Jardins');
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText()]);
  bodyOf(first).push([paragraph]);
  while (rows.length < count) {
    if (rows.length % 40 === 0) who = random.int(3);
    const text = (bodyOf(docs[who] as Y.Doc).get(0) as Y.XmlElement).get(0) as Y.XmlText;
    write(text, random, rows.length);
  }
  return rows;
}

function writeWord(text: Y.XmlText, random: ReturnType<typeof newRandom>, number: number): void {
  const words = text.toJSON();
  if (words.length > 40 && random.chance(0.2)) {
    const end = words.lastIndexOf(' ', words.length - 2 - random.int(20));
    const start = words.lastIndexOf(' ', end - 1) + 1;
    text.delete(start, end + 1 - start);
  } else {
    const at = random.chance(0.05) ? words.indexOf(' ', random.int(words.length)) + 1 : words.length;
    text.insert(at, `mot${number} `);
  }
}

/** Few letters, typed, removed, moved and removed only to be put back: likeness says little of who wrote them. */
function writeLetters(text: Y.XmlText, random: ReturnType<typeof newRandom>): void {
  const { length } = text;
  const act = length < 20 ? 0 : random.int(5);
  if (act < 2) {
    const letters = Array.from({ length: 1 + random.int(4) }, () => 'abc '[random.int(4)]).join('');
    text.insert(random.int(length + 1), letters);
    return;
  }
  const start = random.int(length - 10);
  const piece = text.toJSON().slice(start, start + 1 + random.int(8));
  if (act === 2) text.delete(start, piece.length);
  else {
    text.delete(start, piece.length);
    text.insert(act === 3 ? start : random.int(text.length + 1), piece);
  }
}

const open = async (rows: readonly NewRow[]): Promise<void> => {
  folder = await mkdtemp(path.join(tmpdir(), 'calepin-'));
  adapters = await sqliteAdapters(folder);
  const { log } = adapters;
  await log.create({ document, kind: 'note', epoch: testId<Epoch>(9), schemaVersion: 1 });
  await log.append(rows);
  const bytes = Y.mergeUpdates(rows.map((row) => row.bytes));
  await log.saveCheckpoint({ document, seq: count, bytes, stateVector: bytes, deleteSetAt: 0 });
  while ((await log.cut(document, 1)) > 0);
  for (const [at, seq] of versions.entries())
    await adapters.versions.add({
      id: testId<VersionId>(100 + at),
      documentId: document,
      seq,
      kind: seq === 700 ? 'named' : 'sitting',
      name: seq === 700 ? 'Adoptée' : null,
      remark: null,
      createdAt: 1_700_000_000_000 + seq,
      personId: null,
      contributors: [],
      changeCount: 1,
    });
  documents = createDocuments({ log, roleOf: () => 'author', logger: pino({ level: 'silent' }) });
};
const close = async (): Promise<void> => {
  await documents.close();
  await adapters.close();
  await rm(folder, { recursive: true, force: true });
};
beforeEach(() => open(written(7)));
afterEach(close);

const moments = [...versions, 1_137, 1_150, count];
const contents = async (): Promise<unknown[]> => {
  const found: unknown[] = [];
  for (const seq of moments) {
    const read = (await documents.read(document, seq))!;
    found.push(yDocToNoteContent(read.doc));
    read.doc.destroy();
  }
  return found;
};
/** Who wrote what stands, letter by letter, at each version and now. */
async function writers(): Promise<string[]> {
  const past = new Past(adapters);
  const found: string[] = [];
  for (const seq of moments) {
    const { runs } = await past.authorship(document, { seq });
    found.push(runs.map(({ from, to, person }) => String(person)[2]?.repeat(to - from)).join(''));
  }
  await past.close();
  return found;
}
const thin = async (isPreview = false, upTo = count) => {
  const { log, planThinning: plan, signingKey, versions: store } = adapters;
  const past = new Past(adapters);
  const wanted = { upTo, isPreview, time: 1_790_000_000_000 };
  try {
    return await thinNote({ log, plan, signingKey, versions: store, past }, document, wanted);
  } finally {
    await past.close();
  }
};

test('[R94] every version says what it said, and who wrote what stands in it; later rows and the chain are as they were', async () => {
  expect((await adapters.log.segments(document)).at(-1)?.last).toBe(cut);
  const [before, owners] = [await contents(), await writers()];
  const thinned = await thin();
  expect(thinned).toMatchObject({ first: 1, last: cut, rows: cut });
  // The stretch of one row stays as it is, and the end of the range is a moment too.
  expect(thinned?.moments).toBe(versions.length + 1);
  expect(await contents()).toEqual(before);
  expect(await writers()).toEqual(owners);
  const { faults, notes } = await verifyLog(folder);
  expect([faults, notes.length]).toEqual([[], versions.length]);
  const examined = await adapters.examine(document, 700);
  expect([examined?.faults, examined?.digest?.length]).toEqual([[], 32]);
  expect(await thin()).toBeNull();
});

test('[R94] what it would save is told beforehand, to the byte, and nothing is done', async () => {
  const places = await adapters.log.segments(document);
  const told = await thin(true);
  expect(await adapters.log.segments(document)).toEqual(places);
  expect(told).toEqual(await thin());
  expect(told?.bytesBefore).toBe(places.reduce((sum, { size }) => sum + size, 0));
  expect(told?.bytes).toBeLessThan(told!.bytesBefore);
});

test('[R94] what came and went between two versions is gone; a moment there reads as the version before', async () => {
  await thin();
  const rows = await adapters.log.read(document, 0, cut);
  expect(rows.map(({ seq }) => seq)).toEqual([...versions, cut]);
  const [at, version] = [await documents.read(document, 500), await documents.read(document, 300)];
  expect(yDocToNoteContent(at!.doc)).toEqual(yDocToNoteContent(version!.doc));
});

test('[R94] the command keeps the versions, and says beforehand what it saves', async () => {
  await documents.close();
  await adapters.close();
  const command = (...more: string[]) =>
    run(process.execPath, ['scripts/calepin.mjs', 'thin', document, String(count), ...more], {
      env: { ...process.env, CALEPIN_DATA: folder },
    });
  const { stdout } = await command('--preview');
  expect(stdout).toMatch(
    /^Rows 1 to 1136 would become 7 moments of 1136: they would take \d+ bytes, of \d+\.\n$/,
  );
  expect((await command()).stdout).toBe(stdout.replace('would become', 'are').replace('would take', 'take'));
  expect((await command()).stdout).toContain('Nothing to thin');
});

test('[R94] a statement of before updates were packed is read as it was written', () => {
  const said = { before: new Uint8Array(32), lastTime: 5, time: 6 };
  const keyed = { ...said, publicKey: new Uint8Array(32), signature: new Uint8Array(64) };
  const [plain, packed] = [false, true].map((isPacked) => encodeStatement({ ...keyed, isPacked }));
  expect(packed!.length).toBe(plain!.length + 1);
  expect([plain, packed].map((bytes) => decodeStatement(bytes!).isPacked)).toEqual([false, true]);
  const bytes = Uint8Array.of(1, 2, 3);
  expect(thinnedUpdate({ bytes }, { isPacked: false })).toBe(bytes);
});

test.each([3, 5, 8])(
  '[R94] of letters that were moved, removed and put back among others alike, the author is told as before (seed %i)',
  async (seed) => {
    await close();
    await open(written(seed, writeLetters));
    const owners = await writers();
    const told = await thin(true, 1_000);
    const first = await thin(false, 1_000);
    expect(first).toEqual(told);
    expect(first?.last).toBe(1_000);
    expect(await writers()).toEqual(owners);
    expect(await thin()).toMatchObject({ first: 1_001, last: cut });
    expect(await writers()).toEqual(owners);
    expect((await verifyLog(folder)).faults).toEqual([]);
  },
);

test('[R200] every sitting is told as before, also from what was counted anew; the moments at its ends stay', async () => {
  await close();
  await open(written(9, writeWord, 3_600_000));
  const told = async () => {
    const past = new Past(adapters);
    const [page, density] = [
      await past.sittings(document, null, 100),
      await past.density(document, 12, { from: null, to: null }),
    ];
    await past.close();
    return { page, density };
  };
  const [before, owners] = [await told(), await writers()];
  expect(before.page.total).toBe(count / 40);
  const thinned = await thin(false, 1_000);
  // Those of a sitting that ends in what stays keep theirs, and the end of the range is a moment too.
  const ends = before.page.sittings.map(({ toSeq }) => toSeq).filter((seq) => seq <= 1_000);
  expect(thinned?.moments).toBe(new Set([...ends, ...versions]).size);
  expect([await told(), await writers()]).toEqual([before, owners]);
  await adapters.sittings.clear();
  expect(await told()).toEqual(before);
  // What is written afterwards follows, and the rest is thinned as well.
  const [last] = await adapters.log.read(document, count - 1, count);
  const doc = new Y.Doc();
  titleOf(doc).insert(0, 'Nos ');
  const bytes = Y.encodeStateAsUpdate(doc);
  await adapters.log.append([{ ...last!, time: last!.time + 7_200_000, bytes, clients: [doc.clientID] }]);
  const grown = (await told()).page;
  expect([grown.total, grown.sittings.slice(1)]).toEqual([before.page.total + 1, before.page.sittings]);
  expect(await thin()).toMatchObject({ first: 1_001, last: cut });
  expect((await told()).page).toEqual(grown);
  expect((await verifyLog(folder)).faults).toEqual([]);
});

test('[R202] a carnet is not thinned', async () => {
  const carnet = testId<DocumentId>(2);
  await adapters.log.create({ document: carnet, kind: 'carnet', epoch: testId<Epoch>(9), schemaVersion: 1 });
  const { log, planThinning: plan, signingKey, versions: store } = adapters;
  const past = new Past(adapters);
  const wanted = { time: 1, isPreview: false };
  await expect(
    thinNote({ log, plan, signingKey, versions: store, past }, carnet, wanted),
  ).rejects.toMatchObject({ code: 'invalid_request' });
  await past.close();
});

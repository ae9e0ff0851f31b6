import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId, Epoch, PersonId } from '#shared/domain/ids.ts';
import type { SignedHead } from '#shared/protocol/SignedHead.ts';
import type { LoadedDocument } from '#server/storage/ports/UpdateLog.ts';
import { SqliteDatabase } from '#server/storage/sqlite/SqliteDatabase.ts';
import { SqliteUpdateLog } from '#server/storage/sqlite/SqliteUpdateLog.ts';
import { newDatabase } from '../../support/newDatabase.ts';
import { testId } from '../../support/newRelay.ts';
import { newRandom, type Random } from '../../support/random.ts';

const long = process.env['CALEPIN_LONG'] === '1';
const damages = Number(process.env['CALEPIN_DAMAGES'] ?? (long ? 2_000 : 60));
const given = process.env['CALEPIN_SEED'];
/** Each damage has a seed of its own, this one and those after it: parts of a long run add up. */
const firstSeed =
  given === undefined ? (long ? Math.floor(Math.random() * 2 ** 31) : 20_261_127) : Number(given);

const notes = Array.from({ length: 12 }, (_, n) => testId<DocumentId>(1 + n));
const rowsEach = 60;

/** A store as it is after its end; `settled` has everything in its one file, `busy` the last rows in the WAL, as after a power cut. */
interface Store {
  readonly folder: string;
  readonly files: readonly string[];
}
let home: string;
const stores: Store[] = [];
/** What each note said after each of its rows. */
const said = new Map<DocumentId, string[]>();

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'calepin-damaged-'));
  const made = await newDatabase();
  const log = new SqliteUpdateLog(made.database);
  const docs = notes.map(() => new Y.Doc());
  for (const document of notes)
    await log.create({ document, kind: 'note', epoch: testId<Epoch>(2), schemaVersion: 1 });
  const write = async (from: number, to: number): Promise<void> => {
    for (let row = from; row < to; row++)
      for (const [at, document] of notes.entries()) {
        const doc = docs[at] as Y.Doc;
        const before = Y.encodeStateVector(doc);
        doc
          .getText('text')
          .insert(doc.getText('text').length, `${at}.${row} ${'é'.repeat(row % 7 === 0 ? 200 : 3)} `);
        await log.append([
          {
            document,
            time: 1_790_000_000_000 + row,
            person: testId<PersonId>(3),
            device: null,
            deviceTime: null,
            via: 'socket',
            operation: null,
            bytes: Y.encodeStateAsUpdate(doc, before),
            clients: [doc.clientID],
          },
        ]);
        said.set(document, [...(said.get(document) ?? []), doc.getText('text').toJSON()]);
      }
  };
  const keep = (name: string): void => {
    const folder = path.join(home, name);
    mkdirSync(folder);
    const files = ['', '-wal'].filter((ending) => existsSync(`${made.file}${ending}`));
    for (const ending of files)
      copyFileSync(`${made.file}${ending}`, path.join(folder, `calepin.sqlite${ending}`));
    stores.push({ folder, files: files.map((ending) => `calepin.sqlite${ending}`) });
  };
  /** As the relay does, a moment after a row and when it stops. */
  const sign = async (): Promise<void> => {
    const heads: { document: DocumentId; head: SignedHead }[] = [];
    for (const document of notes) {
      const head = await log.chainHead(document);
      if (head !== null)
        heads.push({ document, head: { ...head, time: 1_790_000_000_000, signature: new Uint8Array(64) } });
    }
    await log.saveHeads(heads, new Uint8Array(32));
  };
  await write(0, rowsEach / 2);
  for (const [at, document] of notes.entries()) {
    if (at % 3 === 0) continue;
    const doc = docs[at] as Y.Doc;
    const bytes = Y.encodeStateAsUpdate(doc);
    await log.saveCheckpoint({
      document,
      seq: rowsEach / 2,
      bytes,
      stateVector: Y.encodeStateVector(doc),
      deleteSetAt: bytes.length - 1,
    });
  }
  await write(rowsEach / 2, rowsEach);
  await sign();
  keep('busy');
  await log.close();
  await made.database.close();
  keep('settled');
  await made.close();
});
afterAll(() => rm(home, { recursive: true, force: true }));

type Outcome = 'intact' | 'setAside' | 'behind' | 'refused';

const textOf = ({ checkpoint, rows }: LoadedDocument): string => {
  const doc = new Y.Doc();
  if (checkpoint !== null) Y.applyUpdate(doc, checkpoint.bytes);
  for (const row of rows) Y.applyUpdate(doc, row.bytes);
  return doc.getText('text').toJSON();
};

/** Spoils up to eight bytes of a file, or cuts its end off. @returns how, for a message. */
function spoil(file: string, random: Random): string {
  const bytes = readFileSync(file);
  if (random.chance(0.2)) {
    const at = random.int(bytes.length);
    truncateSync(file, at);
    return `cut at ${at} of ${bytes.length}`;
  }
  const at = random.int(bytes.length - 8);
  const count = random.between(1, 8);
  for (let n = 0; n < count; n++) bytes[at + n] = (bytes[at + n] ?? 0) ^ random.between(1, 255);
  writeFileSync(file, bytes);
  return `${count} bytes at ${at}`;
}

/** What a note of a damaged store gives. @throws where it is told as something that it never said. */
async function outcomeOf(log: SqliteUpdateLog, document: DocumentId): Promise<Outcome> {
  const history = said.get(document) ?? [];
  let loaded: LoadedDocument | null;
  try {
    loaded = await log.load(document);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code !== 'document_damaged') return 'refused';
    // Set aside: what is sound of it is shown all the same.
    const sound = await log.loadSound(document).catch(() => null);
    return sound === null ? 'refused' : 'setAside';
  }
  const text = loaded === null ? '' : textOf(loaded);
  if (text === history.at(-1)) return 'intact';
  // What a WAL lost at its end was never there for who reads it; the pages' own copies bring it back.
  if (text === '' || history.includes(text)) return 'behind';
  throw new Error(`it says what it never said: ${text.slice(0, 60)}`);
}

test(
  `[R269] of ${damages} damaged or truncated stores none is taken for a sound one: notes are as they were, or set aside, or the store is refused (seed ${firstSeed})`,
  async () => {
    const counts: Record<Outcome | 'unopened', number> = {
      intact: 0,
      setAside: 0,
      behind: 0,
      refused: 0,
      unopened: 0,
    };
    const unseen: string[] = [];
    let others = 0;
    let damaged = 0;
    for (let trial = 0; trial < damages; trial++) {
      const random = newRandom(firstSeed + trial);
      if (long && trial > 0 && trial % 200 === 0)
        process.stdout.write(`damaged stores: ${trial} of ${damages}, ${JSON.stringify(counts)}\n`);
      const store = random.pick(stores);
      const folder = path.join(home, `trial-${trial}`);
      mkdirSync(folder);
      for (const file of store.files) copyFileSync(path.join(store.folder, file), path.join(folder, file));
      const name = random.pick(store.files);
      const how = spoil(path.join(folder, name), random);
      let database: SqliteDatabase | null = null;
      try {
        database = await SqliteDatabase.open(path.join(folder, 'calepin.sqlite'));
      } catch {
        counts.unopened += 1;
      }
      if (database !== null) {
        const log = new SqliteUpdateLog(database);
        const found: Outcome[] = [];
        for (const document of notes)
          found.push(
            await outcomeOf(log, document).catch((error: unknown) => {
              throw new Error(`seed ${firstSeed + trial}, ${name} ${how}: ${String(error)}`);
            }),
          );
        for (const outcome of found) counts[outcome] += 1;
        if (found.includes('setAside')) {
          damaged += 1;
          others += found.filter((outcome) => outcome === 'intact').length;
        }
        // Only a WAL may give an earlier moment: of the file itself nothing is ever taken away unseen.
        if (store.files.length === 1 && found.includes('behind'))
          unseen.push(`seed ${firstSeed + trial}: ${how}`);
        await log.close();
        await database.close().catch(() => undefined);
      }
      rmSync(folder, { recursive: true, force: true });
    }
    expect(unseen).toEqual([]);
    expect(counts.setAside).toBeGreaterThan(0);
    // Where one is set aside nearly all others are used as before.
    expect(others / damaged).toBeGreaterThan(notes.length / 2);
    // For docs/reliability.md.
    if (long)
      process.stdout.write(
        `damaged stores: ${damages} from seed ${firstSeed}, ${JSON.stringify(counts)}; beside one that is set aside ${(others / damaged).toFixed(2)} of ${notes.length} notes are as they were\n`,
      );
  },
  long ? 3_600_000 : 120_000,
);

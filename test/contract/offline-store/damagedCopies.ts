import type { DocumentId, Epoch, PersonId } from '#shared/domain/ids.ts';
import { IndexedDbOfflineStore } from '../../../renderer/collaboration/IndexedDbOfflineStore.ts';
import { DamagedCopyError, type StoredDocument } from '../../../renderer/collaboration/OfflineStore.ts';
import { newRandom, type Random } from '../../support/random.ts';

const notes = Array.from({ length: 12 }, (_, at) => String(at).padStart(22, 'n') as DocumentId);
const rowsEach = 20;
const epoch = 'e'.repeat(22) as Epoch;

/**
 * What a copy gives after its store was spoiled: all as it was; `setAside`, to be fetched again; or `again`: it promises nothing, so that it is fetched.
 */
export type CopyOutcome = 'intact' | 'setAside' | 'again';

interface Raw {
  readonly head: Record<string, unknown>;
  readonly keys: IDBValidKey[];
  readonly rows: (Record<string, unknown> & { update: Uint8Array; checksum: number })[];
}

const result = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('no answer')));
  });

const done = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')));
  });

async function readRaw(database: IDBDatabase, document: DocumentId): Promise<Raw> {
  const transaction = database.transaction(['heads', 'updates']);
  const index = transaction.objectStore('updates').index('document');
  const [head, rows, keys] = await Promise.all([
    result(transaction.objectStore('heads').get(document)),
    result(index.getAll(document)),
    result(index.getAllKeys(document)),
  ]);
  return { head, rows, keys } as Raw;
}

/** Puts a note's head and rows as they are said to be; a head of null is taken away. */
async function writeRaw(
  database: IDBDatabase,
  document: DocumentId,
  { head, keys, rows }: { head: Raw['head'] | null; keys: Raw['keys']; rows: Raw['rows'] },
): Promise<void> {
  const transaction = database.transaction(['heads', 'updates'], 'readwrite');
  const [heads, updates] = [transaction.objectStore('heads'), transaction.objectStore('updates')];
  for (const key of await result(updates.index('document').getAllKeys(document))) updates.delete(key);
  for (const [at, row] of rows.entries()) updates.put(row, keys[at] ?? 0);
  if (head === null) heads.delete(document);
  else heads.put(head, document);
  await done(transaction);
}

type Damage = (
  raw: Raw,
  random: Random,
) => { head: Raw['head'] | null; keys: Raw['keys']; rows: Raw['rows'] };

const without = ({ head, keys, rows }: Raw, isGone: (at: number) => boolean) => ({
  head,
  keys: keys.filter((_, at) => !isGone(at)),
  rows: rows.filter((_, at) => !isGone(at)),
});

const spoilOne = (raw: Raw, random: Random, spoil: (row: Raw['rows'][number]) => Raw['rows'][number]) => {
  const at = random.int(raw.rows.length);
  return { ...raw, rows: raw.rows.map((row, index) => (index === at ? spoil(row) : row)) };
};

const damages: Readonly<Record<string, Damage>> = {
  bytes: (raw, random) =>
    spoilOne(raw, random, (row) => {
      const update = row.update.slice();
      const at = random.int(update.length);
      for (let n = 0; n < random.between(1, 8); n++)
        update[(at + n) % update.length] = (update[(at + n) % update.length] ?? 0) ^ random.between(1, 255);
      return { ...row, update };
    }),
  cut: (raw, random) =>
    spoilOne(raw, random, (row) => ({ ...row, update: row.update.slice(0, random.int(row.update.length)) })),
  checksum: (raw, random) =>
    spoilOne(raw, random, (row) => ({ ...row, checksum: (row.checksum ^ random.between(1, 255)) >>> 0 })),
  gone: (raw, random) => {
    const at = random.int(raw.rows.length);
    return without(raw, (index) => index === at);
  },
  end: (raw, random) => {
    const from = random.int(raw.rows.length);
    return without(raw, (index) => index >= from);
  },
  seq: (raw, random) => ({
    ...raw,
    head: { ...raw.head, seq: Number(raw.head['seq']) + random.between(1, 90) },
  }),
  complete: (raw) => ({ ...raw, head: { ...raw.head, complete: raw.head['complete'] !== true } }),
  headless: (raw) => ({ ...raw, head: null }),
};

const sameRows = (stored: StoredDocument, raw: Raw): boolean =>
  stored.updates.length === raw.rows.length &&
  stored.updates.every(({ update }, at) => String(update) === String(raw.rows[at]?.update));

/**
 * Makes copies of twelve notes, and spoils one of them, again and again.
 * @param firstSeed - of the first damage; each has the next.
 * @returns how often the note that was spoiled was set aside or is to be fetched again.
 * @throws when it is taken for a sound one, or another note is.
 */
export async function damageCopies(
  person: PersonId,
  firstSeed: number,
  count: number,
): Promise<Record<CopyOutcome, number>> {
  const store = await IndexedDbOfflineStore.open(person);
  for (const [at, note] of notes.entries()) {
    for (let row = 1; row <= rowsEach; row++) {
      const update = newRandom(at * rowsEach + row).bytes(30);
      // The last ones have not reached the relay.
      const acknowledged = row <= rowsEach - 3;
      await store.append(note, [{ update, acknowledged }], { epoch, seq: row, complete: row > 5 });
    }
    if (at % 3 === 0) await store.rewind(note, rowsEach - 1);
  }
  const database = await result(indexedDB.open(`calepin-${person}`));
  const raws = new Map<DocumentId, Raw>();
  for (const note of notes) raws.set(note, await readRaw(database, note));
  const outcomes: Record<CopyOutcome, number> = { intact: 0, setAside: 0, again: 0 };
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const random = newRandom(seed);
    const spoiled = random.pick(notes);
    const kind = random.pick(Object.keys(damages));
    const sound = raws.get(spoiled) as Raw;
    await writeRaw(database, spoiled, (damages[kind] as Damage)(sound, random));
    for (const note of notes) {
      const outcome = await outcomeOf(store, note, raws.get(note) as Raw);
      const isRight = note === spoiled ? outcome !== 'intact' : outcome === 'intact';
      if (!isRight)
        throw new Error(`seed ${seed}, ${kind}: ${note === spoiled ? 'the note' : 'another'} is ${outcome}`);
      if (note === spoiled) outcomes[outcome] += 1;
    }
    await writeRaw(database, spoiled, sound);
  }
  database.close();
  await store.close();
  return outcomes;
}

async function outcomeOf(store: IndexedDbOfflineStore, note: DocumentId, raw: Raw): Promise<CopyOutcome> {
  try {
    const stored = await store.load(note);
    if (stored === null || (!stored.head.complete && stored.head.seq === 0)) return 'again';
    if (stored.head.seq !== raw.head['seq'] || !sameRows(stored, raw))
      throw new Error(`${note} is taken for a sound copy`);
    return 'intact';
  } catch (error) {
    if (error instanceof DamagedCopyError) return 'setAside';
    throw error;
  }
}

import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Chronicler } from '#server/history/chronicle/Chronicler.ts';
import { Past } from '#server/history/Past.ts';
import { sittingGapMs } from '#server/history/Sittings.ts';
import { Identities } from '#server/Identities.ts';
import { MemorySittingStore } from '#server/storage/memory/MemorySittingStore.ts';
import { MemoryUpdateLog } from '#server/storage/memory/MemoryUpdateLog.ts';
import { MemoryVersionStore } from '#server/storage/memory/MemoryVersionStore.ts';
import type { CountedSitting } from '#server/storage/ports/SittingStore.ts';
import { bodyOf } from '#shared/document/fields.ts';
import { idFromBytes } from '#shared/domain/ids.ts';
import type { DocumentId, Epoch, PersonId } from '#shared/domain/ids.ts';
import { newRandom } from '../../support/random.ts';

const id = <T extends string>(byte: number): T => idFromBytes<T>(new Uint8Array(16).fill(byte));
const document = id<DocumentId>(1);
const [alice, bob] = [id<PersonId>(2), id<PersonId>(3)];
const rowsOfSitting = 60;
const leastKeptRows = 400;

let log: MemoryUpdateLog;
let sittings: MemorySittingStore;
let past: Past;
/** Of each reading of rows, after which row. */
let readings: number[];
let doc: Y.Doc;
let text: Y.XmlText;
let time: number;
let written: number;
const random = newRandom(7);

const openPast = (identities = new Identities()): Past =>
  new Past({ log, versions: new MemoryVersionStore(), sittings, identities, leastKeptRows });

/** Opens the past anew, with what is kept, as after a restart: no chronicle is there. */
async function reopen(identities?: Identities): Promise<void> {
  await past.close();
  past = openPast(identities);
  readings = [];
}

/** Two people type in turn, and now and then remove a letter, or move a word. */
async function type(rows: number): Promise<void> {
  const updates: Uint8Array[] = [];
  const keep = (update: Uint8Array): void => void updates.push(update);
  doc.on('update', keep);
  const some = [];
  for (let at = 0; at < rows; at += 1) {
    written += 1;
    time += written % rowsOfSitting === 0 ? sittingGapMs : 200;
    const person = Math.floor(written / rowsOfSitting) % 2 === 0 ? alice : bob;
    doc.clientID = person === alice ? 77 : 78;
    const { length } = text;
    const from = random.int(length + 1);
    doc.transact(() => {
      if (length > 40 && written % 23 === 0) {
        const place = Math.min(from, length - 12);
        const word = text.toString().slice(place, place + 12);
        text.delete(place, 12);
        text.insert(random.int(text.length + 1), word);
      } else if (length > 10 && written % 7 === 0) text.delete(Math.min(from, length - 1), 1);
      else text.insert(from, 'abcdefgh '.charAt(written % 9));
    });
    const [bytes] = updates.splice(0);
    some.push({
      ...{ document, time, person, device: null, deviceTime: null, operation: null },
      ...{ via: 'socket' as const, bytes: bytes!, clients: [doc.clientID] },
    });
  }
  doc.off('update', keep);
  await log.append(some);
}

/** The sittings as the whole log tells them. */
async function counted(): Promise<readonly CountedSitting[]> {
  const chronicler = new Chronicler(log);
  const { seq } = (await log.head(document))!;
  const all = await chronicler.ask(document, seq, { kind: 'sittings', fromSeq: 0 });
  await chronicler.close();
  return all.sittings;
}

/** A page as it is told, oldest first, without versions. */
async function told(before: number | null, count: number): Promise<unknown[]> {
  const page = await past.sittings(document, before, count);
  return page.sittings.toReversed().map(({ number, fromSeq, toSeq, people }) => ({
    number,
    fromSeq,
    toSeq,
    letters: people.map(({ person, ...letters }) => [person, letters.written, letters.removed]),
  }));
}
const asTold = ({ fromSeq, toSeq, people }: CountedSitting, number: number): unknown => ({
  number,
  fromSeq,
  toSeq,
  letters: people
    .map((one) => ({ ...one, written: Math.max(0, one.written), removed: Math.max(0, one.removed) }))
    .toSorted((a, b) => b.written + b.removed - a.written - a.removed)
    .map(({ person, ...letters }) => [person, letters.written, letters.removed]),
});

beforeEach(async () => {
  log = new MemoryUpdateLog();
  sittings = new MemorySittingStore();
  await log.create({ document, kind: 'note', epoch: id<Epoch>(9), schemaVersion: 1 });
  const read = log.read.bind(log);
  log.read = (asked, after, upTo) => {
    readings.push(after);
    return read(asked, after, upTo);
  };
  readings = [];
  doc = new Y.Doc();
  text = new Y.XmlText();
  [time, written] = [1_700_000_000_000, 0];
  past = openPast();
  bodyOf(doc).insert(0, [text]);
});
afterEach(() => past.close());

test('[R163] of a long note, sittings and their density are told without reading its log', async () => {
  await type(leastKeptRows + 500);
  const expected = (await counted()).map(asTold);
  await past.keepSittings(document);
  await reopen();
  const { total } = await past.sittings(document, null, 1);
  expect(total).toBe(expected.length);
  expect(await told(null, 500)).toEqual(expected);
  expect(await told(9, 4)).toEqual(expected.slice(5, 9));
  const density = await past.density(document, 10, { from: null, to: null });
  const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);
  const lettersOf = (at: number): number =>
    sum(
      (expected as { letters: [unknown, number, number][] }[]).flatMap(({ letters }) =>
        letters.map((one) => one[at] as number),
      ),
    );
  expect([sum(density.sittings), sum(density.written), sum(density.removed)]).toEqual([
    total,
    lettersOf(1),
    lettersOf(2),
  ]);
  expect(readings).toEqual([]);
});

test('[R163] what was written since is told from its rows alone, and counted when the sitting has ended', async () => {
  await type(leastKeptRows + 500);
  await past.keepSittings(document);
  const known = (await log.head(document))!.seq;
  await type(2 * rowsOfSitting + 20);
  await reopen();
  const whole = await counted();
  readings = [];
  // The same sittings, of the same rows and people.
  const strip = (one: unknown): unknown => {
    const { letters, ...rest } = one as { letters: unknown[][] };
    return { ...rest, people: new Set(letters.map(([person]) => person)) };
  };
  expect((await told(null, 5)).map(strip)).toEqual(whole.map(asTold).slice(-5).map(strip));
  // Only what came since was read.
  expect(readings).toEqual([known]);
  await past.keepSittings(document);
  await reopen();
  expect(await told(null, 500)).toEqual(whole.map(asTold));
  expect(readings).toEqual([]);
});

test('[R163] nothing is kept of a short note', async () => {
  await type(leastKeptRows);
  await past.keepSittings(document);
  expect(await told(null, 500)).toEqual((await counted()).map(asTold));
  expect(await sittings.counted(document)).toBeNull();
});

test('[R163] they are counted anew where the log is another one since', async () => {
  await type(leastKeptRows + 100);
  const expected = (await counted()).map(asTold);
  const other = { ...(await counted())[0]!, toSeq: 3 };
  await sittings.replace(document, 0, [other], { epoch: id<Epoch>(8), seq: leastKeptRows });
  expect(await told(null, 500)).toEqual(expected);
  // Of the same epoch, but the sitting that is to go on begins nowhere.
  const odd = { ...other, fromSeq: 2, toSeq: leastKeptRows };
  await sittings.replace(document, 0, [odd], { epoch: id<Epoch>(9), seq: leastKeptRows });
  await past.keepSittings(document);
  await reopen();
  expect(await told(null, 500)).toEqual(expected);
});

test('[R163] who became one with another wrote what both did', async () => {
  await type(leastKeptRows + 100);
  await past.keepSittings(document);
  await reopen(new Identities(new Map([[bob, alice]])));
  const { sittings: page } = await past.sittings(document, null, 500);
  expect(new Set(page.flatMap(({ people }) => people.map(({ person }) => person)))).toEqual(new Set([alice]));
});

test('nothing is kept of a note that is destroyed', async () => {
  await type(leastKeptRows + 100);
  await past.keepSittings(document);
  await past.removeAll(document);
  expect(await sittings.counted(document)).toBeNull();
  await log.destroy(document);
  await past.keepSittings(document);
  expect(await sittings.counted(document)).toBeNull();
});

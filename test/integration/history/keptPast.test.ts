import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { Chronicle } from '#server/history/chronicle/Chronicle.ts';
import { Chronicler } from '#server/history/chronicle/Chronicler.ts';
import { authoredLog, Identities } from '#server/Identities.ts';
import { MemoryUpdateLog } from '#server/storage/memory/MemoryUpdateLog.ts';
import type { ChronicleRequest } from '#server/history/chronicle/ChronicleQuestion.ts';
import { WorkerLane } from '#server/WorkerLane.ts';
import type { ChronicleRow } from '#server/history/chronicle/ChronicleTables.ts';
import { readRow } from '#server/history/chronicle/readRow.ts';
import type { KeptPast } from '#server/storage/ports/UpdateLog.ts';
import { idFromBytes } from '#shared/domain/ids.ts';
import type { DocumentId, Epoch, PersonId } from '#shared/domain/ids.ts';
import { newRandom } from '../../support/random.ts';
import { recordSession } from '../../support/recordedSession.ts';
import { retryUntil } from '../../support/retryUntil.ts';

const id = <T extends string>(byte: number): T => idFromBytes<T>(new Uint8Array(16).fill(byte));
const document = id<DocumentId>(1);
const epoch = id<Epoch>(9);
const leastKeptRows = 400;
const guest = 'person-0' as PersonId;
const account = 'account' as PersonId;

let log: MemoryUpdateLog;
let rows: readonly ChronicleRow[];
let chronicler: Chronicler;
/** Of each reading of rows, after which row. */
let readings: number[];

async function append(from: number, to: number): Promise<void> {
  await log.append(
    rows.slice(from, to).map(({ time, person, operation, bytes }) => ({
      ...{ document, time, person, device: null, deviceTime: null, via: 'socket' as const, operation, bytes },
      clients: readRow(bytes).ranges.map(({ client }) => client),
    })),
  );
}

/** What the worker says of a note as it stands, and how it came to it. */
async function told(of: Chronicler = chronicler): Promise<unknown> {
  const { seq } = (await log.head(document))!;
  return Promise.all([
    of.ask(document, seq, { kind: 'content', moment: { seq: Math.ceil(seq / 2) } }),
    of.ask(document, seq, { kind: 'authorship', moment: { seq } }),
    of.ask(document, seq, { kind: 'sittings', fromSeq: 0 }),
  ]);
}

/** As another relay would, that begins with nothing. */
async function toldFromRows(as: Identities = new Identities()): Promise<unknown> {
  const bare = { ...authoredLog(log, as), past: async () => null, savePast: async () => undefined };
  const other = new Chronicler(bare);
  const found = await told(other);
  await other.close();
  return found;
}

/** After a restart, no worker has any chronicle. */
async function reopen(as: Identities = new Identities()): Promise<void> {
  await chronicler.close();
  chronicler = new Chronicler(authoredLog(log, as), leastKeptRows);
  readings = [];
}

async function whenKept(): Promise<KeptPast> {
  let kept: KeptPast | null = null;
  await retryUntil('what is kept', async () => (kept = await log.past(document)) !== null);
  return kept as unknown as KeptPast;
}

beforeAll(() => {
  ({ rows } = recordSession(newRandom(11), 1_800));
});
beforeEach(async () => {
  log = new MemoryUpdateLog();
  const read = log.read.bind(log);
  log.read = (asked, after, upTo) => {
    readings.push(after);
    return read(asked, after, upTo);
  };
  readings = [];
  await log.create({ document, kind: 'note', epoch, schemaVersion: 1 });
  chronicler = new Chronicler(authoredLog(log, new Identities()), leastKeptRows);
});
afterEach(() => chronicler.close());

test('[R161] of a long note that was read once, only the rows since are read', async () => {
  await append(0, 1_300);
  await told();
  const { seq } = await whenKept();
  expect(seq).toBe(1_300);
  await reopen();
  expect(await told()).toEqual(await toldFromRows());
  await append(1_300, rows.length);
  await reopen();
  const found = await told();
  expect(readings).toEqual([seq]);
  expect(found).toEqual(await toldFromRows());
});

test('[R161] while what was kept is read, a long answer that nobody waits for any more is not begun', async () => {
  await append(0, 1_300);
  await told();
  const { seq } = await whenKept();
  await reopen();
  const leaving = new AbortController();
  const asked: string[] = [];
  const ask = Reflect.get(WorkerLane.prototype, 'ask') as (...args: unknown[]) => Promise<unknown>;
  const watched = vi.spyOn(WorkerLane.prototype, 'ask').mockImplementation(function (this: unknown, ...args) {
    const { question, kept } = args[0] as ChronicleRequest;
    asked.push(`${question.kind}${kept === null ? '' : ' of what was kept'}`);
    const answer = Reflect.apply(ask, this, args);
    if (kept !== null) leaving.abort();
    return answer;
  });
  const question = { kind: 'compare', fromSeq: 1, toSeq: seq } as const;
  await expect(chronicler.ask(document, seq, question, leaving.signal)).rejects.toMatchObject({
    code: 'internal',
  });
  // The first asks whether anything is known.
  expect(asked).toEqual(['compare', 'rows of what was kept']);
  watched.mockRestore();
  expect(await told()).toEqual(await toldFromRows());
});

test('[R161] nothing is kept of what a thousand rows or fewer tell', async () => {
  await append(0, 900);
  await told();
  await chronicler.close();
  expect(await log.past(document)).toBeNull();
});

test.each<[string, (kept: KeptPast) => KeptPast]>([
  ['is damaged', (kept) => ({ ...kept, bytes: kept.bytes.map((byte, at) => (at === 900 ? ~byte : byte)) })],
  ['is empty', (kept) => ({ ...kept, bytes: new Uint8Array(0) })],
  ['names nobody', (kept) => ({ ...kept, people: [] })],
  ['is of another format', (kept) => ({ ...kept, format: kept.format + 1 })],
])('[R161] what is kept is thrown away where it %s', async (_, change) => {
  await append(0, 1_300);
  await told();
  await log.savePast(change(await whenKept()));
  await reopen();
  expect(await told()).toEqual(await toldFromRows());
  // And made anew.
  await chronicler.close();
  await reopen();
  await told();
  expect(readings).toEqual([]);
});

test('[R161] what is kept is thrown away where the log is another one since', async () => {
  await append(0, 1_300);
  await told();
  const kept = await whenKept();
  await chronicler.close();
  const [first] = rows;
  await log.renew(
    {
      ...{ document, time: 1, person: null, device: null, deviceTime: null, via: 'operation', clients: [] },
      ...{ operation: 'restore', bytes: first!.bytes },
    },
    id<Epoch>(8),
  );
  await reopen();
  expect(await told()).toEqual(await toldFromRows());
  expect(readings).toContain(0);
  expect((await whenKept()).epoch).not.toBe(kept.epoch);
});

test('[R161] what is kept is thrown away where rows build on what it lacks', async () => {
  await append(0, rows.length);
  await told();
  const { format } = await whenKept();
  await reopen();
  // Two hundred rows are not in it that it says it was made of.
  const lacking = new Chronicle();
  lacking.apply(rows.slice(0, 1_100).map((row) => (row.seq === 1_100 ? { ...row, seq: 1_300 } : row)));
  await log.savePast({ document, epoch, format, ...lacking.pack(), seq: lacking.seq });
  const found = await told();
  // What was kept was read first, with the rows since, and then all rows.
  expect(readings).toEqual([1_300, 0]);
  expect(found).toEqual(await toldFromRows());
  await chronicler.close();
  expect((await whenKept()).seq).toBe(rows.length);
});

test('[R117] who becomes one with another is told as the other, whatever was kept', async () => {
  await append(0, 1_300);
  await told();
  await whenKept();
  const joined = new Identities(new Map([[guest, account]]));
  await reopen(joined);
  const found = await told();
  expect(found).toEqual(await toldFromRows(joined));
  expect(JSON.stringify(found)).not.toContain(guest);
});

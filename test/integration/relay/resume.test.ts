import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Epoch } from '#shared/domain/ids.ts';
import { encodeResume, encodeStep1, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { MemoryUpdateLog } from '#server/storage/memory/MemoryUpdateLog.ts';
import { testId } from '../../support/newRelay.ts';
import type { RawClient } from '../../support/rawClient.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { alice, benoit, open, storedText, type Writer } from './support.ts';

const none: ReadonlyMap<number, number> = new Map();
const textOf = (doc: Y.Doc): string => doc.getText('text').toJSON();

/** A client's copy, kept while it is away. */
function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

async function setUp(options: Parameters<typeof open>[0] = {}) {
  const setting = await open(options);
  const epoch = (await setting.relay.log.head(setting.document))?.epoch as Epoch;
  /** Comes back with a copy that is whole up to row `seq`, and takes in what it is sent. */
  const comeBack = async (
    copy: Y.Doc,
    seq: number,
    { unacknowledged = none, as = benoit, of = epoch }: Partial<ComeBack> = {},
  ): Promise<RawClient> => {
    const client = setting.raw(as);
    client.send(encodeResume(of, seq, unacknowledged));
    client.send(encodeStep1(Y.encodeStateVector(copy)));
    await client.hear('access');
    for (const one of client.heard) if (one.kind === 'update') Y.applyUpdate(copy, one.bytes);
    expect(copy.store.pendingStructs).toBeNull();
    return client;
  };
  return { ...setting, epoch, comeBack };
}
interface ComeBack {
  readonly unacknowledged: ReadonlyMap<number, number>;
  readonly as: typeof benoit;
  readonly of: Epoch;
}

/** A log whose disk is slow when a test says so. */
class HeldLog extends MemoryUpdateLog {
  holds = false;
  private readonly gate = Promise.withResolvers<void>();
  private isHolding = false;

  hold(): void {
    this.isHolding = true;
  }

  release(): void {
    this.gate.resolve();
  }

  override async append(
    ...args: Parameters<MemoryUpdateLog['append']>
  ): ReturnType<MemoryUpdateLog['append']> {
    if (this.isHolding) {
      this.holds = true;
      await this.gate.promise;
    }
    return super.append(...args);
  }
}

const kinds = (client: RawClient): string[] => client.heard.map((one) => one.kind);
const bytesOf = (client: RawClient): number =>
  client.heard.reduce((sum, one) => sum + JSON.stringify(one).length, 0);
const granted = ['step2', 'hello', 'access'];

/** Types and deletes by turns, so that the delete set has one range a turn. */
async function churn(author: Writer, turns: number, first = 1): Promise<void> {
  const text = author.doc.getText('text');
  for (let turn = 0; turn < turns; turn++) {
    author.doc.transact(() => {
      text.insert(text.length, 'xy');
      text.delete(text.length - 1, 1);
    });
    if (turn % 50 === 49) await author.stored(first + turn);
  }
  await author.stored(first + turns - 1);
}

test('[R16] who missed nothing is sent a few bytes, however large the document and its delete set', async () => {
  const { document, relay, raw, writer, comeBack } = await setUp({ limits: { updateBurst: 5_000 } });
  const author = await writer(alice);
  await churn(author, 2_000);
  const copy = copyOf(author.doc);
  author.socket.close();
  await retryUntil('the room to be let go', () => relay.documents.stats().rooms === 0);

  const plain = raw(benoit);
  let sent = 0;
  plain.socket.on('message', (data: Buffer) => (sent += data.length + 4));
  await plain.join(Y.encodeStateVector(copy));
  expect(sent).toBeGreaterThan(4_000);
  plain.socket.close();
  await retryUntil('the room to be let go', () => relay.documents.stats().rooms === 0);

  const client = await comeBack(copy, 2_000);
  // Counted on the socket itself: headers of the frames and of the handshake included.
  const resumed = (client.socket as unknown as { _socket: { bytesRead: number } })._socket.bytesRead;
  expect(kinds(client)).toEqual(granted);
  expect(resumed).toBeLessThan(2_000);
  expect(bytesOf(client)).toBeLessThan(300);
  expect((await relay.log.head(document))?.seq).toBe(2_000);
});

test('[R16] who missed rows is sent those, without what it has of them, and no delete set of the whole', async () => {
  const { writer, comeBack } = await setUp({ limits: { updateBurst: 5_000 } });
  const author = await writer(alice);
  await churn(author, 200);
  const copy = copyOf(author.doc);
  author.write('nouveau');
  author.doc.getText('text').delete(0, 2);
  await author.stored(202);
  const client = await comeBack(copy, 199);
  // Row 200 deletes: deletions are always sent. Then the two that were missed.
  expect(kinds(client)).toEqual(['update', 'update', 'update', ...granted]);
  expect(bytesOf(client)).toBeLessThan(1_500);
  expect(textOf(copy)).toBe(textOf(author.doc));
  author.write(' et après');
  await client.hear('update', 4);
});

test('[R16] unsent edits of who resumes are stored once, and the relay asks for nothing else', async () => {
  const { document, relay, writer, comeBack } = await setUp();
  const author = await writer(alice);
  author.write('commun');
  await author.stored(1);
  const copy = copyOf(author.doc);
  author.write(' suite');
  await author.stored(2);
  const own: Uint8Array[] = [];
  copy.on('update', (update: Uint8Array) => own.push(update));
  copy.getText('text').insert(0, 'hors ligne, ');
  const client = await comeBack(copy, 1, { unacknowledged: new Map([[copy.clientID, 0]]) });
  expect(kinds(client)).toEqual(['update', ...granted]);
  for (const update of own.slice(0, 1)) client.send(encodeUpdate(update));
  await client.stored(1);
  expect(await storedText(relay, document)).toBe('hors ligne, commun suite');
  await retryUntil('the author to see it', () => author.heard.some((one) => one.kind === 'update'));
});

test('[R16] rows that a checkpoint took in are still sent as rows, read from the log', async () => {
  const { relay, document, writer, comeBack } = await setUp({
    limits: { checkpointRows: 10, keepStateMs: 1 },
  });
  const author = await writer(alice);
  author.write('a'.repeat(1_000));
  await author.stored(1);
  const copy = copyOf(author.doc);
  for (let index = 0; index < 14; index++) author.write('b');
  await author.stored(15);
  await retryUntil('a checkpoint', async () => ((await relay.log.checkpoint(document))?.seq ?? 0) > 3);
  const client = await comeBack(copy, 1);
  expect(kinds(client)).toEqual([...Array.from({ length: 14 }, () => 'update'), ...granted]);
  expect(textOf(copy)).toBe(textOf(author.doc));
});

test('[R16] a row that is not on the disk yet raises no doubt, and is heard when it is', async () => {
  const log = new HeldLog();
  const { writer, comeBack } = await setUp({ log });
  const author = await writer(alice);
  author.write('un ');
  await author.stored(1);
  const copy = copyOf(author.doc);
  log.hold();
  author.write('deux');
  await retryUntil('the row to be on its way', () => log.holds);
  const client = await comeBack(copy, 1);
  expect(kinds(client)).toEqual(granted);
  log.release();
  await client.hear('update');
});

test('[R17] a resume in doubt is answered by the state vector, the relay’s question included', async () => {
  const { writer, comeBack } = await setUp({ limits: { resumeRows: 3 } });
  const author = await writer(alice);
  author.write('un '.repeat(100));
  await author.stored(1);
  const early = copyOf(author.doc);
  for (const word of ['deux ', 'trois ', 'quatre ', 'cinq']) author.write(word);
  await author.stored(5);
  const whole = copyOf(author.doc);
  const [lost, ahead] = [new Y.Doc(), copyOf(author.doc)];
  ahead.getText('text').insert(0, 'jamais envoyé');
  const doubts: [string, Promise<RawClient>, Y.Doc][] = [
    ['another epoch', comeBack(whole, 5, { of: testId<Epoch>(77) }), whole],
    ['a row that is not there yet', comeBack(whole, 6), whole],
    ['too many rows', comeBack(early, 1), early],
    ['a copy that lost what it should have', comeBack(lost, 4), lost],
    ['something acknowledged that the relay has not', comeBack(ahead, 5), ahead],
  ];
  for (const [why, coming, doc] of doubts) {
    expect([why, kinds(await coming)]).toEqual([
      why,
      expect.arrayContaining(['step2', 'step1', 'hello']) as string[],
    ]);
    expect(textOf(doc)).toContain('un deux trois quatre cinq');
  }
});

test('[R17] a resume after the first question, or a second one, is malformed', async () => {
  const { epoch, raw } = await setUp();
  const late = raw(alice);
  await late.join();
  late.send(encodeResume(epoch, 0, none));
  expect((await late.closed).code).toBe(4400);
  const twice = raw(alice);
  twice.send(encodeResume(epoch, 0, none));
  twice.send(encodeResume(epoch, 0, none));
  expect((await twice.closed).code).toBe(4400);
});

test('[R14] [R17] a reader resumes where nothing was missed, and is never sent a row with text deleted since', async () => {
  const { relay, document, writer, comeBack } = await setUp();
  const author = await writer(alice);
  author.write('public');
  await author.stored(1);
  const copy = copyOf(author.doc);
  relay.roles.set(`${benoit.person.id}/${document}`, 'reader');
  expect(kinds(await comeBack(copy, 1))).toEqual(granted);
  author.write(' secret');
  author.doc.getText('text').delete(6, 7);
  author.write(' fin');
  await author.stored(4);
  const client = await comeBack(copy, 1);
  expect(kinds(client)).toContain('step1');
  const bytes = client.heard.map((one) => ('bytes' in one ? Buffer.from(one.bytes).toString() : ''));
  expect(bytes.join('')).not.toContain('secret');
  expect(textOf(copy)).toBe('public fin');
});

test('[R13] a resume of another epoch is closed with 4409 when the ticket says so, before anything is answered', async () => {
  const { raw } = await setUp();
  const client = raw({ ...alice, epoch: testId<Epoch>(99) });
  client.send(encodeResume(testId<Epoch>(99), 0, none));
  client.send(encodeStep1(Uint8Array.of(0)));
  expect((await client.closed).code).toBe(4409);
  expect(client.heard).toEqual([]);
});

test('[R18] everyone is told, behind the rows and rarely, up to which row they were sent everything', async () => {
  const { writer, raw } = await setUp({ limits: { positionMs: 1, commitSpacingMs: 1 } });
  const author = await writer(alice);
  const guest = raw(benoit);
  await guest.join();
  const stock = raw({ ...benoit, wire: 'y-sync.1' });
  await stock.join();
  for (let index = 1; index <= 100; index++) {
    author.write(`${index} `);
    await author.stored(index);
  }
  const last = () => guest.heard.findLast((one) => one.kind === 'position')?.seq;
  await retryUntil('the last position', () => last() === 100);
  const tooEarly = guest.heard.filter((one, at) => {
    const updates = guest.heard.slice(0, at).filter((before) => before.kind === 'update').length;
    return one.kind === 'position' && one.seq > updates;
  });
  expect(tooEarly).toEqual([]);
  expect(guest.heard.filter((one) => one.kind === 'position').length).toBeLessThanOrEqual(100);
  await retryUntil('the author too', () =>
    author.heard.some((one) => one.kind === 'position' && one.seq === 100),
  );
  expect(kinds(stock)).not.toContain('position');
});

import { expect, onTestFinished, test } from 'vitest';
import * as encoding from 'lib0/encoding';
import type { DocumentId } from '#shared/domain/ids.ts';
import { encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import type { DocumentRole } from '#server/room/RelayDocuments.ts';
import { newRelay, type TestRelay } from '../../support/newRelay.ts';
import { type Plug, plugIn } from '../../support/plugIn.ts';
import { rowsStoredBefore } from '../../support/storedBefore.ts';
import { alice, benoit, typed } from '../relay/support.ts';

const subtypes = [0, 1, 2, 3, 128];
const update = typed('interdit', 7);

const canonical = (number: number): number[] => [...encoding.encode((e) => encoding.writeVarUint(e, number))];
/** The same number with a byte too many. */
const long = (number: number): number[] => {
  const bytes = canonical(number);
  return [...bytes.slice(0, -1), (bytes.at(-1) ?? 0) | 128, 0];
};

/** Every way to put an update behind a first byte and an inner type: each number as it is written, or longer than it needs. */
function* framesOf(first: number): Generator<Uint8Array> {
  const types =
    first < 128
      ? [[first], [first | 128, 0]]
      : [
          [first, 0],
          [first, 1],
          [first, 2],
        ];
  const lengths = [canonical(update.length), long(update.length)];
  for (const type of types) {
    yield Uint8Array.from([...type, ...update]);
    for (const length of lengths) yield Uint8Array.from([...type, ...length, ...update]);
    for (const subtype of subtypes) {
      for (const inner of [canonical(subtype), long(subtype)]) {
        for (const length of lengths) yield Uint8Array.from([...type, ...inner, ...length, ...update]);
      }
    }
  }
}

/** Sends everything, coming back as often as it is closed. @returns how many frames it was, and how many rows came of them. */
async function sendAll(
  relay: TestRelay,
  document: DocumentId,
  arrive: () => Promise<Plug>,
): Promise<{ sent: number; rows: number }> {
  let plug = await arrive();
  let sent = 0;
  for (let first = 0; first < 256; first++) {
    for (const frame of framesOf(first)) {
      plug.send(frame);
      sent++;
      if (plug.closed !== null) plug = await arrive();
    }
  }
  plug.leave();
  return { sent, rows: await rowsStoredBefore(relay, document) };
}

const limits = { updatesPerSecond: 1e9, updateBurst: 1e9, presencePerSecond: 1e9, maxUnstoredFrames: 1e9 };

async function withRole() {
  const relay = await newRelay({ limits });
  onTestFinished(() => relay.close());
  const document = await relay.newDocument();
  const become = (role: DocumentRole | Promise<DocumentRole>): void => {
    relay.roles.set(`${benoit.person.id}/${document}`, role);
  };
  return { relay, document, become };
}

test.each([
  ['a reader', 'y-sync.1'],
  ['a reader', 'calepin.1'],
  ['a contributor', 'calepin.1'],
  ['a visitor', 'calepin.1'],
] as const)('[R25] %s on %s writes nothing by any first byte, inner type or length', async (who, wire) => {
  const { relay, document, become } = await withRole();
  become(who === 'a contributor' ? 'contributor' : 'reader');
  relay.roles.set(`null/${document}`, 'reader');
  const values = who === 'a visitor' ? { person: null, wire } : { ...benoit, wire };
  const { sent, rows } = await sendAll(relay, document, () => plugIn(relay, document, values));
  expect(sent).toBeGreaterThan(10_000);
  expect(rows).toBe(0);
});

test('[R25, R40] an author who became a reader writes nothing by any of them', async () => {
  const { relay, document, become } = await withRole();
  const { rows } = await sendAll(relay, document, async () => {
    become('author');
    const plug = await plugIn(relay, document, benoit);
    become('reader');
    await relay.documents.recheckAccess(document);
    return plug;
  });
  expect(rows).toBe(0);
});

test('[R25, R40] a reader whose right is being asked again writes nothing by any of them', async () => {
  const { relay, document, become } = await withRole();
  const { rows } = await sendAll(relay, document, async () => {
    become('reader');
    const plug = await plugIn(relay, document, benoit);
    const { promise, resolve } = Promise.withResolvers<DocumentRole>();
    become(promise);
    void relay.documents.recheckAccess(document);
    onTestFinished(() => resolve('reader'));
    return plug;
  });
  expect(rows).toBe(0);
});

test('the same frames store something when an author sends them', async () => {
  const { relay, document } = await withRole();
  const plug = await plugIn(relay, document, { ...alice, wire: 'calepin.1' });
  plug.send(encodeUpdate(update));
  expect(await rowsStoredBefore(relay, document)).toBe(1);
});

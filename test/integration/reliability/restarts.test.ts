import { expect, onTestFinished, test } from 'vitest';
import type { DeviceId, DocumentId, PersonId } from '#shared/domain/ids.ts';
import { sqliteAdapters } from '#server/index.ts';
import { verifyLog } from '#server/backup/verifyLog.ts';
import { docFrom } from '#server/log/rebuild.ts';
import { testId } from '../../support/newRelay.ts';
import { newRandom } from '../../support/random.ts';
import { RelayProcess } from '../../support/RelayProcess.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { type Door, letterOf, promisedTo, PromisedWriter, typeAlong } from './PromisedWriter.ts';

const long = process.env['CALEPIN_LONG'] === '1';
const restarts = long ? 100 : 6;
const seed = long ? Math.floor(Math.random() * 2 ** 32) : 20_261_126;

/** Signs the local person in. @returns the way to ask this relay for JSON, which outlives its restarts. */
async function signIn(relay: RelayProcess) {
  const { origin } = relay;
  const ask = async (where: string, body: unknown, cookie = '') =>
    fetch(origin + where, {
      method: 'POST',
      headers: { origin, cookie, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const entered = await ask('/api/session/launch', { secret: relay.launchSecret, language: 'fr' });
  const cookie = entered.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  return async <T>(where: string, body: unknown): Promise<T> =>
    (await (await ask(where, body, cookie)).json()) as T;
}

/** What a stopped relay's log says, and whether all of it is sound and signed. */
async function readStopped(folder: string, documents: readonly DocumentId[]) {
  const { faults } = await verifyLog(folder);
  expect(faults).toEqual([]);
  const adapters = await sqliteAdapters(folder);
  try {
    const texts = new Map<DocumentId, ReturnType<typeof docFrom>>();
    for (const document of documents) {
      const rows = await adapters.log.read(document, 0);
      expect((await adapters.log.signedHead(document))?.seq, 'the head is signed').toBe(rows.length);
      texts.set(
        document,
        docFrom(
          rows.map(({ bytes }) => bytes),
          false,
        ),
      );
    }
    return texts;
  } finally {
    await adapters.close();
  }
}

test(
  `[R8] asked to stop ${restarts} times under 20 writers, the relay tells each to come back, ends well, and has all that it acknowledged; all come back (seed ${seed})`,
  async () => {
    const random = newRandom(seed);
    const relay = await RelayProcess.start();
    onTestFinished(() => relay.close());
    const ask = await signIn(relay);
    const documents: DocumentId[] = [];
    for (let note = 0; note < 4; note++) {
      const page = await ask<{ note: { id: DocumentId } }>('/api/notes', { title: `Note ${note}` });
      documents.push(page.note.id);
    }
    const writers = Array.from(
      { length: 20 },
      (_, n) => new PromisedWriter(documents[n % 4] as DocumentId, testId<PersonId>(1)),
    );
    const doorOf = (writer: PromisedWriter): Door => ({
      url: `${relay.origin.replace('http', 'ws')}/sync`,
      ticket: async (document) => {
        const device = testId<DeviceId>(100 + writers.indexOf(writer));
        const answer = await ask<{ ticket: string }>('/api/tickets', { document, wire: 'calepin.1', device });
        return answer.ticket;
      },
    });
    const connectAll = async (): Promise<void> => {
      for (const writer of writers) await writer.connect(doorOf(writer));
    };
    // Below the rate of a session, in a note of whatever size.
    const isTurn = (): boolean => random.int(40) === 0;
    for (let round = 0; round < restarts; round++) {
      await connectAll();
      const before = promisedTo(writers);
      const stopTyping = typeAlong(writers, isTurn);
      const promised = 50 + random.int(300);
      await retryUntil('the moment of its end', () => promisedTo(writers) - before >= promised, 60_000);
      expect(await relay.stop()).toBe(0);
      const ends = [];
      for (const writer of writers) ends.push(await writer.disconnected());
      stopTyping();
      expect(ends).toEqual(writers.map(() => ({ code: 1012, reason: 'restarting' })));
      const stored = await readStopped(relay.dataFolder, documents);
      for (const writer of writers) {
        const text = stored.get(writer.document)?.getText(`of ${writer.doc.clientID}`).toJSON() ?? '';
        expect(text.length, 'acknowledged is stored').toBeGreaterThanOrEqual(writer.acknowledged);
        expect(text.length, 'nothing that was not typed').toBeLessThanOrEqual(writer.typed);
        expect(text).toBe(Array.from(text, (_, at) => letterOf(at)).join(''));
      }
      await relay.restart();
    }
    await connectAll();
    await retryUntil(
      'everything to be acknowledged',
      () => writers.every((writer) => writer.acknowledged === writer.typed),
      60_000,
    );
  },
  long ? 1_800_000 : 300_000,
);

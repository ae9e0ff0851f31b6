import type { Duplex } from 'node:stream';
import { pino } from 'pino';
import type { WebSocket } from 'ws';
import { expect, onTestFinished, test } from 'vitest';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { encodeStep1, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { messageTypes } from '#shared/protocol/messages.ts';
import { createDocuments } from '#server/room/createDocuments.ts';
import { relayLimits } from '#server/room/RelayLimits.ts';
import { MemoryUpdateLog } from '#server/storage/memory/MemoryUpdateLog.ts';
import { ClientSocket } from '#server/ws/ClientSocket.ts';
import { Connection } from '#server/ws/Connection.ts';
import { testId } from '../../../support/newRelay.ts';
import { retryUntil } from '../../../support/retryUntil.ts';
import { typed } from '../../../integration/relay/support.ts';

test('[R1] the author hears that a change is stored before anybody is shown it', async () => {
  const documents = createDocuments({
    log: new MemoryUpdateLog(),
    logger: pino({ level: 'silent' }),
    roleOf: () => 'author',
  });
  onTestFinished(() => documents.close());
  const document = testId<DocumentId>(9);
  await documents.create(document, 'note', { person: null, operation: 'seed' }, null);
  const written: string[] = [];
  const enter = async (name: string, n: number) => {
    const person = { id: testId<PersonId>(n), name, colour: 'azur' } as const;
    const session = {
      person,
      sessionId: name,
      device: null,
      wire: 'calepin.1',
      schema: null,
      epoch: null,
    } as const;
    const duplex = {
      write: (frames: Buffer) => {
        written.push(`${name} ${frames[2] === messageTypes.stored ? 'stored' : 'shown'}`);
        return true;
      },
      cork: () => undefined,
      uncork: () => undefined,
      writableLength: 0,
    } as unknown as Duplex;
    const webSocket = { close: () => undefined, resume: () => undefined } as unknown as WebSocket;
    const connection = new Connection(new ClientSocket(webSocket, duplex, session, relayLimits), session);
    const room = await documents.connect(document, connection);
    room?.receive(connection, encodeStep1(Uint8Array.of(0)));
    await retryUntil('the state to be sent', () => written.some((one) => one.startsWith(name)));
    return { room, connection };
  };
  const author = await enter('author', 1);
  await enter('reader', 2);
  written.length = 0;
  author.room?.receive(author.connection, encodeUpdate(typed('a', 5)));
  await retryUntil('both to hear', () => written.length === 2);
  expect(written).toEqual(['author stored', 'reader shown']);
});

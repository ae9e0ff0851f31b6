import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { typed } from '../integration/relay/support.ts';
import { type TestRelay, testId } from './newRelay.ts';
import { plugIn } from './plugIn.ts';
import { readHeard } from './rawClient.ts';
import { retryUntil } from './retryUntil.ts';

const sentinel = { person: { id: testId<PersonId>(254), name: 'Sentinelle', colour: 'azur' } };

/** How many rows a document has once everything that was accepted before is on the disk: somebody writes last, and is waited for; that row is not counted. */
export async function rowsStoredBefore(relay: TestRelay, document: DocumentId): Promise<number> {
  let isStored = false;
  const plug = await plugIn(relay, document, sentinel, (message) => {
    if (readHeard(message).kind === 'stored') isStored = true;
  });
  plug.send(encodeUpdate(typed('.')));
  await retryUntil('the last row to be stored', () => isStored);
  plug.leave();
  return ((await relay.log.head(document))?.seq ?? 0) - 1;
}

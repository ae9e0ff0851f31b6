import { expect, onTestFinished, test } from 'vitest';
import type { NotePage } from '#shared/api/notes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { schemaVersion } from '#shared/document/schema.ts';
import { mirrorClient } from '../../support/mirrorClient.ts';
import { newFullRelay } from '../../support/newFullRelay.ts';
import { testId } from '../../support/newRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';

test('[R80] [R83] a mirror of somebody who is signed in copies a note’s rows, with names; a visitor gets no ticket', async () => {
  const full = await newFullRelay({ storage: 'sqlite' });
  onTestFinished(() => full.close());
  const device = testId<string>(5);
  const refused = await full.visitor().fetch('/api/tickets/mirror', { method: 'POST', json: { device } });
  expect(refused.status).toBe(401);
  const owner = await full.signIn();
  const nameless = await owner.fetch('/api/tickets/mirror', { method: 'POST', json: {} });
  expect(nameless.status).toBe(400);
  const { note } = await owner.json<NotePage>('POST', '/api/notes', { title: 'Ailleurs aussi' });
  const { ticket } = await owner.json<{ ticket: string }>('POST', '/api/tickets/mirror', { device });
  const mirror = mirrorClient(full.url.replace('http', 'ws') + '/sync', ticket);
  onTestFinished(() => {
    mirror.socket.terminate();
  });
  const copy = mirror.on(note.id as string as DocumentId);
  copy.open({ schema: schemaVersion });
  expect(await copy.hear('opened')).toMatchObject({ role: 'author', seq: 1 });
  await retryUntil('the seed', () => copy.rows().length === 1);
  const { person } = owner.session;
  expect(copy.rows()[0]).toMatchObject({ seq: 1, person: person?.id, name: person?.name, via: 'operation' });
});

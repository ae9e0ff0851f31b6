import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import type { CarnetPage } from '#shared/api/collections.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { VersionSummary } from '#shared/api/versions.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { encodeAwareness, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { failing } from '../../support/failingStorage.ts';
import { newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { type RawClient, rawClient } from '../../support/rawClient.ts';
import { retryUntil } from '../../support/retryUntil.ts';

/** What must not be in a log, each written where a person writes it. */
const planted = {
  title: 'Titrezyx',
  text: 'Textezyx',
  name: 'Nomzyx',
  version: 'Versionzyx',
  search: 'Cherchezyx',
  file: 'Fichierzyx',
  presence: 'Presencezyx',
  key: 'Clezyx',
};

test('the log of a busy relay, failures included, holds no text, title, name, search, file name or secret', async () => {
  const lines: string[] = [];
  let storageFails = false;
  const full = await newFullRelay({
    logger: pino({ level: 'trace' }, { write: (line: string) => lines.push(line) }),
    pdfPrinter: { open: () => Promise.reject(new Error('the printer is gone')) },
    adapt: (adapters) => failing(adapters, () => storageFails),
  });
  onTestFinished(() => full.close());
  const secrets: string[] = [new URL(full.launchUrl).hash.slice('#launch='.length)];
  const owner = await full.signIn();
  await owner.json('PATCH', '/api/session/person', { name: planted.name });
  const { note } = await owner.json<NotePage>('POST', '/api/notes', { title: planted.title });
  await owner.json<CarnetPage>('POST', '/api/carnets', {
    title: planted.title,
    description: planted.text,
  });
  const invite = await owner.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'note',
    subjectId: note.id,
    role: 'reader',
  });
  secrets.push(new URL(invite.url).hash.slice(1));
  const guest = await full.join(invite.url, `${planted.name} deux`);
  for (const who of [owner, guest]) secrets.push(who.cookie.split('=')[1] ?? '');
  const sockets: RawClient[] = [];
  onTestFinished(() => {
    for (const { socket } of sockets) socket.terminate();
  });
  const connect = async (who: TestVisitor): Promise<RawClient> => {
    const { ticket } = await who.json<{ ticket: string }>('POST', '/api/tickets', {
      document: note.id,
      wire: 'calepin.1',
    });
    secrets.push(ticket);
    const client = rawClient(`${full.url.replace('http', 'ws')}/sync`, note.id as DocumentId, ticket);
    sockets.push(client);
    await client.join();
    return client;
  };
  const update = (change: (doc: Y.Doc) => void): Uint8Array => {
    const doc = new Y.Doc();
    doc.clientID = 77;
    change(doc);
    return Y.encodeStateAsUpdate(doc);
  };
  const typed = update((doc) => doc.getText('title').insert(0, planted.text));

  // What goes well.
  const writer = await connect(owner);
  writer.send(encodeUpdate(typed));
  writer.send(
    encodeAwareness([{ client: 77, clock: 1, state: JSON.stringify({ cursor: planted.presence }) }]),
  );
  await writer.stored(1);
  await owner.json<VersionSummary>('POST', `/api/notes/${note.id}/versions`, { name: planted.version });
  await owner.json('GET', `/api/search?q=${planted.search}`);
  await owner.fetch(`/api/attachments?note=${note.id}&name=${planted.file}.txt`, {
    method: 'POST',
    body: planted.text,
    headers: { 'content-type': 'text/plain' },
  });

  // What is refused: by rights, by form, by content, by ownership.
  const reader = await connect(guest);
  reader.send(encodeUpdate(update((doc) => doc.getText('title').insert(0, `${planted.text} !`))));
  reader.send(encodeAwareness([{ client: 80, clock: 1, state: '{}' }]));
  reader.send(encodeAwareness([{ client: 77, clock: 9, state: JSON.stringify({ x: planted.presence }) }]));
  await reader.closed;
  const reserved = await connect(owner);
  reserved.send(encodeUpdate(update((doc) => doc.getMap('x').set('__proto__', planted.text))));
  await reserved.hear('refused');
  for (const bytes of [`${planted.text}`, new TextEncoder().encode(planted.text)]) {
    const malformed = await connect(owner);
    malformed.send(bytes);
    await malformed.closed;
  }
  const badPresence = await connect(owner);
  badPresence.send(encodeAwareness([{ client: 78, clock: 1, state: `{${planted.presence}` }]));
  await badPresence.closed;
  await owner.fetch('/api/notes', {
    method: 'POST',
    body: `{"title": ${planted.title}}`,
    headers: { 'content-type': 'application/json' },
  });
  await owner.fetch('/api/notes', { method: 'POST', json: { title: planted.title, kind: planted.key } });
  await owner.fetch(`/api/nothing/${planted.title}?q=${planted.search}`);
  await full.visitor().fetch('/api/invitations/accept', {
    method: 'POST',
    json: { secret: 'x'.repeat(43), name: planted.name },
  });

  // What fails: printing, and the storage.
  const job = await owner.json<{ id: string }>('POST', '/api/exports', {
    subject: 'note',
    subjectId: note.id,
  });
  await retryUntil(
    'the export to fail',
    async () => (await owner.json<{ step: string }>('GET', `/api/exports/${job.id}`)).step === 'failed',
  );
  const last = await connect(owner);
  storageFails = true;
  last.send(
    encodeUpdate(
      update((doc) => {
        doc.clientID = 79;
        doc.getText('title').insert(0, planted.text);
      }),
    ),
  );
  await last.closed;
  expect((await owner.fetch('/api/notes', { method: 'POST', json: { title: planted.title } })).status).toBe(
    503,
  );
  storageFails = false;

  const log = lines.join('');
  // It was busy, and what went wrong is in it: by code.
  expect(log).toContain('write refused');
  expect(log).toContain('forged presence');
  expect(log).toContain('export failed');
  expect(log).toContain('a commit failed');
  expect(log).toContain('request failed');
  for (const [where, word] of Object.entries(planted))
    expect([where, lines.filter((line) => line.toLowerCase().includes(word.toLowerCase()))]).toEqual([
      where,
      [],
    ]);
  expect(secrets.every((secret) => secret.length >= 43)).toBe(true);
  expect(lines.filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([]);
});

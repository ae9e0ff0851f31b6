import { expect, onTestFinished, test } from 'vitest';
import type { NotePage } from '#shared/api/notes.ts';
import * as Y from 'yjs';
import type { DocumentId } from '#shared/domain/ids.ts';
import { encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { newClient } from '../../support/newClient.ts';
import { failing } from '../../support/failingStorage.ts';
import { newFullRelay } from '../../support/newFullRelay.ts';
import { rawClient } from '../../support/rawClient.ts';
import { retryUntil } from '../../support/retryUntil.ts';

test('what the relay does is counted on a port of its own, and without any id, title or name', async () => {
  const full = await newFullRelay({ metricsPort: 0 });
  onTestFinished(() => full.close());
  const owner = await full.signIn();
  const { note } = await owner.json<NotePage>('POST', '/api/notes', { title: 'Secret' });
  const { ticket } = await owner.json<{ ticket: string }>('POST', '/api/tickets', { document: note.id });
  const client = newClient(`${full.url.replace('http', 'ws')}/sync`, note.id as string as DocumentId, ticket);
  await client.synced();
  const title = client.doc.getText('title');
  title.insert(0, 'Un ');
  const read = async (): Promise<string> =>
    (await fetch(`http://127.0.0.1:${full.relay.metricsPort ?? 0}/metrics`)).text();
  const value = (text: string, name: string): number =>
    Number(new RegExp(`^${name.replace(/[{}"]/g, '\\$&')} (.+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
  await retryUntil('the row to be counted', async () => value(await read(), 'calepin_rows_total') >= 1);

  const text = await read();
  expect(value(text, 'calepin_rooms')).toBe(1);
  expect(value(text, 'calepin_sockets')).toBe(1);
  expect(value(text, 'calepin_commits_total{result="stored"}')).toBeGreaterThanOrEqual(1);
  expect(value(text, 'calepin_commit_seconds_count')).toBeGreaterThanOrEqual(1);
  expect(value(text, 'calepin_acknowledge_seconds_count')).toBeGreaterThanOrEqual(1);
  expect(value(text, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
  expect(text).not.toMatch(/Secret/);
  expect(text).not.toContain(note.id);

  // A write that is refused, its socket left open.
  const { ticket: second } = await owner.json<{ ticket: string }>('POST', '/api/tickets', {
    document: note.id,
    wire: 'calepin.1',
  });
  const refused = rawClient(
    `${full.url.replace('http', 'ws')}/sync`,
    note.id as string as DocumentId,
    second,
  );
  await refused.join();
  const reserved = new Y.Doc();
  reserved.getMap('x').set('__proto__', 1);
  refused.send(encodeUpdate(Y.encodeStateAsUpdate(reserved)));
  await refused.hear('refused');
  expect(value(await read(), 'calepin_refusals_total{code="4422"}')).toBe(1);
  refused.socket.terminate();

  // A ticket serves once; a text frame ends a socket. Both are counted by their code.
  const again = newClient(`${full.url.replace('http', 'ws')}/sync`, note.id as string as DocumentId, ticket);
  await again.closed;
  again.close();
  client.provider.ws?.send('text');
  await client.closed;
  client.close();
  const after = await read();
  expect(value(after, 'calepin_upgrades_refused_total{status="401"}')).toBe(1);
  expect(value(after, 'calepin_closes_total{code="1003"}')).toBe(1);

  // Neither on the relay's own port, nor anything else on this one.
  expect((await full.visitor().fetch('/metrics')).headers.get('content-type')).not.toContain('text/plain');
  expect((await fetch(`http://127.0.0.1:${full.relay.metricsPort ?? 0}/`)).status).toBe(404);
});

test('a relay says whether it is to be sent people', async () => {
  const full = await newFullRelay();
  const visitor = full.visitor();
  expect(await visitor.json('GET', '/readyz')).toEqual({ status: 'ready' });
  const closing = full.close();
  const answer = await full.relay.app.request('/readyz');
  expect([answer.status, await answer.json()]).toEqual([503, { status: 'stopping' }]);
  await closing;
});

test('a relay is not to be sent people from a commit that failed until the storage takes something again', async () => {
  let fails = false;
  const full = await newFullRelay({
    metricsPort: 0,
    adapt: (adapters) => failing(adapters, () => fails),
  });
  onTestFinished(() => full.close());
  const owner = await full.signIn();
  const { note } = await owner.json<NotePage>('POST', '/api/notes', {});
  const { ticket } = await owner.json<{ ticket: string }>('POST', '/api/tickets', { document: note.id });
  const client = newClient(`${full.url.replace('http', 'ws')}/sync`, note.id as string as DocumentId, ticket);
  onTestFinished(() => client.close());
  await client.synced();
  const ready = async (): Promise<[number, unknown]> => {
    const answer = await full.visitor().fetch('/readyz');
    return [answer.status, await answer.json()];
  };
  expect(await ready()).toEqual([200, { status: 'ready' }]);
  fails = true;
  client.text.insert(0, 'perdu ?');
  expect((await client.closed).code).toBe(4503);
  expect(await ready()).toEqual([503, { status: 'storage_failed' }]);
  // It lives, and it says so: a restart would mend nothing.
  expect((await full.visitor().fetch('/healthz')).status).toBe(200);
  fails = false;
  expect(await ready()).toEqual([200, { status: 'ready' }]);
  const metrics = await fetch(`http://127.0.0.1:${full.relay.metricsPort ?? 0}/metrics`);
  const text = await metrics.text();
  expect(text).toMatch(/^calepin_commits_total\{result="failed"\} 1$/m);
  expect(text).toMatch(/^calepin_closes_total\{code="4503"\} 1$/m);
});

test('without a port for it, nothing is counted', async () => {
  const full = await newFullRelay();
  onTestFinished(() => full.close());
  expect(full.relay.metricsPort).toBeNull();
});

import { expect, test } from 'vitest';
import { encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { alice, benoit, open, storedText, typed } from './support.ts';

test('[R40] who loses the right is closed with 4403; whose role changes is told, and held to it at once', async () => {
  const { relay, document, writer } = await open();
  const [gone, lowered] = [await writer(alice), await writer(benoit)];
  await lowered.hear('access');
  relay.roles.set(`${alice.person.id}/${document}`, 'none');
  relay.roles.set(`${benoit.person.id}/${document}`, 'reader');
  await relay.documents.recheckAccess(document);
  expect((await gone.closed).code).toBe(4403);
  expect(await lowered.hear('access', 2)).toEqual({ kind: 'access', role: 'reader' });
  lowered.write('trop tard');
  expect(await lowered.hear('refused')).toMatchObject({ code: 4403 });
  expect(await storedText(relay, document)).toBe('');
});

test('[R40] a signed-out session is closed with 4401, others of the person stay', async () => {
  const { relay, writer } = await open();
  const [out, stays] = [
    await writer({ ...alice, sessionId: 'a' }),
    await writer({ ...alice, sessionId: 'b' }),
  ];
  relay.documents.closeSession('a');
  expect((await out.closed).code).toBe(4401);
  stays.send(Uint8Array.of(19, 1));
  await stays.hear('pong');
});

test('[R52] one socket too many is closed with 4529', async () => {
  const { raw, writer } = await open({ limits: { socketsPerPerson: 2 } });
  await writer(alice);
  await writer(alice);
  expect((await raw(alice).closed).code).toBe(4529);
  await writer(benoit);
});

test('[R51] beyond the rate reading pauses, and nothing is lost', async () => {
  const { relay, document, writer } = await open({ limits: { updatesPerSecond: 100, updateBurst: 10 } });
  const author = await writer(alice);
  for (let index = 0; index < 60; index++) author.write('x');
  await author.stored(60);
  expect(await storedText(relay, document)).toBe('x'.repeat(60));
});

test('[R51] who stays beyond the rate for too long is closed with 4529', async () => {
  const { writer } = await open({
    limits: { updatesPerSecond: 1, updateBurst: 1, slowMs: 100, pingMs: 200 },
  });
  const author = await writer(alice);
  const flood = setInterval(() => {
    author.send(encodeUpdate(typed('a')));
  }, 1);
  const { code } = await author.closed;
  clearInterval(flood);
  expect(code).toBe(4529);
});

import { afterEach, expect, onTestFinished, test } from 'vitest';
import type { NotePage } from '#shared/api/notes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { encodePing, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import type { DocumentRole } from '#server/room/RelayDocuments.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { newRelay } from '../../support/newRelay.ts';
import { plugIn } from '../../support/plugIn.ts';
import { type RawClient, rawClient } from '../../support/rawClient.ts';
import { rowsStoredBefore } from '../../support/storedBefore.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { alice, open as openRelay, typed } from '../relay/support.ts';
import { startOwnClock } from '../../support/ownClock.ts';

const longestMs = 2_000;
const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

/** A note of two people, through the whole relay. */
async function shared(role: 'author' | 'reader' = 'author') {
  const full = await newFullRelay();
  open.push(full);
  const owner = await full.signIn();
  const { note } = await owner.json<NotePage>('POST', '/api/notes', { title: 'À deux' });
  const invitation = { subject: 'note', subjectId: note.id, role };
  const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', invitation);
  const guest = await full.join(url, 'Basile');
  return { full, owner, guest, note: note.id as DocumentId };
}

const ticketFor = async (who: TestVisitor, document: string): Promise<string> => {
  const asked = { document, wire: 'calepin.1' };
  return (await who.json<{ ticket: string }>('POST', '/api/tickets', asked)).ticket;
};

async function connect(full: FullRelay, who: TestVisitor, note: DocumentId): Promise<RawClient> {
  const client = rawClient(`${full.url.replace('http', 'ws')}/sync`, note, await ticketFor(who, note));
  open.push({ close: () => client.socket.terminate() });
  await client.join();
  return client;
}

/**
 * Takes a right away while its holder types without a pause, and looks from the owner's side.
 * @returns how the relay ended it, how long that took, and how much of theirs came after that.
 */
async function typesMeanwhile(
  client: RawClient,
  owner: RawClient,
  takeAway: () => Promise<unknown>,
): Promise<{ code: number; tookMs: number; cameLater: number }> {
  const seen = (): number => owner.heard.filter((one) => one.kind === 'update').length;
  let written = 0;
  // What is stored when this resolves was heard before.
  const everythingBefore = async (): Promise<number> => {
    owner.send(encodeUpdate(typed('.')));
    await owner.stored(++written);
    return seen();
  };
  const typing = setInterval(() => client.send(encodeUpdate(typed('x'))), 5);
  onTestFinished(() => clearInterval(typing));
  const first = seen();
  await retryUntil('something to be taken in', () => seen() > first);
  const stop = startOwnClock();
  await takeAway();
  const { code } = await client.closed;
  const tookMs = stop();
  const atTheEnd = await everythingBefore();
  const later = await everythingBefore();
  return { code, tookMs, cameLater: later - atTheEnd };
}

test.each([
  [
    'is taken off the note',
    4403,
    async (owner: TestVisitor, _: TestVisitor, note: string) => {
      const page = await owner.json<NotePage>('GET', `/api/notes/${note}`);
      return owner.fetch(`/api/notes/${note}/authors/${page.note.authors[1]?.id}`, { method: 'DELETE' });
    },
  ],
  [
    'signs out',
    4401,
    (_: TestVisitor, guest: TestVisitor) => guest.fetch('/api/session', { method: 'DELETE' }),
  ],
] as const)(
  '[R40] who %s is closed with %d, and nothing of theirs is taken in 2 s later',
  async (_, code, takeAway) => {
    const { full, owner, guest, note } = await shared();
    const client = await connect(full, guest, note);
    const outcome = await typesMeanwhile(client, await connect(full, owner, note), () =>
      takeAway(owner, guest, note),
    );
    expect(outcome).toMatchObject({ code, cameLater: 0 });
    expect(outcome.tookMs).toBeLessThan(longestMs);
  },
);

test('[R40] a note made private closes its visitors with 4403', async () => {
  const { full, owner, note } = await shared();
  await owner.json('PATCH', `/api/notes/${note}`, { visibility: 'public' });
  const visitor = await connect(full, full.visitor(), note);
  const tookMs = startOwnClock();
  await owner.json('PATCH', `/api/notes/${note}`, { visibility: 'authors' });
  expect((await visitor.closed).code).toBe(4403);
  expect(tookMs()).toBeLessThan(longestMs);
});

test('[R41] a ticket that was given before signing out opens nothing after it', async () => {
  const { full, guest, note } = await shared();
  const ticket = await ticketFor(guest, note);
  await guest.fetch('/api/session', { method: 'DELETE' });
  const late = rawClient(`${full.url.replace('http', 'ws')}/sync`, note, ticket);
  expect((await late.closed).code).toBe(401);
});

test('[R41] a ticket that was given before a right was lost opens nothing after it', async () => {
  const { full, owner, guest, note } = await shared();
  const ticket = await ticketFor(guest, note);
  const page = await owner.json<NotePage>('GET', `/api/notes/${note}`);
  await owner.fetch(`/api/notes/${note}/authors/${page.note.authors[1]?.id}`, { method: 'DELETE' });
  const late = rawClient(`${full.url.replace('http', 'ws')}/sync`, note, ticket);
  expect((await late.closed).code).toBe(4403);
});

/** A relay whose policy answers when a test says so. */
async function slowPolicy() {
  const relay = await newRelay();
  onTestFinished(() => relay.close());
  const document = await relay.newDocument();
  const key = `${alice.person.id}/${document}`;
  return {
    relay,
    document,
    says: (role: DocumentRole) => relay.roles.set(key, role),
    holds: () => {
      const { promise, resolve } = Promise.withResolvers<DocumentRole>();
      relay.roles.set(key, promise);
      return resolve;
    },
  };
}

test('[R40] a right that goes while its holder is being let in is not used', async () => {
  const { relay, document, says, holds } = await slowPolicy();
  const answer = holds();
  const entering = plugIn(relay, document, alice);
  says('none');
  await relay.documents.recheckAccess(document);
  // What the policy read before the change.
  answer('author');
  const plug = await entering;
  expect(plug.closed?.code).toBe(4403);
});

test('[R40] of two changes in a row, the answer to the last counts, whichever comes first', async () => {
  const { relay, document, says, holds } = await slowPolicy();
  says('reader');
  const heard: Uint8Array[] = [];
  const plug = await plugIn(relay, document, alice, (message) => heard.push(message.slice()));
  const answer = holds();
  const raised = relay.documents.recheckAccess(document);
  says('reader');
  const lowered = relay.documents.recheckAccess(document);
  await lowered;
  answer('author');
  await raised;
  plug.send(encodeUpdate(typed('trop tard')));
  expect(await rowsStoredBefore(relay, document)).toBe(0);
});

test('[R40] a policy that does not answer keeps nobody in: they are told to come back within 2 s', async () => {
  const { relay, document, says, holds } = await slowPolicy();
  says('author');
  const plug = await plugIn(relay, document, alice);
  holds();
  const tookMs = startOwnClock();
  void relay.documents.recheckAccess(document);
  await retryUntil('it to be closed', () => plug.closed !== null);
  expect(plug.closed?.code).toBe(4503);
  expect(tookMs()).toBeLessThan(longestMs);
  plug.send(encodePing(1));
});

test('[R40] everyone’s rights asked again: who lost theirs is closed in each room', async () => {
  const { relay, document, raw, writer } = await openRelay();
  const other = await relay.newDocument(77);
  const here = await writer(alice);
  const there = await plugIn(relay, other, alice);
  for (const one of [document, other]) relay.roles.set(`${alice.person.id}/${one}`, 'none');
  await relay.documents.recheckAccess();
  expect((await here.closed).code).toBe(4403);
  expect(there.closed?.code).toBe(4403);
  expect((await raw(alice).closed).code).toBe(4403);
});

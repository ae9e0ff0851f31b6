import { describe, expect, onTestFinished, test } from 'vitest';
import type { NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import { type AdministeredStorage, defaultQuotaBytes, type Storage } from '#shared/api/storage.ts';
import { emptyTrash } from '#server/operations/emptyTrash.ts';
import type { RelayAdapters } from '#server/index.ts';
import type { VersionStore } from '#server/storage/ports/VersionStore.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { accountBody, type Community, newCommunity } from '../../support/newCommunity.ts';
import { newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { storages } from '../../support/storages.ts';

const mine = (who: TestVisitor) => who.json<Storage>('GET', '/api/storage');
/** The same without what texts take. */
const files = async (who: TestVisitor) => {
  const { texts: _, ...rest } = await mine(who);
  return rest;
};
const everybody = (who: TestVisitor) => who.json<AdministeredStorage>('GET', '/api/administration/storage');
const setQuota = async (who: TestVisitor, quota: number): Promise<number> =>
  (await who.fetch('/api/administration/storage', { method: 'PATCH', json: { quota } })).status;
const newNote = async (who: TestVisitor): Promise<NoteId> =>
  (await who.json<NotePage>('POST', '/api/notes', {})).note.id;

async function upload(who: TestVisitor, note: string, bytes: string): Promise<[number, string | null]> {
  const answer = await who.fetch(`/api/attachments?note=${note}&name=liste.txt`, {
    method: 'POST',
    body: bytes,
    headers: { 'content-type': 'text/plain' },
  });
  const body = (await answer.json()) as { error?: { code: string } };
  return [answer.status, body.error?.code ?? null];
}

async function start(
  storage: 'memory' | 'sqlite',
  options: Parameters<typeof newCommunity>[0] = {},
): Promise<Community> {
  const relay = await newCommunity({ storage, ...options });
  onTestFinished(() => relay.close());
  return relay;
}

async function newMember(relay: Community, ada: TestVisitor, email: string): Promise<TestVisitor> {
  const invitation = { subject: 'relay', role: 'member' };
  const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', invitation);
  const visitor = relay.visitor();
  await visitor.json<Session>('POST', '/api/account', accountBody(email, new URL(url).hash.slice(1)));
  return visitor;
}

describe.each(storages)('over %s', (storage) => {
  test('[R184] files count for who sent them, to the byte; one beyond the quota is refused whole, and text never is', async () => {
    const relay = await start(storage);
    const ada = await relay.administrator();
    const bob = await newMember(relay, ada, 'bob@exemple.org');
    expect(await files(bob)).toEqual({ used: 0, quota: defaultQuotaBytes });
    expect(await setQuota(ada, 10)).toBe(204);
    const note = await newNote(bob);
    expect(await upload(bob, note, '123456')).toEqual([201, null]);
    expect(await upload(bob, note, '12345')).toEqual([507, 'quota_exceeded']);
    expect(await files(bob)).toEqual({ used: 6, quota: 10 });
    // To the last byte, and not one more.
    expect(await upload(bob, note, '1234')).toEqual([201, null]);
    expect(await upload(bob, note, '1')).toEqual([507, 'quota_exceeded']);
    // An equal file counts like any other: it is not told by the room that it takes whether it was there.
    const hers = await newNote(ada);
    expect(await upload(ada, hers, '123456')).toEqual([201, null]);
    expect(await everybody(ada)).toMatchObject({
      quota: 10,
      total: 16,
      people: [
        { name: 'bob', used: 10 },
        { name: 'ada', used: 6 },
      ],
    });
    // He goes on writing.
    await bob.json('PATCH', `/api/notes/${note}`, { visibility: 'members' });
    await newNote(bob);
    await relay.relay.operations.documents.change(note, { person: null, operation: 'test' }, (doc) =>
      doc.getText('title').insert(0, 'Encore un mot'),
    );
    // A lower quota takes nothing away; none lets everything in.
    expect(await setQuota(ada, 3)).toBe(204);
    expect(await files(bob)).toEqual({ used: 10, quota: 3 });
    expect(await setQuota(ada, 0)).toBe(204);
    expect(await upload(bob, note, 'autant qu’il veut')).toEqual([201, null]);
    const { entries } = await ada.json<{ entries: { act: string; value: string }[] }>(
      'GET',
      '/api/administration/register?act=relay.quota',
    );
    expect(entries.map(({ value }) => value)).toEqual(['0', '3', '10']);
  });

  test('[R184] what texts take is told where one person alone writes or manages, and for the community that they are linked to; it grows with what is written, in the trash too', async () => {
    const relay = await start(storage);
    const ada = await relay.administrator();
    const bob = await newMember(relay, ada, 'bob@exemple.org');
    expect((await mine(bob)).texts).toBe(0);
    const note = await newNote(bob);
    const write = (id: NoteId, letters: number) =>
      relay.relay.operations.documents.change(id, { person: null, operation: 'test' }, (doc) =>
        doc.getText('title').insert(0, 'a'.repeat(letters)),
      );
    await write(note, 1_000);
    const before = (await mine(bob)).texts;
    expect(before).toBeGreaterThan(1_000);
    expect(before).toBeLessThan(2_000);
    await write(note, 500);
    const { texts } = await mine(bob);
    expect(texts - before).toBeGreaterThanOrEqual(500);
    // A carnet and a base of which he alone is the manager count too.
    await bob.json('POST', '/api/carnets', { title: 'Un carnet' });
    await bob.json('POST', '/api/bases', { title: 'Une base' });
    const all = (await mine(bob)).texts;
    expect(all).toBeGreaterThan(texts);
    expect((await mine(ada)).texts).toBe(0);
    expect((await mine(bob)).used).toBe(0);

    const { community } = await ada.json<{ community: { id: string } }>('POST', '/api/communities', {
      name: 'Table de quartier',
    });
    const hers = await newNote(ada);
    await ada.json('PATCH', `/api/notes/${hers}`, { community: community.id });
    await write(hers, 2_000);
    const own = (await mine(ada)).texts;
    const seen = await everybody(ada);
    expect(new Map(seen.people.map(({ name, used, texts: bytes }) => [name, { used, bytes }]))).toEqual(
      new Map([
        ['ada', { used: 0, bytes: own }],
        ['bob', { used: 0, bytes: all }],
      ]),
    );
    expect(seen.texts).toEqual({
      total: own + all,
      communities: [{ id: community.id, name: 'Table de quartier', texts: own }],
    });
    // In the trash they still take what they take.
    await bob.json('DELETE', `/api/notes/${note}`);
    expect((await mine(bob)).texts).toBe(all);
    // Where two write it is of neither alone, and still in what all texts take.
    const { person } = await bob.json<Session>('GET', '/api/session');
    await relay.relay.operations.catalogue.notes.addPerson(hers, person!.id, 'author', 1);
    expect((await mine(ada)).texts).toBe(0);
    expect((await mine(bob)).texts).toBe(all);
    expect((await everybody(ada)).texts.total).toBe(own + all);
  });

  test('[R184] files that come at once count together', async () => {
    const relay = await start(storage);
    const ada = await relay.administrator();
    await setQuota(ada, 25);
    const note = await newNote(ada);
    const answers = await Promise.all(Array.from({ length: 6 }, () => upload(ada, note, '0123456789')));
    const taken = answers.filter(([status]) => status === 201).length;
    // Files that were refused while they came made no room for the others: at least one got in, never more than fit.
    expect(taken).toBeGreaterThanOrEqual(1);
    expect(taken).toBeLessThanOrEqual(2);
    expect(answers.filter(([status]) => status !== 201)).toEqual(
      Array.from({ length: 6 - taken }, () => [507, 'quota_exceeded']),
    );
    expect((await mine(ada)).used).toBe(10 * taken);
    // What was refused holds nothing: the rest fits.
    const rest = [...(taken === 1 ? ['0123456789'] : []), '01234'];
    for (const file of rest) expect(await upload(ada, note, file)).toEqual([201, null]);
    expect(await files(ada)).toEqual({ used: 25, quota: 25 });
  });

  test('[R184] a file that was refused for something else holds no room', async () => {
    const relay = await start(storage);
    const ada = await relay.administrator();
    await setQuota(ada, 8);
    const note = await newNote(ada);
    const wrong = await ada.fetch(`/api/attachments?note=${note}&name=x.exe`, {
      method: 'POST',
      body: 'MZ345678',
      headers: { 'content-type': 'application/x-msdownload' },
    });
    expect(wrong.status).toBe(415);
    expect(await upload(ada, note, '12345678')).toEqual([201, null]);
  });

  test('[R184] the room is free again when the trash destroys the note for good, and not before', async () => {
    let clock = Date.now();
    let versions: VersionStore | null = null;
    const relay = await start(storage, {
      now: () => clock,
      adapt: (adapters: RelayAdapters) => {
        versions = adapters.versions;
        return adapters;
      },
    });
    const ada = await relay.administrator();
    await setQuota(ada, 10);
    const note = await newNote(ada);
    await upload(ada, note, '0123456789');
    await ada.json('DELETE', `/api/notes/${note}`);
    expect((await mine(ada)).used).toBe(10);
    clock += 31 * 24 * 60 * 60 * 1_000;
    await emptyTrash({ ...relay.relay.operations, versions: versions! }, new AbortController().signal);
    const back = relay.visitor();
    const { email, password } = accountBody('ada@exemple.org');
    await back.json('POST', '/api/account/sign-in', { email, password });
    expect(await files(back)).toEqual({ used: 0, quota: 10 });
    expect(await upload(back, await newNote(back), '0123456789')).toEqual([201, null]);
  });

  test('[R184] only administrators see and set what others may take', async () => {
    const relay = await start(storage);
    const ada = await relay.administrator();
    const bob = await newMember(relay, ada, 'bob@exemple.org');
    for (const [who, status] of [
      [bob, 403],
      [relay.visitor(), 401],
    ] as const) {
      expect((await who.fetch('/api/administration/storage')).status).toBe(status);
      expect(await setQuota(who, 1)).toBe(status);
    }
    expect((await relay.visitor().fetch('/api/storage')).status).toBe(401);
    for (const wrong of [-1, 1.5, 1e16]) expect(await setQuota(ada, wrong)).toBe(400);
  });
});

test('[R184] the relay of one computer sets no limit, and says what the files take', async () => {
  const full = await newFullRelay();
  onTestFinished(() => full.close());
  const owner = await full.signIn();
  await upload(owner, await newNote(owner), '0123456789');
  expect(await files(owner)).toEqual({ used: 10, quota: 0 });
});

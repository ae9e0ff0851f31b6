import { expect, test } from 'vitest';
import type { CollectionPage } from '#shared/api/collections.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { newFollowing, stateOf } from '../../support/newFollowing.ts';
import type { TestVisitor } from '../../support/newFullRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';

const entriesAt = async (who: TestVisitor, carnet: CarnetId) =>
  (await who.json<CollectionPage>('GET', `/api/carnets/${carnet}`)).entries.map(
    ({ memberId, note }) => [memberId, note?.title ?? null] as const,
  );

test('[R321] a note and a carnet that are begun for a relay without a way there are here at once, and there at the next contact; one that is called back stays here', async () => {
  const { ada, me, home, away, back, community } = await newFollowing();
  await away();
  const there = { homeId: home.id };
  const note = (await me.json<NotePage>('POST', '/api/notes', { title: 'Née en train', ...there })).note.id;
  const carnet = (await me.json<CollectionPage>('POST', '/api/carnets', { title: 'Train', ...there }))
    .collection.id;
  const kept = (await me.json<NotePage>('POST', '/api/notes', { title: 'Pour moi', ...there })).note.id;
  for (const id of [note, carnet, kept])
    expect(await stateOf(me, id)).toMatchObject({ reason: 'created', lastContact: null, relay: home.id });
  expect((await me.fetch(`/api/homes/${home.id}/documents/${kept}`, { method: 'DELETE' })).status).toBe(204);
  expect(await stateOf(me, kept)).toBeNull();
  await back();
  for (const id of [note, carnet])
    await retryUntil('it to be there', async () => {
      const state = await stateOf(me, id);
      return state?.lastContact != null && state.waiting === 0;
    });
  const { log } = community;
  expect((await log.head(note))?.kind).toBe('note');
  expect((await log.head(carnet as never))?.kind).toBe('carnet');
  expect(await log.head(kept)).toBeNull();
  expect((await me.json<NotePage>('GET', `/api/notes/${kept}`)).note.title).toBe('Pour moi');
  expect((await ada.fetch(`/api/notes/${note}`)).status).toBe(403);
  const wrong = await me.fetch('/api/notes', { method: 'POST', json: { homeId: 'A'.repeat(22) } });
  expect(wrong.status).toBe(403);
});

test('[R321] a note that a contributor begins in a carnet of a relay without a way there is put into it once it is there, as theirs', async () => {
  const { ada, benoit, carnet, me, home, away, back } = await newFollowing();
  await me.json('PUT', `/api/homes/${home.id}/documents/${carnet}`, { kind: 'carnet' });
  await away();
  const { note } = await me.json<NotePage>('POST', '/api/notes', { title: 'Essaim', carnetId: carnet });
  expect(await stateOf(me, note.id)).toMatchObject({ wish: { carnet, isRefused: false } });
  expect(await entriesAt(ada, carnet)).toEqual([]);
  await back();
  await retryUntil('its place', async () => (await entriesAt(ada, carnet)).length === 1);
  const { entries } = await ada.json<CollectionPage>('GET', `/api/carnets/${carnet}`);
  expect(entries).toMatchObject([{ memberId: note.id, note: null, integratedBy: { id: benoit } }]);
  await retryUntil('it to be told here', async () => (await stateOf(me, note.id))?.wish === null);
});

test('[R321] what the home does not put into the carnet is there all the same, and says so', async () => {
  const { ada, benoit, carnet, me, home, away, back } = await newFollowing();
  await me.json('PUT', `/api/homes/${home.id}/documents/${carnet}`, { kind: 'carnet' });
  await away();
  const { note } = await me.json<NotePage>('POST', '/api/notes', { title: 'Essaim', carnetId: carnet });
  expect((await ada.fetch(`/api/carnets/${carnet}/people/${benoit}`, { method: 'DELETE' })).ok).toBe(true);
  await back();
  await retryUntil('the refusal', async () => (await stateOf(me, note.id))?.wish?.isRefused === true);
  expect(await stateOf(me, note.id)).toMatchObject({ waiting: 0, problem: null, isWhole: true });
  expect(await entriesAt(ada, carnet)).toEqual([]);
});

test('[R321] a note that a manager begins in a carnet of a relay without a way there has its place here at once, there with the note; called back, it leaves the carnet', async () => {
  const { ada, benoit, carnet, me, home, away, back } = await newFollowing();
  await ada.json('PATCH', `/api/carnets/${carnet}/people/${benoit}`, { role: 'manager' });
  await me.json('PUT', `/api/homes/${home.id}/documents/${carnet}`, { kind: 'carnet' });
  await me.json('GET', `/api/carnets/${carnet}`);
  await away();
  const begun = async (title: string): Promise<NoteId> =>
    (await me.json<NotePage>('POST', '/api/notes', { title, carnetId: carnet })).note.id;
  const [note, kept] = [await begun('Essaim'), await begun('Pour moi')];
  expect(await entriesAt(me, carnet)).toEqual([
    [note, 'Essaim'],
    [kept, 'Pour moi'],
  ]);
  expect((await me.fetch(`/api/homes/${home.id}/documents/${kept}`, { method: 'DELETE' })).status).toBe(204);
  expect(await entriesAt(me, carnet)).toEqual([[note, 'Essaim']]);
  await back();
  await retryUntil('it to be there', async () => (await stateOf(me, note))?.lastContact != null);
  await retryUntil('its place', async () => (await entriesAt(ada, carnet)).length === 1);
  expect((await entriesAt(ada, carnet)).map(([id]) => id)).toEqual([note]);
});

test('[R345] a note and a carnet that wait to be placed at a relay and are put in the trash are not placed there, and stay on this computer when they are taken out', async () => {
  const { me, home, away, back, community } = await newFollowing();
  await away();
  const there = { homeId: home.id };
  const { note } = await me.json<NotePage>('POST', '/api/notes', { title: 'Jetée', ...there });
  const { collection } = await me.json<CollectionPage>('POST', '/api/carnets', { title: 'Jeté', ...there });
  const other = await me.json<NotePage>('POST', '/api/notes', { title: 'Gardée', ...there });
  const paths = [`/api/notes/${note.id}`, `/api/carnets/${collection.id}`];
  for (const path of paths) expect((await me.fetch(path, { method: 'DELETE' })).status).toBe(204);
  for (const id of [note.id, collection.id]) expect(await stateOf(me, id)).toBeNull();
  await back();
  await retryUntil('the other to be there', async () => (await stateOf(me, other.note.id))?.waiting === 0);
  for (const path of paths) expect((await me.fetch(`${path}/untrash`, { method: 'POST' })).status).toBe(200);
  for (const id of [note.id, collection.id]) {
    expect(await stateOf(me, id)).toBeNull();
    expect(await community.log.head(id)).toBeNull();
  }
  // What is there is thrown away there, as ever.
  expect((await me.fetch(`/api/notes/${other.note.id}`, { method: 'DELETE' })).status).toBe(204);
  expect(await stateOf(me, other.note.id)).not.toBeNull();
});

import { expect, test } from 'vitest';
import type { AttachmentId, CarnetId, NoteId } from '#shared/domain/ids.ts';
import {
  type Computer,
  homeId,
  newComputer,
  newFolder,
  newGuest,
  newHome,
  newNoteOf,
  openAt,
  png,
  showImage,
  titleAt,
  write,
} from '../../support/newMirroring.ts';
import { retryUntil } from '../../support/retryUntil.ts';

const storages = ['memory', 'sqlite'] as const;

async function begin(storage: (typeof storages)[number] = 'memory') {
  const home = await newHome({ storage });
  const ada = await home.administrator();
  const computer = await newComputer(home, ada, { storage });
  return { home, ada, computer };
}

async function offline(computer: Computer): Promise<void> {
  computer.proxy.cut();
  await retryUntil('the cut', () => !computer.mirror.isConnected(homeId));
}

function online(computer: Computer): void {
  computer.proxy.mend();
  computer.mirror.retry();
}

test.each(storages)(
  '[R274] a note of this computer that is placed on a home is there with each of its rows, in order, with their times, and goes on, over %s',
  async (storage) => {
    const { home, ada, computer } = await begin(storage);
    const note = await newNoteOf(computer.me, 'Essaim');
    const here = await openAt(computer.full, computer.me, note);
    for (const letter of ' libre') write(here, letter);
    await retryUntil('it to be stored', async () => (await titleAt(computer.full, note)) === 'Essaim libre');
    const before = await computer.full.log.read(note, 0);
    const state = await computer.mirror.place(note, homeId);
    expect(state).toMatchObject({ relay: homeId, reason: 'created', waiting: before.length });
    await computer.equal(note, 'Essaim libre');
    const there = await home.log.read(note, 0);
    expect(there.map(({ deviceTime, bytes }) => [deviceTime, Buffer.from(bytes)])).toEqual(
      before.map(({ time, bytes }) => [time, Buffer.from(bytes)]),
    );
    const page = await ada.json<{ role: string }>('GET', `/api/notes/${note}`);
    expect(page.role).toBe('author');
    const again = await openAt(computer.full, computer.me, note);
    write(again, '!');
    await computer.equal(note, 'Essaim libre!');
    await expect(computer.mirror.place(note, homeId)).rejects.toMatchObject({ code: 'conflict' });
  },
);

test('[R274] placed without a way there, a note is there at the next contact, also when the computer was stopped in between; nothing is there twice', async () => {
  const home = await newHome();
  const computer = await newComputer(home, await home.administrator(), { dataDir: await newFolder() });
  await offline(computer);
  const note = await newNoteOf(computer.me, 'Essaim');
  const placed = await computer.mirror.place(note, homeId);
  expect(placed).toMatchObject({ reachable: false, waiting: 1, lastContact: null });
  const here = await openAt(computer.full, computer.me, note);
  write(here, ' libre');
  await retryUntil('it to wait', () => computer.mirror.state(note)?.waiting === 2);
  await computer.restart();
  expect(computer.mirror.state(note)).toMatchObject({ reason: 'created', waiting: 2, lastContact: null });
  online(computer);
  await computer.equal(note, 'Essaim libre');
  await computer.restart();
  await computer.equal(note, 'Essaim libre');
  expect((await home.log.read(note, 0)).length).toBe(2);
});

test('[R280] a carnet that was made here is placed like a note', async () => {
  const { home, ada, computer } = await begin();
  const made = await computer.me.json<{ collection: { id: NoteId } }>('POST', '/api/carnets', {
    title: 'Rucher',
  });
  const { id } = made.collection;
  await computer.mirror.place(id, homeId);
  await computer.equal(id);
  const there = await ada.json<{ collection: { title: string; role: string } }>('GET', `/api/carnets/${id}`);
  expect(there.collection).toMatchObject({ role: 'manager' });
  expect((await home.log.read(id, 0)).length).toBe((await computer.full.log.read(id, 0)).length);
});

test('[R280] a carnet that is pinned keeps the notes that it holds, as long as it does; one that is only opened keeps none', async () => {
  const { ada, computer } = await begin();
  const made = await ada.json<{ collection: { id: CarnetId } }>('POST', '/api/carnets', { title: 'Rucher' });
  const { id } = made.collection;
  const within = async (title: string) =>
    (await ada.json<{ note: { id: NoteId } }>('POST', '/api/notes', { title, carnetId: id })).note.id;
  const [first, second] = [await within('Une'), await within('Deux')];
  const kept = () =>
    computer.mirror
      .states()
      .filter(({ kind, isWhole }) => kind === 'note' && isWhole)
      .map(({ document, reason }) => `${document} ${reason}`)
      .toSorted();
  const are = (notes: readonly NoteId[]) => notes.map((note) => `${note} carnet`).toSorted();
  await computer.mirror.keep(id, 'carnet', homeId, 'opened');
  expect(kept()).toEqual([]);
  await computer.mirror.keep(id, 'carnet', homeId, 'pinned');
  await retryUntil('both notes', () => kept().join() === are([first, second]).join());
  expect(await titleAt(computer.full, second)).toBe('Deux');
  const third = await within('Trois');
  await retryUntil('the third', () => kept().join() === are([first, second, third]).join());
  await ada.fetch(`/api/carnets/${id}/entries/${first}`, { method: 'DELETE' });
  await retryUntil('the first to leave', () => kept().join() === are([second, third]).join());
  await computer.mirror.keep(id, 'carnet', homeId, 'opened');
  expect(computer.mirror.state(id)?.reason).toBe('pinned');
  await computer.mirror.unpin(id);
  await retryUntil('all to leave', () => kept().length === 0);
  expect(computer.mirror.state(id)).toMatchObject({ reason: 'opened', isWhole: true });
  await computer.mirror.keep(id, 'carnet', homeId, 'pinned');
  await retryUntil('both to come again', () => kept().join() === are([second, third]).join());
  await computer.mirror.drop(id);
  await retryUntil('all to leave with it', () => kept().length === 0);
});

test('[R281] what is placed under an id that is something else there stays here, and says that it was refused', async () => {
  const { home, ada, computer } = await begin();
  const other = await newGuest(home, ada, await newNoteOf(ada, 'Entrée'), 'Benoît');
  const note = await newNoteOf(computer.me, 'Essaim');
  const body = { id: note, kind: 'note', createdAt: 1 };
  expect((await other.fetch('/api/mirror/documents', { method: 'POST', json: body })).status).toBe(204);
  expect((await other.fetch('/api/mirror/documents', { method: 'POST', json: body })).status).toBe(204);
  expect((await ada.fetch('/api/mirror/documents', { method: 'POST', json: body })).status).toBe(409);
  expect((await home.visitor().fetch('/api/mirror/documents', { method: 'POST', json: body })).status).toBe(
    401,
  );
  await computer.mirror.place(note, homeId);
  await retryUntil('the refusal', () => computer.mirror.state(note)?.problem === 'refused');
  expect(await titleAt(computer.full, note)).toBe('Essaim');
  expect(await titleAt(home, note)).toBe('');
});

test('[R282] a file that is shown here is there, under the same id, before the row that shows it; and one that is shown there is here', async () => {
  const { home, ada, computer } = await begin('sqlite');
  const note = await newNoteOf(ada, 'Ruche');
  const benoit = await newGuest(home, ada, note, 'Benoît');
  const there = await openAt(home, benoit, note);
  const shownThere = await showImage(benoit, there, note);
  await computer.mirror.keep(note, 'note', homeId, 'opened');
  await retryUntil('the file to be here', async () => {
    const answer = await computer.me.fetch(`/api/attachments/${shownThere}`);
    return answer.ok && Buffer.from(await answer.arrayBuffer()).equals(png);
  });
  await offline(computer);
  const here = await openAt(computer.full, computer.me, note);
  const shownHere = await showImage(computer.me, here, note);
  await retryUntil('it to wait', () => (computer.mirror.state(note)?.waiting ?? 0) > 0);
  const { documents, catalogue } = home.relay.operations;
  const wasThere = Promise.withResolvers<boolean>();
  documents.onAppended(() => {
    wasThere.resolve(catalogue.attachments.get(shownHere as AttachmentId).then((found) => found !== null));
  });
  online(computer);
  await computer.equal(note);
  expect(await wasThere.promise).toBe(true);
  const answer = await benoit.fetch(`/api/attachments/${shownHere}`);
  expect([answer.status, Buffer.from(await answer.arrayBuffer()).equals(png)]).toEqual([200, true]);
  // Another file comes while both are there.
  const late = await showImage(benoit, there, note);
  await retryUntil('the late file', async () => (await computer.me.fetch(`/api/attachments/${late}`)).ok);
});

test('[R282] a file of somebody else that one may not read is not given by naming it, nor is one sent for a note that one may not write in', async () => {
  const { home, ada } = await begin();
  const secret = await newNoteOf(ada, 'Secret');
  const id = await showImage(ada, await openAt(home, ada, secret), secret);
  const porch = await newNoteOf(ada, 'Entrée');
  const benoit = await newGuest(home, ada, porch, 'Benoît', 'reader');
  const own = await newNoteOf(benoit, 'À moi');
  const put = async (file: string, note: NoteId): Promise<number> =>
    (await benoit.fetch(`/api/mirror/attachments/${file}?note=${note}`, { method: 'PUT', body: png })).status;
  expect(await put(id, own)).toBe(403);
  expect((await benoit.fetch(`/api/attachments/${id}`)).status).toBe(403);
  expect(await put('A'.repeat(22), porch)).toBe(403);
  expect(await put('A'.repeat(22), own)).toBe(204);
});

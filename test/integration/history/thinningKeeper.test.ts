import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { KeptHistory } from '#shared/api/thinning.ts';
import type { DocumentId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { verifyLog } from '#server/backup/verifyLog.ts';
import { FakeTimers } from '../../support/fakeTimers.ts';
import { type Community, newCommunity } from '../../support/newCommunity.ts';
import { newClient } from '../../support/newClient.ts';
import { newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { writeOldRows } from '../../support/writeOldRows.ts';

const hourMs = 3_600_000;
const today = Date.UTC(2026, 10, 27, 9);
const longAgo = Date.UTC(2025, 2, 3, 9);
const where = '/api/history-keeping';

let folder: string;
let timers: FakeTimers;
let relay: Community;
let ada: TestVisitor;
let person: PersonId;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'calepin-'));
  timers = new FakeTimers(today);
  relay = await newCommunity({ dataDir: folder, timers });
  const administrator = await relay.administrator();
  [ada, person] = [administrator, administrator.session.person!.id];
});
afterEach(async () => {
  await relay.close();
  await rm(folder, { recursive: true, force: true });
});

const told = () => ada.json<KeptHistory>('GET', where);
const choose = (months: number | null) => ada.json<KeptHistory>('PUT', where, { months });
const history = () => relay.relay.operations.history;
const isThinned = async (note: DocumentId): Promise<boolean> =>
  (await relay.log.segments(note)).some((place) => place.isThinned);

async function newNote(from: number, sittings = 10): Promise<NoteId> {
  const { note } = await ada.json<{ note: { id: NoteId } }>('POST', '/api/notes', { title: 'Jardins' });
  await writeOldRows(relay.log, note.id, person, { from, sittings });
  return note.id;
}

/** Lets time go by until something is so. */
async function pass(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  await retryUntil(what, async () => {
    timers.advance(1_000);
    return isSo();
  });
}
const passRun = () => pass('a run', async () => (await told()).last !== null);

/** What is told of a note's past, and who wrote what stood, at the moments that stay. When within a sitting is not told any more. */
async function pastOf(note: NoteId, moments: readonly number[]): Promise<unknown> {
  const contents = [];
  for (const seq of moments) {
    const { runs } = await history().past.authorship(note, { seq });
    const writers = runs.map(({ from, to, person: writer }) => ({ from, to, writer }));
    contents.push({ content: await history().content(note, { seq }), writers });
  }
  return [contents, await history().past.sittings(note, null, 100), await history().since(note, 0, null)];
}

async function previewed(months: number): Promise<KeptHistory['preview']> {
  await ada.json('POST', `${where}/preview`, { months });
  await retryUntil('the preview', async () => (await told()).preview?.isOver === true);
  return (await told()).preview;
}

test('[R201] until somebody chooses otherwise each keystroke is kept; nothing is let go before a day after the choice, and not where it was taken back', async () => {
  const note = await newNote(longAgo);
  expect(await told()).toEqual({ months: null, beginsAt: null, run: null, last: null, preview: null });
  timers.advance(40 * hourMs);
  expect(await choose(12)).toMatchObject({ months: 12, beginsAt: timers.now() + 24 * hourMs });
  timers.advance(23 * hourMs);
  // The same again begins no other day.
  expect(await choose(12)).toMatchObject({ beginsAt: timers.now() + hourMs });
  await choose(null);
  timers.advance(30 * 24 * hourMs);
  expect([await told(), await isThinned(note)]).toEqual([
    { months: null, beginsAt: null, run: null, last: null, preview: null },
    false,
  ]);
  const lines = await relay.relay.operations.catalogue.register.page({ act: 'relay.keystrokes' }, null, 9);
  expect(lines.map(({ by, value }) => [by, value])).toEqual([
    [person, '0'],
    [person, '12'],
  ]);
});

test('[R202] [R203] what it saves is told beforehand, to the byte; then old notes are thinned to their versions and sittings, and nothing else', async () => {
  const [old, recent] = [await newNote(longAgo), await newNote(today - 24 * hourMs)];
  const { collection } = await ada.json<{ collection: { id: DocumentId } }>('POST', '/api/carnets', {
    title: 'Printemps',
  });
  const carnet = collection.id;
  await writeOldRows(relay.log, carnet, person, { from: longAgo, sittings: 6 });
  await relay.log.cut(carnet, 1);
  const at = { seq: 57, time: longAgo };
  const named = await history().nameMoment(old, person, { name: 'Adoptée', remark: null }, at);
  // The sitting in which it was made ends.
  timers.advance(hourMs);
  await history().settled();
  const { ends, last } = await endsOf(old);
  const moments = [...ends, named.seq, last - 20, last];
  const before = await pastOf(old, moments);

  const preview = await previewed(12);
  expect(preview).toMatchObject({ months: 12, isOver: true, notes: 1, failed: 0 });
  expect(preview?.done).toBe(preview?.total);
  expect(preview?.bytes).toBeGreaterThan(0);
  expect([await isThinned(old), (await told()).last]).toEqual([false, null]);

  const sizeBefore = (await relay.log.sizes([old])).get(old)!;
  await choose(12);
  timers.advance(24 * hourMs);
  await passRun();
  expect((await told()).last).toMatchObject({ notes: 1, bytes: preview?.bytes });
  expect(sizeBefore - (await relay.log.sizes([old])).get(old)!).toBeGreaterThan(0);
  expect([await isThinned(old), await isThinned(recent), await isThinned(carnet)]).toEqual([
    true,
    false,
    false,
  ]);
  const left = (await relay.log.read(old, 0, last - 64)).map(({ seq }) => seq);
  expect(left).toEqual(
    [...new Set([...ends, named.seq, last - 64])].filter((seq) => seq <= last - 64).toSorted((a, b) => a - b),
  );
  expect(await pastOf(old, moments)).toEqual(before);

  const lines = await relay.relay.operations.catalogue.register.page({ act: 'relay.thinned' }, null, 9);
  expect(lines.map(({ by, value }) => [by, value])).toEqual([[null, String(preview?.bytes)]]);
  expect(await previewed(12)).toMatchObject({ notes: 0, bytes: 0, isOver: true });
  const { faults, notes } = await verifyLog(folder);
  expect([faults, notes.length > 0]).toEqual([[], true]);
  expect(await relay.relay.operations.proofs.check(old, last)).toMatchObject({ state: 'intact', breaks: [] });
});

/** Where the sittings of a note end. */
async function endsOf(note: NoteId): Promise<{ ends: number[]; last: number }> {
  const { sittings } = await history().past.sittings(note, null, 100);
  const ends = sittings.map(({ toSeq }) => toSeq).toSorted((a, b) => a - b);
  return { ends, last: ends.at(-1)! };
}

test('[R202] a note that somebody has open is passed over, and thinned once it is let go', async () => {
  const [open, other] = [await newNote(longAgo), await newNote(longAgo)];
  await choose(6);
  const { ticket } = await ada.json<{ ticket: string }>('POST', '/api/tickets', {
    document: open,
    wire: 'y-sync.1',
  });
  const client = newClient(relay.url.replace('http', 'ws') + '/sync', open, ticket);
  onTestFinished(() => client.close());
  await client.synced();
  timers.advance(24 * hourMs);
  await passRun();
  expect([await isThinned(open), await isThinned(other)]).toEqual([false, true]);
  client.close();
  await retryUntil('the note let go', () => !relay.relay.operations.documents.isOpen(open));
  timers.advance(hourMs);
  await pass('the other run', () => isThinned(open));
});

test('[R202] a relay that stops in the middle goes on after its restart', async () => {
  const notes = [await newNote(longAgo), await newNote(longAgo), await newNote(longAgo)];
  const left = async (): Promise<number> => {
    let count = 0;
    for (const note of notes) count += (await isThinned(note)) ? 0 : 1;
    return count;
  };
  await choose(6);
  timers.advance(24 * hourMs);
  // It rests after each note, and the clock stands still.
  await retryUntil('the first note', async () => (await left()) === 2);
  expect((await told()).run).toMatchObject({ notes: 1 });
  await relay.close();
  relay = (await newFullRelay({ dataDir: folder, timers, mode: 'community' })) as Community;
  expect(await left()).toBe(2);
  await pass('the others', async () => (await left()) === 0);
  expect((await verifyLog(folder)).faults).toEqual([]);
});

test('[R203] a preview is called off, and another one asked for', async () => {
  await newNote(longAgo);
  await ada.json('POST', `${where}/preview`, { months: 6 });
  await ada.json('DELETE', `${where}/preview`);
  expect((await told()).preview).toBeNull();
  expect(await previewed(24)).toMatchObject({ months: 24, notes: 0, bytes: 0 });
});

test('[R201] the person of a computer chooses too; a guest does not', async () => {
  const own = await newFullRelay();
  onTestFinished(() => own.close());
  const helene = await own.signIn();
  expect(await helene.json('PUT', where, { months: 6 })).toMatchObject({ months: 6 });
  const { note } = await helene.json<{ note: { id: NoteId } }>('POST', '/api/notes', { title: 'Jardins' });
  const invitation = { subject: 'note', subjectId: note.id, role: 'author', days: 30 };
  const { url } = await helene.json<{ url: string }>('POST', '/api/invitations', invitation);
  const guest = await own.join(url, 'Awa');
  expect((await guest.fetch(where)).status).toBe(403);
});

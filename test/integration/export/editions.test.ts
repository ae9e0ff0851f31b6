import { createHash } from 'node:crypto';
import * as Y from 'yjs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CarnetPage } from '#shared/api/collections.ts';
import type { Edition, EditionList } from '#shared/api/editions.ts';
import { type BookMoment, momentOfEdition } from '#shared/api/exports.ts';
import type { NotePage } from '#shared/api/notes.ts';
import * as build from '#shared/document/buildContent.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { extractText } from '#shared/document/extractText.ts';
import { descriptionOf, entriesOf, titleOf } from '#shared/document/fields.ts';
import { emptySheet } from '#shared/document/sheet.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { CarnetId, DocumentId, MemberId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { planThinning } from '#server/thinning/planThinning.ts';
import type { PlanThinning } from '#server/thinning/Thinned.ts';
import { thinNote } from '#server/thinning/thinNote.ts';
import { loadCaller } from '#server/Caller.ts';
import { type BookContent, nothingAbsent } from '#server/export/BookContent.ts';
import { arrangeBook } from '#server/export/book/arrangeBook.ts';
import { buildBook } from '#server/export/book/buildBook.ts';
import { editionDigest } from '#server/export/book/edition.ts';
import { ChromiumPdfPrinter } from '#server/export/ChromiumPdfPrinter.ts';
import { printBook } from '#server/export/book/printBook.ts';
import { emptyTrash } from '#server/operations/emptyTrash.ts';
import { gatherBook } from '#server/operations/gatherBook.ts';
import { newSigningKey } from '#server/signingKey.ts';
import { findChromium } from '../../../scripts/findChromium.mjs';
import type { TestVisitor } from '../../support/newFullRelay.ts';
import { newPastNote, type PastNote } from '../../support/newPastNote.ts';

let past: PastNote;
let carnet: CarnetId;
let compost: NoteId;
let term: NoteId;
let reader: TestVisitor;
let basile: PersonId;

const say = (note: NoteId, title: string, ...blocks: BodyNode[]): Promise<unknown> =>
  past.relay.relay.operations.documents.change(note, { person: past.ids.helene, operation: 'test' }, (doc) =>
    replaceNoteContent(doc, {
      title,
      language: 'fr',
      sheet: { ...emptySheet, definition: `${title}, dit-on.` },
      body: build.body(...blocks),
    }),
  );

beforeEach(async () => {
  past = await newPastNote('fr', 'sqlite');
  const { helene, relay, note, wait } = past;
  carnet = (await helene.json<CarnetPage>('POST', '/api/carnets', { title: 'Quartier' })).collection
    .id as CarnetId;
  compost = (await helene.json<NotePage>('POST', '/api/notes', { title: 'Compost' })).note.id;
  term = (await helene.json<NotePage>('POST', '/api/notes', { title: 'Humus', kind: 'term' })).note.id;
  const guest = { subject: 'carnet', subjectId: carnet, role: 'reader' };
  const { url } = await helene.json<{ url: string }>('POST', '/api/invitations', guest);
  reader = await relay.join(url, 'Basile');
  basile = (await reader.json<{ person: { id: PersonId } }>('GET', '/api/session')).person.id;
  for (const id of [note, compost, term])
    await helene.json('PATCH', `/api/notes/${id}`, { visibility: 'members' });
  wait(60);
  await helene.json('POST', `/api/carnets/${carnet}/entries`, { memberIds: [compost, note] });
  await say(term, 'Humus', build.paragraph('Terre noire.'));
  await say(
    compost,
    'Compost',
    build.paragraph('Vers l’', build.marked({ type: 'termLink', attrs: { termId: term } }, 'humus'), '.'),
  );
  await helene.json('PATCH', `/api/carnets/${carnet}`, { cover: { colour: 'sapin' } });
  await say(note, 'Jardins', build.paragraph('Un potager, voir ', build.noteLink(compost), '.'));
  wait(30);
});
afterEach(() => past.relay.close());

async function bookOf(person: PersonId, moment: BookMoment = momentOfEdition(1)): Promise<BookContent> {
  const { operations } = past.relay.relay;
  const caller = await loadCaller(operations.catalogue, person);
  const place = { site: 'Calepin', origin: 'https://ailleurs.example' };
  const subject = { subject: 'carnet', subjectId: carnet, moment } as const;
  return gatherBook(operations, caller, subject, place, new AbortController().signal);
}
const drawn = (content: BookContent): string =>
  buildBook(content, {
    format: 'a5',
    theme: 'clear',
    variant: 'screen',
    numbered: true,
    fontRules: '',
    attachmentUrl: () => null,
  }).html.replaceAll('\u00ad', '');
const freeze = (body: object = {}): Promise<Edition> =>
  past.helene.json<Edition>('POST', `/api/carnets/${carnet}/editions`, {
    title: 'Version déposée',
    remark: 'Remise à l’université.',
    theme: 'classic',
    ...body,
  });
/** Changes all that there is to change. */
async function changeEverything(): Promise<void> {
  const { helene, note, wait, relay, ids } = past;
  wait(24 * 60);
  await say(note, 'Jardins et vergers', build.paragraph('Autre chose.'));
  await say(compost, 'Lombricompost', build.paragraph('Encore autre chose.'));
  await say(term, 'Terreau', build.paragraph('Tout autre.'));
  await helene.json('PATCH', '/api/session/person', { name: 'Hélène Tremblay' });
  await helene.json('PATCH', `/api/notes/${note}`, { licence: 'cc-by-4.0' });
  await helene.json('PATCH', `/api/notes/${compost}`, { kind: 'term' });
  await relay.relay.operations.documents.change(carnet, { person: ids.helene, operation: 'test' }, (doc) => {
    titleOf(doc).insert(0, 'Notre ');
    descriptionOf(doc).insert(0, 'Une description.');
    entriesOf(doc)
      .get(note as MemberId)!
      .set('pinned', true);
  });
  await helene.json('DELETE', `/api/carnets/${carnet}/entries/${compost}`);
  await helene.json('PATCH', `/api/carnets/${carnet}`, {
    cover: { colour: 'brique', alternative: 'Un mur' },
  });
}

test('[R209] an edition is numbered, listed with who froze it, and says its digest and how it was made', async () => {
  const first = await freeze();
  expect(first).toMatchObject({
    carnet,
    number: 1,
    title: 'Version déposée',
    remark: 'Remise à l’université.',
    by: { name: 'Hélène' },
    notes: 2,
    options: { format: 'letter', theme: 'classic', variant: 'screen', numbered: false },
    withdrawn: null,
  });
  expect(first.digest).toMatch(/^[0-9a-f]{64}$/);
  expect((await freeze({ title: '' })).number).toBe(2);
  const list = await reader.json<EditionList>('GET', `/api/carnets/${carnet}/editions`);
  expect([list.canKeep, list.editions.map((one) => [one.number, one.title])]).toEqual([
    false,
    [
      [2, ''],
      [1, 'Version déposée'],
    ],
  ]);
  for (const [method, where] of [
    ['POST', ''],
    ['PATCH', '/1'],
  ] as const) {
    const path = `/api/carnets/${carnet}/editions${where}`;
    expect((await reader.fetch(path, { method, json: { withdrawn: true } })).status).toBe(403);
  }
});

test('[R210] whatever changes afterwards, it says the same: same book, letter by letter, same digest', async () => {
  const edition = await freeze();
  const before = await bookOf(past.ids.helene);
  expect(before).toMatchObject({ title: 'Quartier', absent: nothingAbsent, edition: { isWhole: true } });
  expect(editionDigest(arrangeBook(before).content)).toBe(edition.digest);
  const page = drawn(before);
  expect(page).toContain('Édition\u00a01');
  expect(page).toContain('Remise à l’université.');
  // Where it comes from is where it came from then.
  expect(before.place.origin).toBe(null);
  await changeEverything();
  const after = await bookOf(past.ids.helene);
  expect(after.absent).toEqual(nothingAbsent);
  expect(after.notes.map((note) => [note.title, note.kind, note.authors])).toEqual([
    ['Compost', 'note', ['Hélène']],
    ['Jardins', 'note', ['Hélène', 'Awa']],
  ]);
  expect(after.cover.colour).toBe('sapin');
  expect((await bookOf(past.ids.helene, 'now')).cover.colour).toBe('brique');
  expect(drawn(after)).toBe(page);
  expect(editionDigest(arrangeBook(after).content)).toBe(edition.digest);
  // What there is now is another book.
  expect(drawn(await bookOf(past.ids.helene, 'now'))).not.toContain('Un potager');
});

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** The PDF of the first edition, as it was made into a book, and the other forms. */
async function forms(): Promise<string[]> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('no Chromium: run npm test, which installs one');
  const content = await bookOf(past.ids.helene);
  const { options } = (await past.relay.relay.operations.catalogue.editions.get(carnet, 1))!;
  const printer = new ChromiumPdfPrinter({ executablePath });
  const { bytes } = await printBook(content, options, printer, new AbortController().signal);
  const all = [sha(bytes)];
  for (const to of ['epub', 'markdown', 'docx', 'site'] as const) {
    const json = { subject: 'carnet', subjectId: carnet, to, moment: 'edition:1' };
    const { id } = await past.helene.json<{ id: string }>('POST', '/api/exports', json);
    const step = async () => (await past.helene.json<{ step: string }>('GET', `/api/exports/${id}`)).step;
    await expect.poll(step, { timeout: 20_000 }).toBe('done');
    const answer = await past.helene.fetch(`/api/exports/${id}/file`);
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain('Édition');
    all.push(sha(new Uint8Array(await answer.arrayBuffer())));
  }
  return all;
}

test('[R210] every form of it has the same bytes, page by page', { timeout: 120_000 }, async () => {
  await freeze();
  const before = await forms();
  await changeEverything();
  expect(await forms()).toEqual(before);
});

test('[R211] what is gone since is said, never passed over: notes, titles, people', async () => {
  const edition = await freeze();
  const { helene, wait, relay } = past;
  for (const id of [compost, term]) await helene.fetch(`/api/notes/${id}`, { method: 'DELETE' });
  // What is in the trash is there still, for who may read it there.
  expect((await bookOf(past.ids.helene)).absent).toEqual(nothingAbsent);
  expect((await bookOf(basile)).absent).toMatchObject({ withheld: 1 });
  wait(31 * 24 * 60);
  await emptyTrash(relay.relay.operations, new AbortController().signal);
  const after = await bookOf(past.ids.helene);
  expect(after.absent).toEqual({ ...nothingAbsent, gone: 1 });
  expect(after.edition?.isWhole).toBe(false);
  expect(editionDigest(arrangeBook(after).content)).not.toBe(edition.digest);
  expect(drawn(after)).toContain('n’est donc pas l’édition entière');
  await relay.relay.operations.catalogue.editions.forgetPerson(past.ids.awa);
  const { facts } = (await relay.relay.operations.catalogue.editions.get(carnet, 1))!;
  expect(Object.values(facts.names)).toEqual(['Hélène']);
});

test('[R211] a title that it leads to and that is gone is counted too', async () => {
  await freeze();
  await past.helene.fetch(`/api/notes/${term}`, { method: 'DELETE' });
  past.wait(31 * 24 * 60);
  await emptyTrash(past.relay.relay.operations, new AbortController().signal);
  expect((await bookOf(past.ids.helene)).absent).toEqual({ ...nothingAbsent, outside: 1 });
});

test('[R212] a reader is given the text of then where who froze it published it, and may still read the note', async () => {
  await freeze();
  await freeze({ isOpen: false });
  const texts = async (moment: BookMoment) =>
    (await bookOf(basile, moment)).notes.map((note) => extractText(note.body).trim());
  const published = await texts(momentOfEdition(1));
  expect(published[1]).toContain('Un potager');
  expect(await texts(momentOfEdition(2))).toEqual(published);
  await changeEverything();
  expect(await texts(momentOfEdition(1))).toEqual(published);
  const closed = await bookOf(basile, momentOfEdition(2));
  expect([closed.notes, closed.absent.closedThen, closed.edition?.isWhole]).toEqual([[], 2, false]);
  expect(JSON.stringify(closed)).not.toContain('potager');
  // A title that it leads to and that changed is for who sees the history of its note.
  expect((await bookOf(basile)).absent).toMatchObject({ outside: 1 });
  await past.helene.json('PATCH', `/api/notes/${past.note}`, { visibility: 'authors' });
  expect((await bookOf(basile)).absent).toMatchObject({ withheld: 1, closedThen: 0 });
});

test('[R209] one that is withdrawn is exported by nobody and told to those who keep it, until it is put back', async () => {
  await freeze();
  const path = `/api/carnets/${carnet}/editions`;
  const set = (withdrawn: boolean) => past.helene.json<Edition>('PATCH', `${path}/1`, { withdrawn });
  expect((await set(true)).withdrawn).toMatchObject({ by: { name: 'Hélène' } });
  await expect(bookOf(past.ids.helene)).rejects.toMatchObject({ code: 'not_allowed' });
  expect((await reader.json<EditionList>('GET', path)).editions).toEqual([]);
  expect((await past.helene.json<EditionList>('GET', path)).editions.length).toBe(1);
  expect((await set(false)).withdrawn).toBe(null);
  expect((await bookOf(basile)).edition?.number).toBe(1);
  expect((await past.helene.fetch(`${path}/7`, { method: 'PATCH', json: { withdrawn: true } })).status).toBe(
    403,
  );
  // Its number is never given again.
  await set(true);
  expect((await freeze()).number).toBe(2);
});

/** Lets go of all that thinning may let go of. @returns how many moments are left of how many rows. */
async function thin(document: DocumentId): Promise<readonly [number, number]> {
  const { log } = past.relay;
  const { history, versions } = past.relay.relay.operations;
  const rows = await log.read(document, 0);
  const bytes = Y.mergeUpdates(rows.map((row) => row.bytes));
  const seq = rows.length;
  await log.saveCheckpoint({ document, seq, bytes, stateVector: bytes, deleteSetAt: 0 });
  while ((await log.cut(document, 1)) > 0);
  const signingKey = newSigningKey();
  const plan: PlanThinning = (wanted) => planThinning(log, signingKey, wanted);
  const sources = { log, plan, versions, past: history.past, signingKey };
  const thinned = await thinNote(sources, document, { time: Date.now(), isPreview: false });
  return [thinned?.moments ?? 0, thinned?.rows ?? 0];
}

test('[R209] the public page of a carnet tells of its editions, not of those that were withdrawn', async () => {
  const edition = await freeze();
  await freeze({ title: 'Retirée' });
  await past.helene.json('PATCH', `/api/carnets/${carnet}`, { visibility: 'public' });
  await past.helene.json('PATCH', `/api/carnets/${carnet}/editions/2`, { withdrawn: true });
  const page = await (await past.relay.visitor().fetch(`/carnets/${carnet}`)).text();
  expect(page).toContain('Édition\u00a01 – Version déposée');
  expect(page).toContain(edition.digest);
  expect(page).not.toContain('Retirée');
});

test('[R210] thinning keeps what an edition needs of its notes, and leaves the carnet as it is', async () => {
  const { documents } = past.relay.relay.operations;
  const { note, ids } = past;
  const scribble = async (count: number): Promise<void> => {
    for (let at = 0; at < count; at += 1) {
      const act = { person: ids.awa, operation: 'test' };
      await documents.change(note, act, (doc) => titleOf(doc).insert(0, String(at % 10)));
      await documents.change(carnet, act, (doc) => titleOf(doc).insert(0, String(at % 10)));
    }
  };
  await scribble(20);
  const edition = await freeze();
  const page = drawn(await bookOf(ids.helene));
  await scribble(90);
  const [moments, rows] = await thin(note);
  expect(rows).toBeGreaterThan(30);
  expect(moments).toBeLessThan(rows);
  await expect(thin(carnet)).rejects.toMatchObject({ code: 'invalid_request' });
  const after = await bookOf(ids.helene);
  expect(drawn(after)).toBe(page);
  expect(editionDigest(arrangeBook(after).content)).toBe(edition.digest);
});

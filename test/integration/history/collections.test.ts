import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type CollectionActs,
  collectionActsSchema,
  collectionMomentSchema,
  type CollectionRestorePreview,
  collectionRestorePreviewSchema,
} from '#shared/api/collectionHistory.ts';
import type { CarnetPage, CollectionPage } from '#shared/api/collections.ts';
import { addCategory, entriesOf, fileEntry, titleOf } from '#shared/document/fields.ts';
import { paragraph } from '#shared/document/buildContent.ts';
import { orderKeysBetween } from '#shared/document/orderKeys.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { CarnetId, CategoryId, MemberId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type * as Y from 'yjs';
import { newId } from '#server/secrets.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';

const minuteMs = 60_000;
let time: number;
let relay: FullRelay;
let alice: TestVisitor;
let aliceId: PersonId;
let carnet: CarnetId;
let notes: NoteId[];
const wait = (minutes: number): void => void (time += minutes * minuteMs);

beforeEach(async () => {
  time = Date.UTC(2026, 2, 12, 14);
  relay = await newFullRelay({
    now: () => time,
    adapt(adapters) {
      const { log } = adapters;
      const [append, create] = [log.append.bind(log), log.create.bind(log)];
      log.append = (rows, ...more) =>
        append(
          rows.map((row) => ({ ...row, time })),
          ...more,
        );
      log.create = (head, rows = [], ...more) =>
        create(
          head,
          rows.map((row) => ({ ...row, time })),
          ...more,
        );
      return adapters;
    },
  });
  const signedIn = await relay.signIn();
  alice = signedIn;
  aliceId = signedIn.session.person!.id;
  await alice.json('PATCH', '/api/session/person', { name: 'Alice' });
  carnet = (await alice.json<CarnetPage>('POST', '/api/carnets', { title: 'Jardins' })).collection.id;
  notes = [];
  for (const title of ['Semis', 'Compost', 'Ruches'])
    notes.push((await alice.json<{ note: { id: NoteId } }>('POST', '/api/notes', { title })).note.id);
  // What was written before they were put in it is no part of its history.
  wait(60);
});
afterEach(() => relay.close());

const at = (rest = ''): string => `/api/carnets/${carnet}/history${rest}`;
const acts = async (who: TestVisitor = alice, query = ''): Promise<CollectionActs> =>
  collectionActsSchema.parse(await who.json('GET', at(query)));
const told = async (who: TestVisitor = alice) =>
  (await acts(who)).acts.map(({ kind, people, members, closed, words }) => [
    kind,
    people.map(({ name }) => name).join(),
    [...members.map(({ title }) => title), ...(closed > 0 ? [closed] : [])].join(),
    words.join(),
  ]);
const content = async (query: string, who: TestVisitor = alice) =>
  collectionMomentSchema.parse(await who.json('GET', at(`/content?${query}`)));
const integrate = (...members: NoteId[]) =>
  alice.json<CollectionPage>('POST', `/api/carnets/${carnet}/entries`, { memberIds: members });
const arrange = async (change: (doc: Y.Doc) => void, person: PersonId = aliceId): Promise<number> => {
  const { documents, indexer } = relay.relay.operations;
  const { seq } = await documents.change(carnet, { person, operation: null as never }, change);
  await indexer.indexNow(carnet);
  return seq;
};
const holds = async (): Promise<string[]> =>
  (await alice.json<CarnetPage>('GET', `/api/carnets/${carnet}`)).entries.map(({ note }) => note!.title);
const preview = async (seq: number): Promise<CollectionRestorePreview> =>
  collectionRestorePreviewSchema.parse(await alice.json('POST', at('/restore/preview'), { seq }));
const restore = async (seq: number): Promise<number | null> => {
  const { agreed } = await preview(seq);
  return (await alice.json<{ seq: number | null }>('POST', at('/restore'), { seq, agreed })).seq;
};
async function joins(name: string, role: 'reader' | 'contributor' | 'manager') {
  const { url } = await alice.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'carnet',
    subjectId: carnet,
    role,
    days: 1,
  });
  return relay.join(url, name);
}
const category = newId<CategoryId>();

/** Three notes are put in it, one is filed, pinned and moved, and one is taken out. @returns the last row before each. */
async function story(): Promise<{ full: number; arranged: number }> {
  await integrate(notes[0]!, notes[1]!);
  wait(60);
  const full = (await integrate(notes[2]!), (await acts()).lastSeq);
  wait(60);
  await arrange((doc) => addCategory(doc, { id: category, name: 'Sol', order: 'a0', list: '' }));
  await arrange((doc) => fileEntry(doc, notes[1] as MemberId, [category], category));
  const arranged = await arrange((doc) => {
    const [first] = orderKeysBetween(null, entriesOf(doc).get(notes[0]!)!.get('order') as string, 1);
    entriesOf(doc).get(notes[2]!)!.set('order', first);
    entriesOf(doc).get(notes[1]!)!.set('pinned', true);
  });
  wait(60);
  await alice.json('DELETE', `/api/carnets/${carnet}/entries/${notes[0]}`);
  return { full, arranged };
}

describe('the history of a carnet', () => {
  test('[R194] tells who put what in it, arranged it and took it out, newest first', async () => {
    await story();
    wait(60);
    await arrange((doc) => titleOf(doc).insert(7, ' du q'));
    wait(1);
    await arrange((doc) => titleOf(doc).insert(12, 'uartier'));
    expect(await told()).toEqual([
      ['title', 'Alice', '', 'Jardins du quartier'],
      ['removed', 'Alice', 'Semis', ''],
      ['ordered', 'Alice', 'Ruches', ''],
      ['pinned', 'Alice', 'Compost', ''],
      ['filed', 'Alice', 'Compost', ''],
      ['categoryAdded', 'Alice', '', 'Sol'],
      ['integrated', 'Alice', 'Ruches', ''],
      ['integrated', 'Alice', 'Semis,Compost', ''],
      ['created', 'Alice', '', ''],
    ]);
  });

  test('[R194] tells what was done to its notes while they were in it, page by page and each once', async () => {
    const { documents, history } = relay.relay.operations;
    const write = (note: NoteId, words: string) =>
      documents.change(note, { person: aliceId, operation: 'test' }, (doc) =>
        replaceNoteContent(doc, {
          title: 'Semis',
          language: 'fr',
          body: { type: 'doc', content: [paragraph(words)] },
        }),
      );
    await write(notes[0]!, 'Avant.');
    await history.name(notes[0]!, aliceId, 'Avant');
    wait(60);
    await integrate(notes[0]!);
    wait(60);
    await write(notes[0]!, 'Pendant.');
    await history.name(notes[0]!, aliceId, 'Pendant');
    wait(60);
    await alice.json('DELETE', `/api/carnets/${carnet}/entries/${notes[0]}`);
    wait(60);
    await write(notes[0]!, 'Après.');
    await history.name(notes[0]!, aliceId, 'Après');
    const whole = await told();
    expect(whole).toEqual([
      ['removed', 'Alice', 'Semis', ''],
      ['noteNamed', 'Alice', 'Semis', 'Pendant'],
      ['integrated', 'Alice', 'Semis', ''],
      ['created', 'Alice', '', ''],
    ]);
    const pages: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page: CollectionActs = await acts(alice, `?count=1${next === '' ? '' : `&before=${next}`}`);
      pages.push(...page.acts.map(({ kind }) => kind));
      next = page.next;
    }
    expect(pages).toEqual(whole.map(([kind]) => kind));
  });

  test('[R194] shows what it held after a row and at an instant, in its order of then', async () => {
    const begin = time;
    const { full, arranged } = await story();
    const titles = (moment: Awaited<ReturnType<typeof content>>) => moment.entries.map(({ title }) => title);
    expect(titles(await content(`seq=${full}`))).toEqual(['Semis', 'Compost', 'Ruches']);
    const then = await content(`seq=${arranged}`);
    expect(titles(then)).toEqual(['Compost', 'Ruches', 'Semis']);
    expect([then.entries[0], then.categories]).toMatchObject([
      { category, pinned: true, opens: true },
      [{ name: 'Sol' }],
    ]);
    expect(titles(await content(`at=${begin + 30 * minuteMs}`))).toEqual(['Semis', 'Compost']);
    expect(titles(await content(`at=${time}`))).toEqual(['Compost', 'Ruches']);
    expect((await alice.fetch(at('/content?seq=99'))).status).toBe(400);
  });

  test('[R194] names no note that who asks may not read, and tells readers nothing of before it opened to them', async () => {
    await integrate(notes[0]!, notes[1]!);
    wait(60);
    await alice.json('DELETE', `/api/carnets/${carnet}/entries/${notes[1]}`);
    wait(60);
    await alice.json('PATCH', `/api/notes/${notes[2]}`, { visibility: 'members' });
    const [bob, carol] = [await joins('Bob', 'reader'), await joins('Carole', 'manager')];
    wait(60);
    await integrate(notes[2]!);
    expect(await told(bob)).toEqual([['integrated', 'Alice', 'Ruches', '']]);
    expect(await told(carol)).toEqual([
      ['integrated', 'Alice', 'Ruches', ''],
      ['removed', 'Alice', '1', ''],
      ['integrated', 'Alice', '2', ''],
      ['created', 'Alice', '', ''],
    ]);
    const lastSeq = (await acts()).lastSeq;
    expect((await content(`seq=${lastSeq}`, bob)).entries.map(({ title, opens }) => [title, opens])).toEqual([
      [null, false],
      ['Ruches', false],
    ]);
    // What it held when he came is his to see; what it held before is not.
    expect((await content(`seq=${lastSeq - 1}`, bob)).entries.length).toBe(1);
    expect((await bob.fetch(at(`/content?seq=${lastSeq - 2}`))).status).toBe(403);
    expect((await relay.visitor().fetch(at())).status).toBe(403);
  });
});

describe('restoring a carnet', () => {
  test('[R195] shows beforehand what it would do, does it, alters no other carnet and no note, and is undone', async () => {
    const { full, arranged } = await story();
    const other = (await alice.json<CarnetPage>('POST', '/api/carnets', { title: 'Autre' })).collection.id;
    await alice.json('POST', `/api/carnets/${other}/entries`, { memberIds: notes });
    const seen = () =>
      Promise.all([
        alice
          .json<CarnetPage>('GET', `/api/carnets/${other}`)
          .then(({ entries }) => entries.map((one) => one.order)),
        ...notes.map(async (note) => (await relay.log.head(note))?.seq),
        relay.log.head(other).then((head) => head?.seq),
      ]);
    const before = await seen();
    expect(await holds()).toEqual(['Compost', 'Ruches']);
    const plan = await preview(full);
    expect(plan).toMatchObject({
      returned: { members: [{ title: 'Semis' }], closed: 0 },
      removed: { members: [] },
      moved: { members: [{ title: 'Ruches' }] },
      filed: { members: [{ title: 'Compost' }] },
      barred: { members: [], closed: 0 },
      categories: { returned: [], removed: ['Sol'], changed: [] },
      isNothing: false,
    });
    wait(60);
    const seq = await restore(full);
    expect(await holds()).toEqual(['Semis', 'Compost', 'Ruches']);
    expect((await told())[0]).toEqual(['restored', 'Alice', 'Semis,Ruches,Compost', '']);
    expect(await preview(full)).toMatchObject({ isNothing: true });
    expect(await restore(full)).toBeNull();
    const undone = await alice.json<{ seq: number | null }>('POST', at('/undo'), { seq });
    expect(undone.seq).toBeGreaterThan(seq!);
    expect(await holds()).toEqual(['Compost', 'Ruches']);
    const now = await content(`seq=${undone.seq}`);
    const then = await content(`seq=${arranged}`);
    expect([now.categories, now.entries]).toEqual([
      then.categories,
      then.entries.filter(({ title }) => title !== 'Semis'),
    ]);
    expect((await told())[0]?.[0]).toBe('undone');
    expect(await seen()).toEqual(before);
  });

  test('[R195] undoing keeps what others did since', async () => {
    const { full } = await story();
    const seq = await restore(full);
    const fourth = (await alice.json<{ note: { id: NoteId } }>('POST', '/api/notes', { title: 'Mares' })).note
      .id;
    await integrate(fourth);
    await arrange((doc) => entriesOf(doc).get(notes[0]!)!.set('pinned', true));
    await alice.json('POST', at('/undo'), { seq });
    // « Semis » was touched since: it stays.
    expect(await holds()).toEqual(['Compost', 'Semis', 'Ruches', 'Mares'].toSorted(byNow(await holds())));
    expect(await holds()).toEqual(expect.arrayContaining(['Semis', 'Mares']));
  });

  test('[R195] what was arranged since the preview is told instead (409), and nothing is written', async () => {
    const { full } = await story();
    const { agreed } = await preview(full);
    await arrange((doc) => entriesOf(doc).get(notes[2]!)!.set('pinned', true));
    const { lastSeq } = await acts();
    const refused = await alice.fetch(at('/restore'), { method: 'POST', json: { seq: full, agreed } });
    expect([refused.status, (await acts()).lastSeq]).toEqual([409, lastSeq]);
  });

  test('[R195] puts in nothing that who restores may not, and says how many; a row that is no restore is not undone', async () => {
    const carol = await joins('Carole', 'manager');
    await story();
    const { full } = { full: 4 };
    await alice.json('DELETE', `/api/carnets/${carnet}/entries/${notes[1]}`);
    const plan = collectionRestorePreviewSchema.parse(
      await carol.json('POST', at('/restore/preview'), { seq: full }),
    );
    expect([plan.barred, plan.returned]).toEqual([
      { members: [], closed: 2 },
      { members: [], closed: 0 },
    ]);
    await carol.json('POST', at('/restore'), { seq: full, agreed: plan.agreed });
    expect(await holds()).toEqual(['Ruches']);
    const { lastSeq } = await acts();
    for (const seq of [lastSeq, lastSeq - 1])
      expect((await alice.fetch(at('/undo'), { method: 'POST', json: { seq } })).status).toBe(409);
  });

  test('[R195] is for managers', async () => {
    const { full } = await story();
    const bob = await joins('Bob', 'contributor');
    for (const [path, json] of [
      ['/restore/preview', { seq: full }],
      ['/restore', { seq: full, agreed: '' }],
      ['/undo', { seq: full }],
    ] as const)
      expect((await bob.fetch(at(path), { method: 'POST', json })).status).toBe(403);
  });

  test('[R195] a base is restored by the same code', async () => {
    const base = await alice.json<CollectionPage>('POST', '/api/bases', { title: 'Salle' });
    const path = `/api/bases/${base.collection.id}`;
    await alice.json('POST', `${path}/entries`, { memberIds: [carnet] });
    await alice.json('DELETE', `${path}/entries/${carnet}`);
    const { acts: all } = collectionActsSchema.parse(await alice.json('GET', `${path}/history`));
    expect(all.map(({ kind, members }) => [kind, members[0]?.title])).toEqual([
      ['removed', 'Jardins'],
      ['integrated', 'Jardins'],
      ['created', undefined],
    ]);
    const seq = all[1]!.seq;
    const { agreed } = await alice.json<CollectionRestorePreview>('POST', `${path}/history/restore/preview`, {
      seq,
    });
    await alice.json('POST', `${path}/history/restore`, { seq, agreed });
    const page = await alice.json<CollectionPage>('GET', path);
    expect(page.entries.map((one) => one.carnet?.title)).toEqual(['Jardins']);
  });
});

const byNow =
  (now: readonly string[]) =>
  (a: string, b: string): number =>
    now.indexOf(a) - now.indexOf(b);

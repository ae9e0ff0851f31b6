import { afterEach, beforeEach, expect, test } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import type { CommunityPage } from '#shared/api/communities.ts';
import type { CollectionPage } from '#shared/api/collections.ts';
import type { NotePage } from '#shared/api/notes.ts';
import { bookOptionsSchema, momentOfEdition } from '#shared/api/exports.ts';
import { replaceCollectionContent, replaceNoteContent } from '#shared/document/writeContent.ts';
import { noCover } from '#shared/domain/Collection.ts';
import { yDocToCollectionContent } from '#shared/document/noteContent.ts';
import type { CategoryId, CommunityId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { ArchivedCollection, ArchivedNote } from '#server/archive/archiveFormat.ts';
import { loadCaller } from '#server/Caller.ts';
import { gatherBook } from '#server/operations/gatherBook.ts';
import { destroyDocument } from '#server/operations/destroyDocument.ts';
import { newId } from '#server/secrets.ts';
import { bringArchive, makeArchive, sendArchive } from '../../support/bringArchive.ts';
import { forgeArchive } from '../../support/forgeArchive.ts';
import { newArchive, type ReadArchive } from '../../support/newArchive.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { newSharedCarnet, paragraph, type SharedCarnet } from '../../support/newSharedCarnet.ts';

type Person = TestVisitor & { session: { person: { id: PersonId } | null } };

let home: SharedCarnet;
let away: FullRelay;
let tom: Person;
let community: CommunityId;

/** A carnet with all that a catalogue says of one: a community, a cover, categories, a guide, a template, a note that it holds at a version, one that is locked. */
beforeEach(async () => {
  home = await newSharedCarnet('sqlite');
  away = await newFullRelay({ storage: 'sqlite' });
  tom = await away.signIn();
  await tom.json('PATCH', '/api/session/person', { name: 'Tom' });
  const { helene, carnet, notes, ids } = home;
  ({
    community: { id: community },
  } = await helene.json<CommunityPage>('POST', '/api/communities', { name: 'Jardins partagés' }));
  await helene.json('PATCH', `/api/notes/${notes.shared}`, {
    visibility: 'community',
    community,
    licence: 'cc-by-4.0',
    isTemplate: true,
  });
  await helene.json('PATCH', `/api/carnets/${carnet}`, {
    visibility: 'members',
    contributionPolicy: 'members',
    cover: { colour: 'sapin' },
    template: notes.shared,
  });
  await helene.json('PUT', `/api/carnets/${carnet}/entries/${notes.shared}/held`, { held: 'now' });
  await home.write(notes.shared, ids.awa, 'Semis de printemps', paragraph('Des tomates, encore.'));
  await helene.json('PUT', `/api/notes/${notes.shared}/lock`, { day: '2026-03-05', sentence: 'Adoptée' });
  const { documents, indexer } = home.relay.relay.operations;
  const spring = newId<CategoryId>();
  await documents.change(carnet, { person: ids.helene, operation: 'test' }, (doc) => {
    const { entries, ...said } = yDocToCollectionContent(doc);
    replaceCollectionContent(doc, {
      ...said,
      guide: build.body(paragraph('Une note par semis.')),
      categories: [{ id: spring, name: 'Printemps', order: 'a', list: 'Saisons' }],
      entries: entries.map((one) => ({ ...one, category: spring })),
    });
  });
  await indexer.indexNow(carnet);
});
afterEach(async () => {
  await home.relay.close();
  await away.close();
});

/** What the catalogue part of an archive says, with people by their names. */
function told({ manifest, json }: ReadArchive) {
  const names = new Map(manifest.people.map(({ id, name }) => [id, name]));
  const named = (people: readonly PersonId[]) => people.map((id) => names.get(id));
  const notes = manifest.notes.map(({ id, title, path }) => {
    const note = json<ArchivedNote>(path);
    const { kind, licence, isTemplate, publishedAt, createdAt, lock, authors, versions } = note;
    return {
      id,
      title,
      kind,
      licence,
      isTemplate,
      // Of a note that came without its log, the relay made it anew.
      dates: [createdAt, publishedAt],
      lock: lock === null ? null : { ...lock, by: names.get(lock.by) },
      authors: named(authors).filter((name) => name !== 'Tom'),
      labels: versions.flatMap(({ name, remark }) => (name === null ? [] : [[name, remark]])),
    };
  });
  const collections = manifest.collections.map(({ id, title, path }) => {
    const { kind, cover, template, createdAt, managers, contributors } = json<ArchivedCollection>(path);
    const people = [managers, contributors].map((some) => named(some).filter((name) => name !== 'Tom'));
    return { id, title, kind, cover, template, createdAt, people };
  });
  return { notes, collections, withheld: manifest.withheld };
}

const pageOf = (who: TestVisitor, note: NoteId) => who.json<NotePage>('GET', `/api/notes/${note}`);

test('[R308] what the catalogue says comes back, and says the same when it is exported again; who wrote is named in order', async () => {
  const archive = await newArchive(home.helene, { kind: 'carnet', id: home.carnet });
  await bringArchive(tom, archive.file);
  const { note, authorMode } = await pageOf(tom, home.notes.shared);
  expect([note.authors.map(({ name, kind }) => `${name} ${kind}`), authorMode]).toEqual([
    ['Hélène archived', 'Awa archived', 'Tom local'],
    'people',
  ]);
  expect([note.visibility, note.licence, note.lock?.sentence]).toEqual(['authors', 'cc-by-4.0', 'Adoptée']);
  const carnet = await tom.json<CollectionPage>('GET', `/api/carnets/${home.carnet}`);
  expect([carnet.collection.cover.colour, carnet.collection.visibility]).toEqual(['sapin', 'authors']);
  expect(carnet.entries.map(({ held, note: one }) => [one?.title, held !== null])).toEqual([
    ['Semis de printemps', true],
    ['Compost', false],
  ]);
  const again = told(await newArchive(tom, { kind: 'carnet', id: home.carnet }));
  // Tom did not see the third note: nobody told him of it.
  expect(again).toEqual({ ...told(archive), withheld: 0 });
});

test('[R308] what a carnet said and held comes also to who does not keep it, without its log', async () => {
  const archive = await newArchive(home.awa, { kind: 'carnet', id: home.carnet });
  const { content } = archive.json<ArchivedCollection>(archive.manifest.collections[0]!.path);
  expect(content?.entries.find(({ memberId }) => memberId === home.notes.shared)?.held).toBeGreaterThan(0);
  await bringArchive(tom, archive.file);
  const carnet = await tom.json<CollectionPage>('GET', `/api/carnets/${home.carnet}`);
  expect(JSON.stringify(carnet.guide)).toContain('Une note par semis.');
  expect(carnet.entries.map(({ held }) => held !== null)).toEqual([true, false, false]);
  const held = await tom.json<{ body: unknown }>(
    'GET',
    `/api/carnets/${home.carnet}/entries/${home.notes.shared}/held`,
  );
  expect(JSON.stringify(held.body)).not.toContain('encore');
});

test('[R308] who is only named is not the last author, nor the last manager', async () => {
  const archive = await newArchive(home.helene, { kind: 'carnet', id: home.carnet });
  await bringArchive(tom, archive.file);
  const { id } = tom.session.person!;
  const leave = async (path: string) => (await tom.fetch(path, { method: 'DELETE' })).status;
  expect(await leave(`/api/notes/${home.notes.shared}/authors/${id}`)).toBe(409);
  expect(await leave(`/api/carnets/${home.carnet}/people/${id}`)).toBe(409);
  const [helene] = (await pageOf(tom, home.notes.shared)).note.authors;
  expect(await leave(`/api/notes/${home.notes.shared}/authors/${helene!.id}`)).toBe(200);
});

test('[R309] asked for, it is as open as it was, where its person may open it; what does not come back is told', async () => {
  const archive = await newArchive(home.helene, { kind: 'carnet', id: home.carnet });
  const sent = await sendArchive(tom, archive.file);
  expect(sent.preview?.archive?.before).toEqual({
    // The community that saw the third is not there.
    visibilities: { community: 0, members: 2, public: 0 },
    communities: [{ name: 'Jardins partagés', isHere: false }],
    people: [],
    invited: 0,
  });
  await makeArchive(tom, sent, true);
  const { note } = await pageOf(tom, home.notes.open);
  const [before] = archive.manifest.notes
    .filter(({ id }) => id === home.notes.open)
    .map(({ path }) => archive.json<ArchivedNote>(path));
  expect([note.visibility, note.publishedAt]).toEqual(['members', before?.publishedAt]);
  expect((await pageOf(tom, home.notes.shared)).note.visibility).toBe('authors');
  const { collection } = await tom.json<CollectionPage>('GET', `/api/carnets/${home.carnet}`);
  expect([collection.visibility, collection.contributionPolicy]).toEqual(['members', 'members']);
  const lines = await away.relay.operations.catalogue.register.about(home.notes.open);
  expect(lines.map(({ act, value, by }) => [act, value, by])).toContainEqual([
    'note.visibility',
    'members',
    tom.session.person!.id,
  ]);
});

test('[R309] where it was made, its community sees it again, and those who are there have their roles', async () => {
  const { shared } = home.notes;
  const archive = await newArchive(home.helene, { kind: 'note', id: shared });
  await destroyDocument(home.relay.relay.operations, { id: shared, kind: 'note' });
  const sent = await sendArchive(home.helene, archive.file);
  expect(sent.preview?.archive).toMatchObject({
    isOwn: true,
    before: {
      visibilities: { community: 1 },
      communities: [{ name: 'Jardins partagés', isHere: true }],
      people: ['Awa'],
    },
  });
  await makeArchive(home.helene, sent, true);
  const { note, community: linked } = await pageOf(home.awa, shared);
  expect([note.authors.map(({ name }) => name), note.visibility, linked?.id]).toEqual([
    ['Hélène', 'Awa'],
    'community',
    community,
  ]);
});

test('[R239] what is said in the name of somebody here, in a discussion or in a role, is of somebody else of that name', async () => {
  const { note } = await tom.json<NotePage>('POST', '/api/notes', { title: 'Ici' });
  const { url } = await tom.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'note',
    subjectId: note.id,
    role: 'author',
    days: 1,
  });
  const lea = await away.join(url, 'Léa');
  const victim = (await lea.json<{ person: { id: PersonId } }>('GET', '/api/session')).person.id;
  const archive = await newArchive(home.helene, { kind: 'note', id: home.notes.shared });
  const { path } = archive.manifest.notes[0]!;
  const said = archive.json<ArchivedNote>(path);
  const file = await forgeArchive(archive, {
    parts: {
      [path]: Buffer.from(
        JSON.stringify({
          ...said,
          authors: [victim],
          threads: said.threads.map((thread) => ({
            ...thread,
            by: victim,
            messages: thread.messages.map((message) => ({ ...message, by: victim })),
          })),
        }),
      ),
    },
    manifest: (one) => ({ ...one, people: [...one.people, { id: victim, name: 'Léa' }] }),
  });
  const sent = await sendArchive(tom, file);
  expect(sent.preview?.archive?.before.people).toEqual([]);
  const { made } = await makeArchive(tom, sent, true);
  const page = await pageOf(tom, made!.notes[0]!);
  expect(page.note.authors.map(({ name, kind }) => `${name} ${kind}`)).toEqual(['Léa archived', 'Tom local']);
  const threads = await away.relay.operations.catalogue.threads.ofNote(page.note.id);
  const speakers = threads.flatMap(({ by, messages }) => [by, ...messages.map((one) => one.by)]);
  expect(speakers).not.toContain(victim);
  expect((await lea.fetch(`/api/notes/${page.note.id}`)).status).toBe(403);
});

test('[R310] an edition of a forged archive opens nothing of a note whose history its person does not see', async () => {
  const { operations } = away.relay;
  const { note } = await tom.json<NotePage>('POST', '/api/notes', { title: 'Ici' });
  const say = (title: string) =>
    operations.documents.change(note.id, { person: tom.session.person!.id, operation: 'test' }, (doc) =>
      replaceNoteContent(doc, { title, language: 'fr', body: build.body(paragraph(title)) }),
    );
  const { seq } = await say('Mot de passe');
  await say('Plus rien');
  await tom.json('PATCH', `/api/notes/${note.id}`, { visibility: 'members' });
  const { url } = await tom.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'note',
    subjectId: note.id,
    role: 'reader',
    days: 1,
  });
  const lea = await away.join(url, 'Léa');
  const archive = await newArchive(home.awa, { kind: 'carnet', id: home.carnet });
  const { path } = archive.manifest.collections[0]!;
  const said = archive.json<ArchivedCollection>(path);
  const [entry] = said.content!.entries;
  const frozen = {
    kind: 'note',
    licence: 'cc-by-4.0',
    publishedAt: null,
    lock: null,
    authors: [],
    community: null,
    seq,
    modifiedAt: 1,
    isOpen: true,
  };
  const edition = {
    number: 1,
    title: '',
    remark: null,
    by: home.ids.awa,
    at: 1,
    seq: 1,
    digest: 'x',
    options: bookOptionsSchema.parse({}),
    withdrawn: null,
    facts: {
      place: { site: 'Calepin', origin: null },
      cover: noCover,
      managers: [],
      community: null,
      changedAt: 1,
      notes: { [note.id]: frozen },
      count: 1,
      withheld: 0,
      outside: {},
      names: {},
      communities: {},
    },
  };
  const forged = {
    ...said,
    content: { ...said.content, entries: [{ ...entry, memberId: note.id }] },
    editions: [edition],
  };
  const { step } = await bringArchive(
    lea,
    await forgeArchive(archive, { parts: { [path]: Buffer.from(JSON.stringify(forged)) } }),
  );
  expect(step).toBe('done');
  const { person } = await lea.json<{ person: { id: PersonId } }>('GET', '/api/session');
  const book = await gatherBook(
    operations,
    await loadCaller(operations.catalogue, person.id),
    { subject: 'carnet', subjectId: home.carnet, moment: momentOfEdition(1) },
    { site: 'Calepin', origin: null },
    new AbortController().signal,
  );
  expect([book.notes, book.absent.closedThen]).toEqual([[], 1]);
});

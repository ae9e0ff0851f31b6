import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Attachment } from '#shared/api/attachments.ts';
import type { BasePage, CarnetPage } from '#shared/api/collections.ts';
import type { CommunityPage } from '#shared/api/communities.ts';
import type { ProfilePage } from '#shared/api/people.ts';
import type { NoticeLine } from '#shared/api/notices.ts';
import type { NoteContent, NotePage, SearchResults } from '#shared/api/notes.ts';
import { body, bulletList, heading, noteLink, paragraph } from '#shared/document/buildContent.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { termsOf } from '#shared/document/fields.ts';
import { emptySheet } from '#shared/document/sheet.ts';
import { replaceNoteContent, replaceSheet } from '#shared/document/writeContent.ts';
import { formatDate, formatDateTime } from '#shared/domain/dates.ts';
import type { DocumentId, NoteId } from '#shared/domain/ids.ts';
import * as Y from 'yjs';
import type { TestVisitor } from '../../support/newFullRelay.ts';
import { type Household, newHousehold, type Somebody } from '../../support/newHousehold.ts';

// The rows of the page that Calepin has to show, on a note of our own with the same shape: born in one carnet and published there, written in again three months later, then put into
// a second, larger carnet by somebody else.

const zone = 'America/Toronto';
const born = Date.UTC(2023, 10, 17, 19, 19);
const modified = Date.UTC(2024, 1, 12, 16, 47);
const integrated = Date.UTC(2024, 2, 5, 15, 41);

let home: Household;
let note: NoteId;
let linked: NoteId;
let birthCarnet: string;
let largeCarnet: string;
/** Who wrote the note and had it born in a carnet; who put it into the other one. */
let yvette: Somebody;
let xavier: Somebody;

const sentence =
  'Les acteurs.trices du quartier et les auteur·trices de ce récit se sont engagé.e.s à partager leur expérience, leurs questions et leurs outils avec le cœur des organismes voisins.';
const content = (times: number) =>
  body(
    heading(1, 'Jardiner ensemble'),
    ...Array.from({ length: times }, () => paragraph(sentence)),
    heading(2, 'Ce que nous faisons'),
    bulletList(sentence, sentence, sentence),
    heading(3, 'Comment s’y joindre'),
    paragraph('Voir ', noteLink(linked), ' pour « la suite » : bienvenue.'),
  );
const write = async (times: number) => {
  const { documents, indexer } = home.full.relay.operations;
  await documents.change(note as DocumentId, { person: yvette.id, operation: 'test' }, (doc) => {
    replaceNoteContent(doc, { title: 'Jardins de ruelle', body: content(times), language: 'fr' });
  });
  await indexer.indexNow(note as DocumentId);
};
const page = (who: Somebody = yvette) => who.json<NotePage>('GET', `/api/notes/${note}`);
const carnetWith = async (keeper: Somebody, title: string, others: number) => {
  const { collection: carnet } = await keeper.json<CarnetPage>('POST', '/api/carnets', { title });
  await keeper.json('PATCH', `/api/carnets/${carnet.id}`, { visibility: 'public' });
  for (let n = 0; n < others; n++)
    await keeper.json('POST', '/api/notes', { title: `Autre ${n}`, carnetId: carnet.id });
  return carnet.id;
};

/** The log has the time of the machine. */
const at = (time: number) => vi.setSystemTime(time);

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: born - 60_000 });
  home = await newHousehold();
  ({ author: yvette, manager: xavier } = home.people);
  linked = (await yvette.json<NotePage>('POST', '/api/notes', { title: 'La suite' })).note.id;
  birthCarnet = await carnetWith(yvette, 'Ruelles vertes', 12);
  largeCarnet = await carnetWith(xavier, 'Récits du printemps', 29);
  at(born);
  note = (
    await yvette.json<NotePage>('POST', '/api/notes', { title: 'Jardins de ruelle', carnetId: birthCarnet })
  ).note.id;
  await write(2);
  await yvette.json('PATCH', `/api/notes/${note}`, { community: home.ours, visibility: 'public' });
  at(modified);
  await write(42);
  at(integrated);
  await xavier.json('POST', `/api/carnets/${largeCarnet}/entries`, { memberIds: [note] });
});
afterAll(async () => {
  await home.full.close();
  vi.useRealTimers();
});

test('[row 1] one title, distinct from the first heading of the text', async () => {
  const shown = await yvette.json<NoteContent>('GET', `/api/notes/${note}/content`);
  expect(shown.title).toBe('Jardins de ruelle');
  expect(/<h[1-6][^>]*>(.*?)<\/h/.exec(shown.html)?.[1]).toContain('Jardiner ensemble');
});

test('[rows 2 and 3] three levels of headings, long items of whole sentences, more than a thousand words', async () => {
  const { html } = await yvette.json<NoteContent>('GET', `/api/notes/${note}/content`);
  const levels = [...html.matchAll(/<h([1-6])/g)].map((match) => match[1]);
  expect(new Set(levels).size).toBe(3);
  expect(html.match(/<li[^>]*>/g)).toHaveLength(3);
  expect((await page()).note.wordCount).toBeGreaterThan(1_000);
});

test('[row 4] inclusive forms are found by each of their words, and typography is kept', async () => {
  for (const word of ['actrices', 'autrice', 'engagées', 'coeur']) {
    const { notes } = await yvette.json<SearchResults>('GET', `/api/search?q=${word}`);
    expect([word, notes.map((one) => one.id)]).toEqual([word, [note]]);
  }
  const { html } = await yvette.json<NoteContent>('GET', `/api/notes/${note}/content`);
  for (const written of ['acteurs.trices', 'auteur·trices', 'engagé.e.s', 'cœur', '«\u00a0la suite\u00a0»'])
    expect(html).toContain(written.replaceAll('\u00a0', ' '));
});

test('[row 5] images, documents, sounds and films are shown in the text, and open for its readers alone', async () => {
  const { note: album } = await yvette.json<NotePage>('POST', '/api/notes', { title: 'Album' });
  const ascii = (text: string) => Buffer.from(text, 'latin1');
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const files = [
    ['image', 'plan.png', 'image/png', png],
    ['file', 'compte rendu.pdf', 'application/pdf', ascii('%PDF-1.7\n')],
    ['audio', 'entrevue.mp3', 'audio/mpeg', ascii('ID3\u0003\u0000')],
    ['video', 'visite.mp4', 'video/mp4', ascii('\u0000\u0000\u0000\u0018ftypisom\u0000\u0000\u0000\u0000')],
  ] as const;
  const blocks: BodyNode[] = [];
  const ids: string[] = [];
  for (const [type, name, mime, bytes] of files) {
    const answer = await yvette.fetch(`/api/attachments?note=${album.id}&name=${encodeURIComponent(name)}`, {
      method: 'POST',
      body: bytes,
      headers: { 'content-type': mime },
    });
    const kept = (await answer.json()) as Attachment;
    expect([name, answer.status, kept.kind]).toEqual([name, 201, type]);
    ids.push(kept.id);
    blocks.push({
      type,
      attrs: { attachmentId: kept.id, ...(type === 'image' ? { alt: 'Le plan' } : { name }) },
    });
  }
  const { documents, indexer } = home.full.relay.operations;
  await documents.change(album.id, { person: yvette.id, operation: 'test' }, (doc) => {
    replaceNoteContent(doc, { title: 'Album', body: body(...blocks), language: 'fr' });
  });
  await indexer.indexNow(album.id);
  const { html } = await yvette.json<NoteContent>('GET', `/api/notes/${album.id}/content`);
  const [image, file, audio, video] = ids.map((id) => `/api/attachments/${id}`);
  expect(html).toMatch(new RegExp(`<img src="${image}" alt="Le plan"`));
  expect(html).toContain(`<a href="${file}" download="">compte rendu.pdf</a>`);
  expect(html).toContain(`<audio src="${audio}" controls="">`);
  expect(html).toContain(`<video src="${video}" controls="">`);
  const opened = async (who: TestVisitor) =>
    Promise.all(ids.map(async (id) => (await who.fetch(`/api/attachments/${id}`)).status));
  expect(await opened(yvette)).toEqual([200, 200, 200, 200]);
  expect(await opened(home.full.visitor())).toEqual([403, 403, 403, 403]);
  await yvette.json('PATCH', `/api/notes/${album.id}`, { visibility: 'public' });
  expect(await opened(home.full.visitor())).toEqual([200, 200, 200, 200]);
});

test('[row 6] a link leads there and back, and survives a new name', async () => {
  const back = await yvette.json<NotePage>('GET', `/api/notes/${linked}`);
  expect(back.backlinks).toEqual([
    { id: note, title: 'Jardins de ruelle', around: expect.stringMatching(/\u0001.+\u0002/u) },
  ]);
  const { documents, indexer } = home.full.relay.operations;
  await documents.change(linked as DocumentId, { person: yvette.id, operation: 'test' }, (doc) => {
    const title = doc.getText('title');
    title.delete(0, title.length);
    title.insert(0, 'L’année suivante');
  });
  await indexer.indexNow(linked as DocumentId);
  const { html } = await yvette.json<NoteContent>('GET', `/api/notes/${note}/content`);
  expect(html).toContain('L’année suivante');
});

test('[row 7] terms are related by hand, none at first, and a term shows where it is used', async () => {
  expect((await page()).terms).toEqual([]);
  const term = await yvette.json<NotePage>('POST', '/api/notes', { title: 'Ruelle', kind: 'term' });
  expect(term.uses).toEqual([]);
  const lexicon = await yvette.json<{ notes: { title: string }[] }>('GET', '/api/notes?kind=term&sort=title');
  expect(lexicon.notes.map((one) => one.title)).toEqual(['Ruelle']);
  const other = await yvette.json<NotePage>('POST', '/api/notes', { title: 'Plan' });
  const { documents, indexer } = home.full.relay.operations;
  const id = other.note.id as string as DocumentId;
  await documents.change(id, { person: yvette.id, operation: 'test' }, (doc) => {
    termsOf(doc).set(term.note.id, new Y.Map());
  });
  await indexer.indexNow(id);
  expect((await yvette.json<NotePage>('GET', `/api/notes/${id}`)).terms).toEqual([
    { id: term.note.id, title: 'Ruelle' },
  ]);
  const used = await yvette.json<NotePage>('GET', `/api/notes/${term.note.id}`);
  expect(used.uses).toEqual([{ id, title: 'Plan' }]);
});

test('[rows 4 and 7] [R119] a term is found by any of its forms, and says what it means', async () => {
  const { note: term } = await yvette.json<NotePage>('POST', '/api/notes', { title: 'Semeur', kind: 'term' });
  const { documents, indexer } = home.full.relay.operations;
  const sheet = {
    ...emptySheet,
    definition: 'Qui met les graines en terre.',
    feminine: ['semeuse'],
    plural: ['semeurs et semeuses'],
    inclusive: ['semeur·se·s'],
    aliases: ['planteux', 'main verte'],
  };
  await documents.change(term.id, { person: yvette.id, operation: 'test' }, (doc) =>
    replaceSheet(doc, sheet),
  );
  await indexer.indexNow(term.id);
  for (const word of ['semeuse', 'SEMEURS', 'semeuses', 'planteux', 'main verte', 'graines']) {
    const { notes } = await yvette.json<SearchResults>('GET', `/api/search?q=${word}`);
    expect([word, notes.map((one) => one.id)]).toEqual([word, [term.id]]);
  }
  const shown = await yvette.json<NotePage>('GET', `/api/notes/${term.id}`);
  expect(shown.note).toMatchObject({
    sheet,
    excerpt: 'Qui met les graines en terre.',
    otherNames: ['semeuse', 'semeurs et semeuses', 'semeur·se·s', 'planteux', 'main verte'],
  });
  // A copy has it too, and a note that is no term any more is found by none of its forms.
  const copy = await yvette.json<NotePage>('POST', `/api/notes/${term.id}/duplicate`);
  expect(copy.note.sheet).toEqual(sheet);
  for (const { id } of [term, copy.note]) await yvette.json('PATCH', `/api/notes/${id}`, { kind: 'note' });
  expect((await yvette.json<SearchResults>('GET', '/api/search?q=planteux')).notes).toEqual([]);
});

test('[rows 8 to 11] each carnet that holds it, with its number of notes, by whom and when, the newest first', async () => {
  const { carnets } = await page();
  expect(
    carnets.map(({ title, memberCount, integratedBy, integratedAt }) => [
      title,
      memberCount,
      integratedBy?.name,
      formatDateTime(integratedAt, 'fr', zone),
    ]),
  ).toEqual([
    ['Récits du printemps', 30, 'Gérard', '5 mars 2024 10:41'],
    ['Ruelles vertes', 13, 'Aurore', '17 novembre 2023 14:19'],
  ]);
});

test('[row 12] integrating it was no modification', async () => {
  expect(formatDateTime((await page()).note.modifiedAt, 'fr', zone)).toBe('12 février 2024 11:47');
});

test('[row 13] it was born in a carnet: created there, by one act', async () => {
  const entry = (await page()).carnets.find((one) => one.id === birthCarnet);
  expect(entry?.integratedAt).toBe((await page()).note.createdAt);
});

test('[row 14] who integrated it keeps that carnet, and wrote none of the note', async () => {
  expect((await page(xavier)).role).toBe('commenter');
  const carnet = await xavier.json<CarnetPage>('GET', `/api/carnets/${largeCarnet}`);
  expect(carnet.collection.role).toBe('manager');
  const outsider = home.people.signedIn.fetch(`/api/carnets/${largeCarnet}/entries`, {
    method: 'POST',
    json: { memberIds: [note] },
  });
  expect((await outsider).status).toBe(403);
});

test('[rows 15 and 16] its authors, by name or the responsables of the linked community', async () => {
  expect((await page()).note.authors.map((one) => one.name)).toEqual(['Aurore']);
  const followed = await yvette.json<NotePage>('PATCH', `/api/notes/${note}`, { authorMode: 'community' });
  expect(followed.note.authors.map((one) => one.name)).toEqual(['Rosalie', 'Aurore']);
  await yvette.json('PATCH', `/api/notes/${note}`, { authorMode: 'people' });
});

test('[row 17] a message from the note reaches its authors', async () => {
  await home.people.signedIn.json('POST', `/api/notes/${note}/messages`, { text: 'Bravo' });
  const { notices } = await yvette.json<{ notices: NoticeLine[] }>('GET', '/api/notices');
  expect(notices[0]).toMatchObject({ kind: 'message', text: 'Bravo', title: 'Jardins de ruelle' });
});

test('[rows 18 and 19] one linked community, whose page shows the note, its carnets and its members', async () => {
  expect((await page(xavier)).community).toEqual({ id: home.ours, name: 'La nôtre' });
  await yvette.json('PATCH', `/api/carnets/${birthCarnet}`, { community: home.ours });
  const community = await xavier.json<CommunityPage>('GET', `/api/communities/${home.ours}`);
  expect([
    community.notes.map((one) => one.id),
    community.carnets.map((one) => one.id),
    [...community.responsables, ...community.members].map((one) => one.name).sort(),
  ]).toEqual([[note], [birthCarnet], ['Aurore', 'Gérard', 'Marcel', 'Rosalie']]);
});

test('[row 20] [R118] a person’s page: name, organisation, notes, carnets, bases and communities, each as far as the reader may know of it', async () => {
  const reader = home.people.signedIn;
  const kept = await yvette.json<NotePage>('POST', '/api/notes', {
    title: 'Ruelles en commun',
    kind: 'organisation',
  });
  const profile = (who: Somebody) => who.json<ProfilePage>('GET', `/api/people/${yvette.id}`);
  await yvette.json('PATCH', '/api/session/profile', {
    organisation: 'À mon compte',
    organisationNote: kept.note.id,
    presentation: ' Je jardine. ',
  });
  const own = await profile(yvette);
  expect(own).toMatchObject({
    person: { name: 'Aurore' },
    organisation: 'À mon compte',
    organisationNote: { title: 'Ruelles en commun' },
    presentation: 'Je jardine.',
  });
  expect(own.carnets.map((one) => one.id)).toContain(birthCarnet);
  // Nothing but what is shown here: no address, and of a private note no title.
  const seen = await profile(reader);
  expect(Object.keys(seen.person).sort()).toEqual(['colour', 'id', 'kind', 'name']);
  expect(seen.organisationNote).toBeNull();
  expect(seen.communities).toEqual([{ id: home.ours, name: 'La nôtre' }]);
  const { collection: base } = await yvette.json<BasePage>('POST', '/api/bases', { title: 'Les ruelles' });
  expect((await profile(reader)).bases).toEqual([]);
  await yvette.json('PATCH', `/api/bases/${base.id}`, { visibility: 'members' });
  for (const who of [yvette, reader])
    expect((await profile(who)).bases.map((one) => one.title)).toEqual(['Les ruelles']);
  await yvette.json('POST', '/api/carnets', { title: 'Réservé' });
  expect((await profile(reader)).carnets.map((one) => one.title)).not.toContain('Réservé');
  const notesOf = async (who: Somebody) => {
    const path = `/api/notes?author=${yvette.id}&limit=2`;
    return who.json<{ notes: { id: string }[]; total: number }>('GET', path);
  };
  const [hers, theirs] = [await notesOf(yvette), await notesOf(reader)];
  expect(hers.notes).toHaveLength(2);
  expect(hers.total).toBeGreaterThan(theirs.total);
  expect(theirs.notes.map((one) => one.id)).toContain(note);
  // A member of the community is on its members' pages for its members alone.
  const member = home.people.communityMember;
  const asMember = async (who: Somebody) =>
    (await who.json<ProfilePage>('GET', `/api/people/${member.id}`)).communities.map((one) => one.name);
  expect([await asMember(yvette), await asMember(reader)]).toEqual([['La nôtre'], []]);
  // Somebody unknown, and a note that is no organisation or not one's to read, are refused alike.
  const refused = [
    await reader.fetch('/api/people/AAAAAAAAAAAAAAAAAAAAAA'),
    ...(await Promise.all(
      [kept.note.id, note].map((organisationNote) =>
        reader.fetch('/api/session/profile', { method: 'PATCH', json: { organisationNote } }),
      ),
    )),
  ];
  for (const answer of refused)
    expect([answer.status, await answer.json()]).toEqual([403, { error: { code: 'not_allowed' } }]);
  expect((await home.full.visitor().fetch(`/api/people/${yvette.id}`)).status).toBe(401);
});

test('[rows 22 and 23] published on a day, when it first went beyond its authors; modified at a minute', async () => {
  const before = await page();
  expect(formatDate(before.note.publishedAt ?? 0, 'fr', zone)).toBe('17 novembre 2023');
  at(integrated + 60_000);
  for (const visibility of ['authors', 'members', 'public'])
    await yvette.json('PATCH', `/api/notes/${note}`, { visibility });
  const after = await page();
  expect([after.note.publishedAt, after.note.modifiedAt]).toEqual([
    before.note.publishedAt,
    before.note.modifiedAt,
  ]);
});

test('[row 24] its authors see the history of its modifications', async () => {
  const path = `/api/notes/${note}/versions`;
  expect((await yvette.json<{ currentSeq: number }>('GET', path)).currentSeq).toBeGreaterThan(1);
});

test('[row 25] its visibility is always said, and its authors choose it', async () => {
  expect((await home.full.visitor().json<NotePage>('GET', `/api/notes/${note}`)).note.visibility).toBe(
    'public',
  );
  const attempt = xavier.fetch(`/api/notes/${note}`, { method: 'PATCH', json: { visibility: 'authors' } });
  expect((await attempt).status).toBe(403);
});

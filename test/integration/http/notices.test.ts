import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CarnetPage } from '#shared/api/collections.ts';
import type { z } from 'zod';
import type { NoticeLine, noticeListSchema } from '#shared/api/notices.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { ThreadLine } from '#shared/api/threads.ts';
import { addEntry } from '#shared/document/fields.ts';
import { defaultNoticeSettings } from '#shared/domain/NoticeSettings.ts';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { newId } from '#server/secrets.ts';
import type { NoticeRecord } from '#server/storage/ports/Trace.ts';
import { FakeTimers } from '../../support/fakeTimers.ts';
import { type Household, type Somebody, newHousehold } from '../../support/newHousehold.ts';
import { storages } from '../../support/storages.ts';

const minute = 60_000;

describe.each(storages)('over %s', (storage) => {
  let home: Household;
  let timers: FakeTimers;
  beforeEach(async () => {
    timers = new FakeTimers(Date.now());
    home = await newHousehold({ storage, timers });
  });
  afterEach(() => home.full.close());

  const operations = () => home.full.relay.operations;
  const inbox = async (who: Somebody) =>
    (await who.json<{ notices: NoticeLine[] }>('GET', '/api/notices')).notices;
  const told = async (who: Somebody) =>
    (await inbox(who)).map(({ kind, from, title, within }) => [
      kind,
      from?.name ?? null,
      title,
      within?.title ?? null,
    ]);
  const read = (who: Somebody) => who.json('POST', '/api/notices/read', { until: timers.now() });
  const choose = (who: Somebody, more: object) =>
    who.json('PUT', '/api/notices/settings', { ...defaultNoticeSettings, ...more });
  const write = (who: Somebody, note: string, words: string) =>
    operations().documents.change(note as NoteId, { person: who.id, operation: 'test' }, (doc) =>
      doc.getText('title').insert(0, words),
    );
  const newNote = async (who: Somebody, title: string, visibility = 'members') => {
    const { note } = await who.json<NotePage>('POST', '/api/notes', { title });
    await operations().catalogue.notes.change(note.id, {
      community: home.ours,
      visibility: visibility as never,
    });
    return note.id;
  };
  const newCarnet = async (who: Somebody, title: string, visibility = 'members') => {
    const { collection: carnet } = await who.json<CarnetPage>('POST', '/api/carnets', { title });
    await operations().catalogue.carnets.change(carnet.id, { visibility: visibility as never });
    return carnet.id;
  };
  const integrate = (who: Somebody, carnet: CarnetId, noteId: NoteId) =>
    who.json('POST', `/api/carnets/${carnet}/entries`, { memberIds: [noteId] });

  test('[R130] the authors of a note are told that somebody put it in a carnet that they can see, once', async () => {
    const { author, manager } = home.people;
    const note = await newNote(author, 'Le jardin');
    const [open, closed] = [await newCarnet(manager, 'Récits'), await newCarnet(manager, 'À moi', 'authors')];
    await integrate(manager, closed, note);
    await integrate(manager, open, note);
    const wanted = [['integrated', 'Gérard', 'Le jardin', 'Récits']];
    expect(await told(author)).toEqual(wanted);
    // A manager puts it there by the document itself, too.
    const other = await newNote(author, 'Le puits');
    await operations().documents.change(open, { person: manager.id, operation: 'test' }, (doc) =>
      addEntry(doc, { memberId: other, order: 'z', category: null, pinned: false }),
    );
    await operations().indexer.indexNow(open);
    await operations().indexer.indexNow(open);
    expect(await told(author)).toEqual([['integrated', 'Gérard', 'Le puits', 'Récits'], ...wanted]);
    expect(await told(manager)).toEqual([]);
    // The carnet is closed to them afterwards: its title is not told any more.
    await operations().catalogue.carnets.change(open, { visibility: 'authors' });
    expect(await told(author)).toContainEqual(['integrated', 'Gérard', 'Le jardin', null]);
  });

  test('[R130] a rebuild of the index tells nothing again', async () => {
    const { author, manager } = home.people;
    const note = await newNote(author, 'Le jardin');
    const carnet = await newCarnet(manager, 'Récits');
    await integrate(manager, carnet, note);
    await read(author);
    await operations().catalogue.derived.clear();
    await operations().indexer.indexNow(note);
    await operations().indexer.indexNow(carnet);
    expect((await inbox(author)).filter((one) => one.readAt === null)).toEqual([]);
  });

  test('[R131] who put a note in a carnet is told at the end of a sitting that somebody else changed it, once until they read it', async () => {
    const { author, manager } = home.people;
    const note = await newNote(author, 'Le jardin');
    await write(author, note, 'Avant : ');
    const carnet = await newCarnet(manager, 'Récits');
    await integrate(manager, carnet, note);
    timers.advance(11 * minute);
    await operations().history.settled();
    expect(await told(manager)).toEqual([]);

    const sitting = async (who: Somebody) => {
      await write(who, note, 'x');
      await write(who, note, 'y');
      expect((await inbox(manager)).filter((one) => one.readAt === null)).toEqual([]);
      timers.advance(11 * minute);
      await operations().history.settled();
    };
    await sitting(author);
    const title = 'yxAvant : Le jardin';
    await operations().indexer.indexNow(note);
    expect(await told(manager)).toEqual([['changed', 'Aurore', title, 'Récits']]);
    await write(author, note, 'z');
    timers.advance(11 * minute);
    await operations().history.settled();
    expect(await inbox(manager)).toHaveLength(1);
    await read(manager);
    // What they change themselves is not told to them.
    await operations().catalogue.notes.addPerson(note, manager.id, 'author', 5);
    await sitting(manager);
    expect(await inbox(manager)).toHaveLength(1);
    await sitting(author);
    expect(await inbox(manager)).toHaveLength(2);
    // Whoever may not read the note any more is told nothing of it.
    await read(manager);
    await operations().catalogue.notes.removeAuthor(note, manager.id);
    await operations().catalogue.notes.change(note, { visibility: 'authors' });
    await sitting(author);
    expect(await inbox(manager)).toHaveLength(2);
  });

  test('[R132] a discussion of a note is announced to its community, as far as it may read the note', async () => {
    const { author, communityMember, communityResponsable, signedIn } = home.people;
    const note = await newNote(author, 'Le jardin', 'community');
    const start = (who: Somebody, more: object = {}) =>
      who.json<ThreadLine>('POST', `/api/notes/${note}/threads`, {
        id: newId(),
        message: { id: newId(), text: 'Et l’eau ?' },
        ...more,
      });
    const announced = { announce: true };
    await start(communityMember);
    expect(await told(communityResponsable)).toEqual([]);
    await start(communityMember, announced);
    expect(await told(communityResponsable)).toEqual([['announced', 'Marcel', 'Le jardin', null]]);
    expect(await told(author)).toEqual([['discussed', 'Marcel', 'Le jardin', null]]);
    expect([...(await told(signedIn)), ...(await told(communityMember))]).toEqual([]);
    // Sent again it is announced once; another time it is one notice with the first, until that was read.
    const again = { id: newId(), ...announced, message: { id: newId(), text: 'Et le soleil ?' } };
    await start(communityMember, again);
    await start(communityMember, again);
    const counts = async () =>
      (await communityResponsable.json<{ notices: NoticeLine[] }>('GET', '/api/notices')).notices.map(
        (one) => one.count,
      );
    expect(await counts()).toEqual([2]);
    await operations().catalogue.notes.change(note, { visibility: 'authors' });
    await start(author, announced);
    expect(await counts()).toEqual([2]);
    // Who is not in the community says it, and nobody else is told.
    await operations().catalogue.notes.change(note, { visibility: 'members' });
    await start(signedIn, announced);
    expect(await counts()).toEqual([2]);
  });

  test('[R133] the others are told of a new author and of a new member; who decided is not told what they did', async () => {
    const { author, signedIn, communityResponsable, communityMember } = home.people;
    const note = await newNote(author, 'Le jardin');
    await author.json('POST', `/api/notes/${note}/authors`, { personId: communityMember.id });
    await signedIn.json('POST', `/api/notes/${note}/edit-requests`, {});
    await communityMember.json('POST', `/api/notes/${note}/edit-requests/${signedIn.id}`, { approved: true });
    expect(await told(author)).toContainEqual(['author_joined', 'Simone', 'Le jardin', null]);
    expect((await told(communityMember)).map(([kind]) => kind)).toEqual(['edit_asked', 'author_added']);

    await signedIn.json('POST', `/api/communities/${home.ours}/requests`, {});
    await author.json('POST', `/api/communities/${home.ours}/requests/${signedIn.id}`, { approved: true });
    expect(await told(communityResponsable)).toContainEqual(['member_joined', 'Simone', 'La nôtre', null]);
    expect((await told(author)).map(([kind]) => kind)).not.toContain('member_joined');
    const { url } = await author.json<{ url: string }>('POST', '/api/invitations', {
      subject: 'community',
      subjectId: home.ours,
      role: 'member',
    });
    await home.full.join(url, 'Nadine');
    for (const who of [author, communityResponsable])
      expect(await told(who)).toContainEqual(['member_joined', 'Nadine', 'La nôtre', null]);
  });

  test('[R134] each person chooses what they are told of, and in which language letters come', async () => {
    const { author, manager } = home.people;
    expect(await author.json('GET', '/api/notices/settings')).toEqual(defaultNoticeSettings);
    await author.json('PUT', '/api/notices/language', { language: 'en', timeZone: 'Europe/Paris' });
    await author.json('PUT', '/api/notices/language', { language: 'fr', timeZone: 'Asia/Tokyo' });
    const kept = { ...defaultNoticeSettings, language: 'fr', timeZone: 'Europe/Paris' };
    expect(await author.json('GET', '/api/notices/settings')).toEqual(kept);
    const ways = { ...defaultNoticeSettings.ways, integrated: 'none' };
    await choose(author, { ways });
    const note = await newNote(author, 'Le jardin');
    await integrate(manager, await newCarnet(manager, 'Récits'), note);
    expect(await inbox(author)).toEqual([]);
    for (const wrong of [{ hour: 24 }, { timeZone: 'Nulle/Part' }, { ways: { message: 'mail' } }]) {
      const json = { ...defaultNoticeSettings, ...wrong };
      expect((await author.fetch('/api/notices/settings', { method: 'PUT', json })).status).toBe(400);
    }
    expect((await home.full.visitor().fetch('/api/notices/settings')).status).toBe(401);
  });

  test('[R135] a message is answered through the application, by who it went to alone', async () => {
    const { author, signedIn, manager } = home.people;
    const note = await newNote(author, 'Le jardin');
    await signedIn.json('POST', `/api/notes/${note}/messages`, { text: 'Bonjour' });
    const [message] = await inbox(author);
    await author.json('POST', `/api/notices/${message!.id}/answer`, { text: 'Merci' });
    expect(await inbox(signedIn)).toEqual([
      expect.objectContaining({ kind: 'message', text: 'Merci', title: 'Le jardin' }),
    ]);
    const answer = (who: Somebody, id: string) =>
      who.fetch(`/api/notices/${id}/answer`, { method: 'POST', json: { text: 'Moi aussi' } });
    await author.json('POST', `/api/notes/${note}/authors`, { personId: home.people.communityMember.id });
    const [added] = await inbox(home.people.communityMember);
    const refusals = [
      await answer(manager, message!.id),
      await answer(manager, newId()),
      await answer(home.people.communityMember, added!.id),
    ];
    expect(await Promise.all(refusals.map(async (one) => `${one.status} ${await one.text()}`))).toEqual(
      refusals.map(() => '403 {"error":{"code":"not_allowed"}}'),
    );
  });

  test('[R188] a full inbox is read page by page, each notice once, also while new ones come; reading marks what is further down', async () => {
    const { author, manager } = home.people;
    const { notices } = operations().catalogue;
    const about = (who: Somebody, at: number): NoticeRecord => ({
      id: newId(),
      person: who.id,
      kind: 'community_left',
      subject: 'community',
      subjectId: home.ours,
      within: null,
      from: null,
      text: null,
      at,
      readAt: null,
      count: 1,
    });
    const all = Array.from({ length: 230 }, (_, at) => about(author, at));
    const other = about(manager, 5);
    await notices.add([...all.slice(0, 100), other, ...all.slice(100)]);
    const page = (before?: string) =>
      author.json<z.infer<typeof noticeListSchema>>(
        'GET',
        `/api/notices${before === undefined ? '' : `?before=${before}`}`,
      );
    const first = await page();
    expect([first.notices.length, first.unread, first.hasMore]).toEqual([100, 230, true]);
    await notices.add([about(author, 900)]);
    const second = await page(first.notices.at(-1)?.id);
    const third = await page(second.notices.at(-1)?.id);
    expect([second.notices.length, second.hasMore, third.notices.length, third.hasMore]).toEqual([
      100,
      true,
      30,
      false,
    ]);
    expect([...first.notices, ...second.notices, ...third.notices].map(({ id }) => id)).toEqual(
      all.map(({ id }) => id).toReversed(),
    );
    const { readAt } = await author.json<{ readAt: number }>('POST', '/api/notices/read', { until: 229 });
    expect((await page(second.notices.at(-1)?.id)).notices.every((one) => one.readAt === readAt)).toBe(true);
    expect((await page()).unread).toBe(1);
    expect((await notices.get(other.id))?.readAt).toBeNull();
    // Of somebody else's, and of none, nothing is told.
    for (const before of [other.id, newId()])
      expect((await author.fetch(`/api/notices?before=${before}`)).status).toBe(403);
  });
});

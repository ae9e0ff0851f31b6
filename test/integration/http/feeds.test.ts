import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CarnetPage } from '#shared/api/collections.ts';
import type { NotePage } from '#shared/api/notes.ts';
import { addEntry } from '#shared/document/fields.ts';
import { body, paragraph } from '#shared/document/buildContent.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { type Visibility, visibilities } from '#shared/domain/Visibility.ts';
import { newId, newSecret } from '#server/secrets.ts';
import { type Household, type Somebody, newHousehold } from '../../support/newHousehold.ts';
import { storages } from '../../support/storages.ts';

const nothing = { audit: [], notices: [] };
const refused = '404 text/plain; charset=UTF-8 404';

describe.each(storages)('over %s', (storage) => {
  let home: Household;
  let clock: number;
  beforeEach(async () => {
    clock = Date.UTC(2026, 2, 5, 15, 41);
    home = await newHousehold({ storage, now: () => clock++ });
  });
  afterEach(() => home.full.close());

  const operations = () => home.full.relay.operations;
  const write = async (id: NoteId, title: string, words: string) => {
    const act = { person: home.people.author.id, operation: 'test' };
    await operations().documents.change(id, act, (doc) => {
      replaceNoteContent(doc, { title, body: body(paragraph(words)), language: 'fr' });
    });
    await operations().indexer.indexNow(id);
  };
  const newNote = async (title: string, words: string, visibility: Visibility = 'public') => {
    const { note } = await home.people.author.json<NotePage>('POST', '/api/notes', { title });
    await write(note.id, title, words);
    await operations().catalogue.notes.change(note.id, { community: home.ours, visibility });
    return note.id;
  };
  const newCarnet = async (title: string, visibility: Visibility, ...notes: NoteId[]) => {
    const { manager } = home.people;
    const { collection: carnet } = await manager.json<CarnetPage>('POST', '/api/carnets', { title });
    await operations().catalogue.carnets.change(carnet.id, { community: home.ours, visibility });
    for (const note of notes)
      await operations().documents.change(carnet.id, { person: manager.id, operation: 'test' }, (doc) => {
        addEntry(doc, { memberId: note, order: 'a', category: null, pinned: false });
      });
    await operations().indexer.indexNow(carnet.id);
    return carnet.id;
  };
  /** What somebody is answered; a visitor by default. */
  const read = async (path: string, headers: Record<string, string> = {}, who = home.full.visitor()) => {
    const answer = await who.fetch(path, { headers });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const answerTo = async (path: string, who?: Somebody) => {
    const { status, headers, text } = await read(path, {}, who);
    return `${status} ${headers.get('content-type') ?? ''} ${text}`;
  };

  test('[R140] a feed holds what everybody may read, and no title, word or address of anything else', async () => {
    const shown = await newNote('Le <jardin> & l’eau', 'On y sème.');
    const secrets: NoteId[] = [];
    for (const visibility of visibilities.filter((one) => one !== 'public'))
      secrets.push(await newNote(`Secret de ${visibility}`, 'Chut.', visibility));
    const gone = await newNote('À la corbeille', 'Jeté.');
    await operations().catalogue.notes.change(gone, { trashedAt: 5 });
    await write(shown, 'Le <jardin> & l’eau', 'Un mot effacé.');
    await write(shown, 'Le <jardin> & l’eau', 'On y sème.');
    const carnet = await newCarnet('Récits', 'public', shown, ...secrets, gone);
    const closed = await newCarnet('Carnet fermé', 'members', shown);
    await operations().catalogue.communities.change(home.ours, { isPublic: true }, nothing);
    for (const path of [
      `/flux/notes/${shown}`,
      `/flux/carnets/${carnet}`,
      `/flux/communities/${home.ours}`,
    ]) {
      const { status, headers, text } = await read(path);
      expect([status, headers.get('content-type')]).toEqual([200, 'application/atom+xml; charset=utf-8']);
      expect(text).toContain('<title>Le &lt;jardin&gt; &amp; l’eau</title>');
      expect(text).toContain(`href="${home.full.url}/notes/${shown}"`);
      expect(text).toContain('<author><name>Aurore</name></author>');
      for (const secret of [
        ...secrets,
        gone,
        closed,
        'Secret de',
        'Chut',
        'corbeille',
        'Jeté',
        'effacé',
        'fermé',
      ])
        expect(text, `${path}: ${secret}`).not.toContain(secret);
    }
    // Whoever is signed in is answered as everybody is.
    const path = `/flux/carnets/${carnet}`;
    expect(await answerTo(path, home.people.manager)).toBe(await answerTo(path));
  });

  test('[R140] what is not for everybody has no feed, as what is not there', async () => {
    const paths = [`/flux/notes/${newId()}`, '/flux/notes/x', `/flux/mine/${newSecret()}`, '/flux/mine/x'];
    for (const visibility of visibilities.filter((one) => one !== 'public')) {
      const note = await newNote('Secret', 'Chut.', visibility);
      const carnet = await newCarnet('Secret', visibility, note);
      paths.push(`/flux/notes/${note}`, `/flux/carnets/${carnet}`, `/flux/carnets/${note}`);
    }
    // Nor has a community that does not show itself to everybody, whatever is linked to it.
    await newNote('Ouverte', 'Oui.');
    paths.push(`/flux/communities/${home.ours}`, `/flux/communities/${newId()}`);
    for (const path of paths)
      for (const who of [undefined, home.people.author])
        expect(`${path}: ${await answerTo(path, who)}`).toBe(`${path}: ${refused}`);
  });

  test('[R141] a feed is Atom 1.0, keeps its ids, and says when it has not changed', async () => {
    const first = await newNote('Premier', 'Un.');
    const second = await newNote('Second\u0007\uFFFF', 'Deux \u0000\uD800.');
    const path = `/flux/carnets/${await newCarnet('Récits', 'public', first, second)}`;
    const { headers, text } = await read(path);
    expect(
      text.startsWith(
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">',
      ),
    ).toBe(true);
    const ids = [...text.matchAll(/<id>(.*?)<\/id>/g)].map(([, id]) => id!);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    // Of the feed and of each entry: a title, a date; each element that a feed has once, once.
    expect(text.match(/<updated>\d{4}-\d\d-\d\dT[\d:.]+Z<\/updated>/g)).toHaveLength(3);
    expect(text.match(/<link rel="self"/g)).toHaveLength(1);
    expect(text).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/);
    const dates = [...text.matchAll(/<entry.*?<updated>(.*?)<\/updated>/g)].map(([, date]) => date!);
    expect(dates).toEqual(dates.toSorted().toReversed());
    expect(text.slice(0, text.indexOf('<entry'))).toContain(`<updated>${dates[0]}</updated>`);

    const same = { 'if-none-match': headers.get('etag') ?? '' };
    expect(await read(path, same)).toMatchObject({ status: 304, text: '' });
    await write(first, 'Premier, revu', 'Un.');
    const changed = await read(path, same);
    expect(changed.status).toBe(200);
    expect([...changed.text.matchAll(/<id>(.*?)<\/id>/g)].map(([, id]) => id!).toSorted()).toEqual(
      ids.toSorted(),
    );
    await operations().catalogue.notes.change(first, { visibility: 'authors' });
    expect((await read(path)).text).not.toContain('Premier');
  });

  test('[R142] a person’s own feed obeys their rights at each reading, until its secret is changed or taken back', async () => {
    const { communityMember, signedIn } = home.people;
    const note = await newNote('Entre nous', 'Chut.', 'community');
    const own = await newNote('À l’autrice', 'Chut.', 'authors');
    expect(await communityMember.json('GET', '/api/feed')).toEqual({ createdAt: null });
    const make = async (who: Somebody) => (await who.json<{ url: string }>('POST', '/api/feed')).url;
    const url = await make(communityMember);
    expect(url).toMatch(new RegExp(`^${home.full.url}/flux/mine/[A-Za-z0-9_-]{43}$`));
    const path = new URL(url).pathname;
    const { status, text } = await read(path);
    expect([status, text.includes('Entre nous'), text.includes('À l’autrice')]).toEqual([200, true, false]);
    expect(text).not.toContain(own);
    const outside = new URL(await make(signedIn)).pathname;
    expect((await read(outside)).text).not.toContain(note);

    await operations().catalogue.communities.setRole(home.ours, communityMember.id, null, 5, nothing);
    expect((await read(path)).text).not.toContain('Entre nous');
    await operations().catalogue.notes.change(note, { visibility: 'members' });
    expect((await read(path)).text).toContain('Entre nous');

    const next = new URL(await make(communityMember)).pathname;
    expect(await answerTo(path)).toBe(refused);
    expect((await read(next)).status).toBe(200);
    expect((await communityMember.fetch('/api/feed', { method: 'DELETE' })).status).toBe(204);
    expect(await answerTo(next)).toBe(refused);
    expect((await read(outside)).status).toBe(200);
    expect((await home.full.visitor().fetch('/api/feed', { method: 'POST' })).status).toBe(401);
  });

  test('public pages say where their feed is', async () => {
    const note = await newNote('Le jardin', 'On y sème.');
    const carnet: CarnetId = await newCarnet('Récits', 'public', note);
    for (const path of [`/notes/${note}`, `/carnets/${carnet}`])
      expect((await read(path)).text).toContain(
        `<link rel="alternate" type="application/atom+xml" title="Calepin" href="${home.full.url}/flux${path}">`,
      );
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { BasePage, CarnetPage, CollectionPage } from '#shared/api/collections.ts';
import type { CommunityPage } from '#shared/api/communities.ts';
import type { NotePage, SearchResults } from '#shared/api/notes.ts';
import { addCategory } from '#shared/document/fields.ts';
import type { CategoryId, CollectionId } from '#shared/domain/ids.ts';
import { emptyTrash } from '#server/operations/emptyTrash.ts';
import type { RelayAdapters } from '#server/index.ts';
import { newId } from '#server/secrets.ts';
import { makePng } from '../export/makePng.ts';
import { type Household, newHousehold, type Somebody } from '../../support/newHousehold.ts';

// Carnets and bases are one resource: what is asked here of one kind is done by the same code for the other.

let home: Household;
let adapters: RelayAdapters;
beforeAll(async () => {
  home = await newHousehold({
    storage: 'sqlite',
    adapt: (own) => {
      adapters = own;
      return own;
    },
  });
});
afterAll(() => home.full.close());

const newCarnet = (who: Somebody, title: string) => who.json<CarnetPage>('POST', '/api/carnets', { title });
const newBase = (who: Somebody, title: string) => who.json<BasePage>('POST', '/api/bases', { title });
const status = async (answer: Promise<Response>): Promise<number> => (await answer).status;
const write = (id: CollectionId, change: (doc: Y.Doc) => void) =>
  home.full.relay.operations.documents.change(id, { person: null, operation: 'test' }, change);

describe('a base', () => {
  test('[R152] gathers carnets by dated, attributed acts, several at once; the same one may be in several; nothing of it changes', async () => {
    const { manager, contributor } = home.people;
    const one = (await newCarnet(manager, 'Un')).collection;
    const two = (await newCarnet(contributor, 'Deux')).collection;
    await contributor.json('PATCH', `/api/carnets/${two.id}`, { visibility: 'members' });
    const before = (await contributor.json<CarnetPage>('GET', `/api/carnets/${two.id}`)).collection;
    const base = (await newBase(manager, 'Vie de quartier')).collection;
    const page = await manager.json<BasePage>('POST', `/api/bases/${base.id}/entries`, {
      memberIds: [one.id, two.id, one.id],
    });
    expect(page.entries.map((entry) => [entry.carnet?.title, entry.integratedBy?.name, entry.note])).toEqual([
      ['Un', 'Gérard', null],
      ['Deux', 'Gérard', null],
    ]);
    expect(page.collection.memberCount).toBe(2);
    expect((await contributor.json<CarnetPage>('GET', `/api/carnets/${two.id}`)).collection).toEqual(before);
    const other = (await newBase(manager, 'Autre')).collection;
    await manager.json('POST', `/api/bases/${other.id}/entries`, { memberIds: [two.id] });
    const places = (await manager.json<CarnetPage>('GET', `/api/carnets/${two.id}`)).bases;
    expect(places.map((place) => [place.title, place.integratedBy?.name, place.memberCount])).toEqual([
      ['Autre', 'Gérard', 1],
      ['Vie de quartier', 'Gérard', 2],
    ]);
    // Whoever may not read the bases is not told of them.
    expect((await contributor.json<CarnetPage>('GET', `/api/carnets/${two.id}`)).bases).toEqual([]);
  });

  test('shows no title of a carnet that one may not read, and takes none', async () => {
    const { manager, signedIn } = home.people;
    const closed = (await newCarnet(manager, 'Salaires')).collection;
    const base = (await newBase(manager, 'Ouverte')).collection;
    await manager.json('POST', `/api/bases/${base.id}/entries`, { memberIds: [closed.id] });
    await manager.json('PATCH', `/api/bases/${base.id}`, { visibility: 'members' });
    const page = await signedIn.json<BasePage>('GET', `/api/bases/${base.id}`);
    expect(page.entries.map(({ carnet }) => carnet)).toEqual([null]);
    expect(JSON.stringify(page)).not.toContain('Salaires');
    const own = (await newBase(signedIn, 'À moi')).collection;
    const mine = (await newCarnet(signedIn, 'À moi')).collection;
    const attempt = { method: 'POST', json: { memberIds: [mine.id, closed.id] } };
    expect(await status(signedIn.fetch(`/api/bases/${own.id}/entries`, attempt))).toBe(403);
    expect((await signedIn.json<BasePage>('GET', `/api/bases/${own.id}`)).entries).toEqual([]);
  });

  test('[R152] holds no base and no note; a carnet holds no carnet', async () => {
    const { manager } = home.people;
    const base = (await newBase(manager, 'Base')).collection;
    const carnet = (await newCarnet(manager, 'Carnet')).collection;
    const { note } = await manager.json<NotePage>('POST', '/api/notes', {});
    const put = (path: string, id: string) =>
      status(manager.fetch(`/api/${path}/entries`, { method: 'POST', json: { memberIds: [id] } }));
    expect([
      await put(`bases/${base.id}`, base.id),
      await put(`bases/${base.id}`, note.id),
      await put(`carnets/${carnet.id}`, carnet.id),
      await put(`carnets/${base.id}`, note.id),
      await put(`bases/${carnet.id}`, carnet.id),
    ]).toEqual([403, 403, 403, 403, 403]);
  });

  test('a carnet is made in it by one act; one in the trash keeps its place; the base goes to the trash and is destroyed alone', async () => {
    const { manager } = home.people;
    const base = (await newBase(manager, 'Passagère')).collection;
    const { collection: carnet, bases } = await manager.json<CarnetPage>('POST', '/api/carnets', {
      title: 'Né ici',
      baseId: base.id,
    });
    expect(bases.map((one) => one.title)).toEqual(['Passagère']);
    await manager.fetch(`/api/carnets/${carnet.id}`, { method: 'DELETE' });
    expect((await manager.json<BasePage>('GET', `/api/bases/${base.id}`)).entries).toEqual([]);
    await manager.json('POST', `/api/carnets/${carnet.id}/untrash`);
    expect((await manager.json<BasePage>('GET', `/api/bases/${base.id}`)).collection.memberCount).toBe(1);

    await manager.fetch(`/api/bases/${base.id}`, { method: 'DELETE' });
    const trash = await manager.json<{ bases: { id: string }[] }>('GET', '/api/bases?trash=1');
    expect(trash.bases.map((one) => one.id)).toContain(base.id);
    expect((await manager.json<CarnetPage>('GET', `/api/carnets/${carnet.id}`)).bases).toEqual([]);
    const { operations } = home.full.relay;
    await operations.catalogue.bases.change(base.id, { trashedAt: 1 });
    await emptyTrash({ ...operations, versions: adapters.versions }, new AbortController().signal);
    expect(await status(manager.fetch(`/api/bases/${base.id}`))).toBe(403);
    expect((await manager.json<CarnetPage>('GET', `/api/carnets/${carnet.id}`)).collection.title).toBe(
      'Né ici',
    );
  });

  test('is found by its title, shows on its community’s page, and what was done to it is in the register', async () => {
    const { manager, communityMember, signedIn } = home.people;
    const base = (await newBase(manager, 'Mémoires vivantes')).collection;
    await manager.json('PATCH', `/api/bases/${base.id}`, { community: home.ours, visibility: 'community' });
    const found = async (who: Somebody) =>
      (await who.json<SearchResults>('GET', '/api/search?q=memoires')).bases.map((one) => one.title);
    expect([await found(communityMember), await found(signedIn)]).toEqual([['Mémoires vivantes'], []]);
    const page = await communityMember.json<CommunityPage>('GET', `/api/communities/${home.ours}`);
    expect(page.bases.map((one) => one.title)).toEqual(['Mémoires vivantes']);
    expect(page.activity.map((line) => [line.kind, line.base?.title])).toContainEqual([
      'base_linked',
      'Mémoires vivantes',
    ]);
    const acts = await home.full.relay.operations.catalogue.register.about(base.id);
    expect(acts.map(({ act, value }) => [act, value])).toEqual([
      ['base.visibility', 'community'],
      ['base.community', home.ours],
    ]);
  });

  test('that everybody may read is a page without a script, in the sitemap, with only what everybody may read', async () => {
    const { manager } = home.people;
    const base = (await newBase(manager, 'Base publique')).collection;
    const open = (await newCarnet(manager, 'Carnet public')).collection;
    const closed = (await newCarnet(manager, 'Carnet réservé')).collection;
    await manager.json('PATCH', `/api/carnets/${open.id}`, { visibility: 'public' });
    await manager.json('POST', `/api/bases/${base.id}/entries`, { memberIds: [open.id, closed.id] });
    const visitor = home.full.visitor();
    const isIn = async () =>
      (await (await visitor.fetch(`/bases/${base.id}`)).text()).includes('public-page');
    expect(await isIn()).toBe(false);
    await manager.json('PATCH', `/api/bases/${base.id}`, { visibility: 'public' });
    await home.full.relay.operations.indexer.indexNow(base.id);
    const html = await (await visitor.fetch(`/bases/${base.id}`)).text();
    expect(html).toContain(`<a href="/carnets/${open.id}">Carnet public</a>`);
    expect(html).toContain('og:title" content="Base publique"');
    expect(html).not.toContain('réservé');
    const carnet = await (await visitor.fetch(`/carnets/${open.id}`)).text();
    expect(carnet).toContain(`<a href="/bases/${base.id}">Base publique</a>`);
    expect(await (await visitor.fetch('/sitemap.xml')).text()).toContain(`/bases/${base.id}<`);
  });
});

describe('a carnet, and so a base', () => {
  test('[R154] its guide is for those who may add to it, on its page and on those of its notes', async () => {
    const { manager, contributor, signedIn } = home.people;
    const { collection } = await newCarnet(manager, 'Guidé');
    const { catalogue, indexer } = home.full.relay.operations;
    await catalogue.carnets.addPerson(collection.id, contributor.id, 'contributor', 1);
    await manager.json('PATCH', `/api/carnets/${collection.id}`, { visibility: 'members' });
    const { note } = await contributor.json<NotePage>('POST', '/api/notes', { carnetId: collection.id });
    await contributor.json('PATCH', `/api/notes/${note.id}`, { visibility: 'members' });
    const guides = async (who: Somebody) => [
      (await who.json<CarnetPage>('GET', `/api/carnets/${collection.id}`)).guide,
      (await who.json<NotePage>('GET', `/api/notes/${note.id}`)).carnets[0]?.guide,
    ];
    expect(await guides(contributor)).toEqual([null, null]);
    await write(collection.id, (doc) => {
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [new Y.XmlText('Dites qui parle.')]);
      doc.getXmlFragment('guide').insert(0, [paragraph]);
    });
    await indexer.indexNow(collection.id);
    const said = expect.objectContaining({ type: 'doc' });
    expect([await guides(contributor), await guides(manager), await guides(signedIn)]).toEqual([
      [said, said],
      [said, said],
      [null, null],
    ]);
  });

  test('has at most three lists of ten categories, whatever is written in its document; what is beyond comes back', async () => {
    const { manager } = home.people;
    const { collection } = await newCarnet(manager, 'Rangé');
    const ids: CategoryId[] = [];
    await write(collection.id, (doc) => {
      for (const list of ['', 'Saisons', 'Lieux', 'Gens'])
        for (let n = 0; n < 12; n++) {
          const id = newId<CategoryId>();
          ids.push(id);
          addCategory(doc, {
            id,
            name: `${list} ${n}`,
            order: `a${list}${String.fromCharCode(65 + n)}`,
            list,
          });
        }
    });
    const counted = async () => {
      await home.full.relay.operations.indexer.indexNow(collection.id);
      const { categories } = await manager.json<CarnetPage>('GET', `/api/carnets/${collection.id}`);
      const lists = Map.groupBy(categories, ({ list }) => list);
      return [...lists].map(([list, held]) => [list, held.length, held.at(-1)?.name]);
    };
    expect(await counted()).toEqual([
      ['', 10, ' 9'],
      ['Gens', 10, 'Gens 9'],
      ['Lieux', 10, 'Lieux 9'],
    ]);
    await write(collection.id, (doc) => doc.getMap('categories').delete(ids[0]!));
    expect((await counted())[0]).toEqual(['', 10, ' 10']);
  });

  test('[R191] its managers are told of what is in the trash or gone, by its title as far as they may read it; others are not', async () => {
    const { manager, author, signedIn } = home.people;
    const { operations } = home.full.relay;
    const { collection: carnet } = await manager.json<CarnetPage>('POST', '/api/carnets', {
      title: 'À trier',
    });
    await manager.json('PATCH', `/api/carnets/${carnet.id}`, { visibility: 'members' });
    const newNote = async (who: Somebody, title: string) => {
      const { note } = await who.json<NotePage>('POST', '/api/notes', { title });
      await who.json('PATCH', `/api/notes/${note.id}`, { visibility: 'members' });
      return note.id;
    };
    const [own, lent, lost, kept] = [
      await newNote(manager, 'La mienne'),
      await newNote(author, 'Prêtée'),
      await newNote(manager, 'Perdue'),
      await newNote(manager, 'Gardée'),
    ];
    await manager.json('POST', `/api/carnets/${carnet.id}/entries`, { memberIds: [own, lent, lost, kept] });
    for (const [who, id] of [
      [manager, own],
      [author, lent],
      [manager, lost],
    ] as const)
      await who.json('DELETE', `/api/notes/${id}`);
    await operations.catalogue.notes.change(lost, { trashedAt: 1 });
    await emptyTrash({ ...operations, versions: adapters.versions }, new AbortController().signal);
    const page = async (who: Somebody) => {
      const { entries, away, collection } = await who.json<CarnetPage>('GET', `/api/carnets/${carnet.id}`);
      return {
        shown: entries.map(({ note }) => note?.title),
        count: collection.memberCount,
        away: new Map(
          away.map((one) => [one.memberId, [one.title, one.trashedAt !== null, one.canRestore] as const]),
        ),
      };
    };
    expect(await page(manager)).toEqual({
      shown: ['Gardée'],
      count: 1,
      away: new Map([
        [own, ['La mienne', true, true]],
        [lent, [null, true, false]],
        [lost, [null, false, false]],
      ]),
    });
    expect(await page(signedIn)).toEqual({ shown: ['Gardée'], count: 1, away: new Map() });
    await manager.json('POST', `/api/notes/${own}/untrash`);
    const after = await page(manager);
    expect([after.shown, after.count, after.away.has(own)]).toEqual([['La mienne', 'Gardée'], 2, false]);
    // So in a base, of its carnets.
    const { collection: base } = await manager.json<BasePage>('POST', '/api/bases', { title: 'Une base' });
    await manager.json('POST', `/api/bases/${base.id}/entries`, { memberIds: [carnet.id] });
    await manager.json('DELETE', `/api/carnets/${carnet.id}`);
    const { away } = await manager.json<BasePage>('GET', `/api/bases/${base.id}`);
    expect(away).toMatchObject([{ memberId: carnet.id, title: 'À trier', canRestore: true }]);
  });

  test('[R153] its people are named from one’s communities, given other roles and taken off; it keeps a manager', async () => {
    const { manager, communityMember, signedIn } = home.people;
    const { collection } = await newBase(manager, 'À plusieurs');
    const path = `/api/bases/${collection.id}`;
    const { people } = await manager.json<{ people: { name: string }[] }>('GET', `${path}/candidates`);
    expect(people.map((one) => one.name).sort()).toEqual(['Aurore', 'Marcel', 'Rosalie']);
    const stranger = { personId: signedIn.id, role: 'contributor' };
    expect(await status(manager.fetch(`${path}/people`, { method: 'POST', json: stranger }))).toBe(403);
    await manager.json('POST', `${path}/people`, { personId: communityMember.id, role: 'contributor' });
    const last = { method: 'PATCH', json: { role: 'reader' } };
    expect(await status(manager.fetch(`${path}/people/${manager.id}`, last))).toBe(409);
    expect(await status(manager.fetch(`${path}/people/${manager.id}`, { method: 'DELETE' }))).toBe(409);
    await manager.json('PATCH', `${path}/people/${communityMember.id}`, { role: 'manager' });
    expect(await status(manager.fetch(`${path}/people/${manager.id}`, { method: 'DELETE' }))).toBe(204);
    const left = await communityMember.json<CollectionPage>('GET', path);
    expect([left.managers.map((one) => one.name), left.contributors]).toEqual([['Marcel'], []]);
    const acts = await home.full.relay.operations.catalogue.register.about(collection.id);
    expect(acts.map(({ act, person, value }) => [act, person, value])).toEqual([
      ['base.role', communityMember.id, 'contributor'],
      ['base.role', communityMember.id, 'manager'],
      ['base.role', manager.id, null],
    ]);
  });

  test('its cover is an image with its words, or a colour; the image is seen by who reads it', async () => {
    const { manager, signedIn } = home.people;
    const { collection } = await newCarnet(manager, 'Couvert');
    const path = `/api/carnets/${collection.id}`;
    const send = (type: string, body: Uint8Array<ArrayBuffer>) =>
      manager.fetch(`${path}/cover?name=rue.png`, {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      });
    expect(await status(send('text/plain', new TextEncoder().encode('bonjour')))).toBe(415);
    // More than a request of words may hold.
    const large = new Uint8Array(makePng(1200, 1200, 1));
    const { cover } = ((await (await send('image/png', large)).json()) as CarnetPage).collection;
    const changed = await manager.json<CarnetPage>('PATCH', path, {
      cover: { alternative: 'La rue', colour: 'sapin' },
    });
    expect(changed.collection.cover).toEqual({ image: cover.image, alternative: 'La rue', colour: 'sapin' });
    const seen = () => status(signedIn.fetch(`/api/attachments/${cover.image}`));
    expect(await seen()).toBe(403);
    await manager.json('PATCH', path, { visibility: 'public' });
    expect(await seen()).toBe(200);
    const html = await (await home.full.visitor().fetch(`/carnets/${collection.id}`)).text();
    expect(html).toContain(`<img class="public-cover" src="/api/attachments/${cover.image}" alt="La rue">`);
    const bare = await manager.json<CarnetPage>('PATCH', path, { cover: { image: null } });
    expect(bare.collection.cover).toEqual({ image: null, alternative: 'La rue', colour: 'sapin' });
    expect(await seen()).toBe(403);
  });
});

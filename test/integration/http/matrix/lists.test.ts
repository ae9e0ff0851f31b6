import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { BasePage, CarnetPage } from '#shared/api/collections.ts';
import type { NoticeLine } from '#shared/api/notices.ts';
import type { NotePage, SearchResults } from '#shared/api/notes.ts';
import { body, noteLink, paragraph } from '#shared/document/buildContent.ts';
import { contactOf } from '#shared/document/sheet.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { BaseId, CarnetId, NoteId } from '#shared/domain/ids.ts';
import type { NoticeSubject } from '#shared/domain/Notice.ts';
import { quebecRegions } from '#shared/domain/regions.ts';
import { type Visibility, visibilities } from '#shared/domain/Visibility.ts';
import { opens, policy, type Relation, relations, type SubjectPolicy } from '#shared/permissions/policy.ts';
import { newId } from '#server/secrets.ts';
import type { NoticeRecord } from '#server/storage/ports/Trace.ts';
import { retryUntil } from '../../../support/retryUntil.ts';
import { type MatrixHouse, newMatrixHouse, unknownId, type Who, wordOf } from './matrixHouse.ts';
import { routeTable } from './routeTable.ts';

// What lists, searches, feeds of events, printed files and pages hold for everybody, of a note, a carnet and a base in each visibility: exactly those that the policy lets them read.

interface Thing {
  readonly kind: 'note' | 'carnet' | 'base';
  readonly visibility: Visibility;
  readonly id: string;
}

// Thousands of requests: a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
let house: MatrixHouse;
const things: Thing[] = [];
/** Public: one holds every note, the other is in every carnet and is what every note links to. */
let shelf: CarnetId;
/** Public: it holds every carnet. */
let hall: BaseId;
let target: NoteId;

const titleOf = ({ id }: Thing): string => wordOf(id);
/** Each note is an organisation in a region of its own, so that counting them tells which are counted. */
const regionOf = ({ visibility }: Thing): string => quebecRegions[visibilities.indexOf(visibility)]!;
const notes = (): Thing[] => things.filter(({ kind }) => kind === 'note');
const carnets = (): Thing[] => things.filter(({ kind }) => kind === 'carnet');
const bases = (): Thing[] => things.filter(({ kind }) => kind === 'base');
const notesAndCarnets = (): Thing[] => [...notes(), ...carnets()];

beforeAll(async () => {
  house = await newMatrixHouse();
  const { author, manager } = house.home.people;
  await author.json('PATCH', `/api/communities/${house.home.ours}`, { isPublic: true });
  const { documents, indexer } = house.home.full.relay.operations;
  target = (await author.json<NotePage>('POST', '/api/notes', { title: 'Cible' })).note.id;
  shelf = (await author.json<CarnetPage>('POST', '/api/carnets', { title: 'Étagère' })).collection.id;
  hall = (await author.json<BasePage>('POST', '/api/bases', { title: 'Salle' })).collection.id;
  await author.json('PATCH', `/api/notes/${target}`, { visibility: 'public' });
  await author.json('PATCH', `/api/carnets/${shelf}`, { visibility: 'public' });
  await author.json('PATCH', `/api/bases/${hall}`, { visibility: 'public' });
  for (const visibility of visibilities) {
    const note = await house.make.note(visibility);
    const carnet = await house.make.carnet(visibility);
    const base = await house.make.base(visibility);
    const made: Thing[] = [
      { kind: 'note', visibility, id: note.id },
      { kind: 'carnet', visibility, id: carnet.id },
      { kind: 'base', visibility, id: base.id },
    ];
    things.push(...made);
    await author.json('POST', `/api/carnets/${shelf}/entries`, { memberIds: [note.id] });
    await manager.json('POST', `/api/carnets/${carnet.id}/entries`, { memberIds: [target] });
    await documents.change(note.id as NoteId, { person: author.id, operation: 'test' }, (doc) => {
      const content = body(paragraph('Voir ', noteLink(target)));
      replaceNoteContent(doc, { title: titleOf(made[0]!), body: content, language: 'fr' });
      contactOf(doc).set('region', regionOf(made[0]!));
    });
    for (const one of made.slice(1))
      await documents.change(one.id as CarnetId, { person: manager.id, operation: 'test' }, (doc) => {
        doc.getText('title').delete(0, doc.getText('title').length);
        doc.getText('title').insert(0, titleOf(one));
      });
    // Who fills the hall reads every carnet while they do.
    await house.catalogue.carnets.addPerson(carnet.id as CarnetId, author.id, 'reader', 5);
    await author.json('POST', `/api/bases/${hall}/entries`, { memberIds: [carnet.id] });
    await house.catalogue.carnets.changePerson(carnet.id as CarnetId, author.id, null, {
      audit: [],
      notices: [],
    });
    await house.catalogue.notes.change(note.id as NoteId, { kind: 'organisation' });
    for (const { id } of made) await indexer.indexNow(id as NoteId);
    await author.json('PUT', `/api/carnets/${shelf}/entries/${note.id}/held`, { held: 'now' });
  }
  await indexer.indexNow(shelf);
  await indexer.indexNow(hall);
});
afterAll(() => house.close());

/** What the policy says: whether somebody may read a thing. */
function mayRead(relation: Relation, { kind, visibility }: Thing, act = 'read'): boolean {
  const one = policy[kind] as unknown as SubjectPolicy;
  // Whom the table does not name on this kind of thing is there as what else they are to the community.
  const known: Partial<Record<Relation, Relation>> =
    kind === 'note'
      ? { contributor: 'signedIn', manager: 'communityMember' }
      : { author: 'communityResponsable', commenter: 'signedIn' };
  const held = one.relations[known[relation] ?? relation]![visibility];
  if (one.acts[act]!.signedIn === true && relation === 'anonymous') return false;
  return opens(one, held, act);
}

interface Way {
  /** Route that is asked, as the router names it. */
  readonly route: string;
  readonly of: () => Thing[];
  /** @returns the things that are in the answer, by what is found there of each. */
  readonly holds: (who: Who) => Promise<(thing: Thing) => boolean>;
  /** Whom it is for. Default: everybody. */
  readonly isFor?: (relation: Relation) => boolean;
  readonly act?: string;
  /** It holds what this one may read, whoever asks. */
  readonly as?: Relation;
}
const signedIn = (relation: Relation): boolean => relation !== 'anonymous';
const byId = (text: string) => (thing: Thing) => text.includes(thing.id);
const byTitle = (text: string) => (thing: Thing) => text.includes(titleOf(thing));
const text = async (who: Who, path: string, init: RequestInit & { json?: unknown } = {}) =>
  (await who.fetch(path, init)).text();
const each = async (
  of: Thing[],
  ask: (thing: Thing) => Promise<boolean>,
): Promise<(thing: Thing) => boolean> => {
  const found = new Set<Thing>();
  for (const thing of of) if (await ask(thing)) found.add(thing);
  return (thing) => found.has(thing);
};

const ways: readonly Way[] = [
  {
    route: 'GET /api/notes',
    of: notes,
    holds: async (who) => byId(await text(who, '/api/notes?sort=created&limit=500')),
  },
  { route: 'GET /api/carnets', of: carnets, holds: async (who) => byId(await text(who, '/api/carnets')) },
  { route: 'GET /api/bases', of: bases, holds: async (who) => byId(await text(who, '/api/bases')) },
  {
    route: 'GET /api/bases/:id',
    of: carnets,
    holds: async (who) => byTitle(await text(who, `/api/bases/${hall}`)),
  },
  {
    route: 'GET /api/search',
    of: notesAndCarnets,
    holds: (who) =>
      each(notesAndCarnets(), async (thing) => {
        const found = await who.json<SearchResults>('GET', `/api/search?q=${titleOf(thing)}`);
        return [...found.notes, ...found.carnets].some(({ id }) => id === thing.id);
      }),
  },
  {
    route: 'GET /api/organisations/regions',
    of: notes,
    holds: async (who) => {
      const counted = await text(who, '/api/organisations/regions');
      return (thing) => counted.includes(`"${regionOf(thing)}":1`);
    },
  },
  {
    route: 'POST /api/note-titles',
    of: notes,
    holds: async (who) => {
      const json = { ids: notes().map(({ id }) => id) };
      return byTitle(await text(who, '/api/note-titles', { method: 'POST', json }));
    },
  },
  {
    route: 'GET /api/carnets/:id/entries/:memberId/held',
    of: notes,
    holds: (who) =>
      each(notes(), async (thing) =>
        (await text(who, `/api/carnets/${shelf}/entries/${thing.id}/held`)).includes(titleOf(thing)),
      ),
  },
  {
    route: 'GET /api/carnets/:id',
    of: notes,
    holds: async (who) => byTitle(await text(who, `/api/carnets/${shelf}`)),
  },
  {
    route: 'GET /api/bases/:id/history',
    of: carnets,
    holds: async (who) => byTitle(await text(who, `/api/bases/${hall}/history?count=200`)),
  },
  {
    route: 'GET /api/bases/:id/history/content',
    of: carnets,
    holds: async (who) => byTitle(await text(who, `/api/bases/${hall}/history/content?at=9007199254740991`)),
  },
  {
    route: 'GET /api/carnets/:id/history',
    of: notes,
    holds: async (who) => byTitle(await text(who, `/api/carnets/${shelf}/history?count=200`)),
  },
  {
    route: 'GET /api/carnets/:id/history/content',
    of: notes,
    holds: async (who) =>
      byTitle(await text(who, `/api/carnets/${shelf}/history/content?at=9007199254740991`)),
  },
  {
    route: 'GET /api/carnets/:id/search',
    of: notes,
    holds: (who) =>
      each(notes(), async (thing) =>
        (await text(who, `/api/carnets/${shelf}/search?q=${titleOf(thing)}`)).includes(thing.id),
      ),
  },
  {
    route: 'GET /api/print/:subject/:id',
    of: notes,
    holds: async (who) => byTitle(await text(who, `/api/print/carnet/${shelf}`)),
  },
  {
    route: 'GET /api/notes/:id',
    of: notesAndCarnets,
    holds: async (who) => byTitle(await text(who, `/api/notes/${target}`)),
  },
  {
    route: 'GET /api/communities/:id',
    of: () => things,
    isFor: signedIn,
    holds: async (who) => byId(await text(who, `/api/communities/${house.home.ours}`)),
  },
  {
    route: 'GET /api/people/:id',
    of: () => [...carnets(), ...bases()],
    isFor: signedIn,
    // Of who keeps them all.
    holds: async (who) => byId(await text(who, `/api/people/${house.home.people.manager.id}`)),
  },
  {
    route: 'GET /api/notices',
    of: () => things,
    isFor: signedIn,
    holds: async (who) => {
      await house.catalogue.notices.add(
        things.map(({ kind, id }, at): NoticeRecord => ({
          ...({ subject: kind, subjectId: id } as NoticeSubject),
          id: newId(),
          person: who.id!,
          kind: 'author_added',
          from: null,
          text: null,
          count: 1,
          at: at + 1,
          readAt: null,
          within: null,
        })),
      );
      const { notices } = await who.json<{ notices: NoticeLine[] }>('GET', '/api/notices');
      return (thing) => notices.some(({ title }) => title === titleOf(thing));
    },
  },
  {
    route: 'GET /notes/:id',
    of: notes,
    // Who is signed in gets the application.
    isFor: (relation) => relation === 'anonymous',
    holds: (who) => each(notes(), async (thing) => byTitle(await text(who, `/notes/${thing.id}`))(thing)),
  },
  {
    route: 'GET /carnets/:id',
    of: notesAndCarnets,
    isFor: (relation) => relation === 'anonymous',
    holds: async (who) => {
      const onShelf = byTitle(await text(who, `/carnets/${shelf}`));
      const own = await each(carnets(), async (thing) =>
        byTitle(await text(who, `/carnets/${thing.id}`))(thing),
      );
      return (thing) => (thing.kind === 'note' ? onShelf(thing) : own(thing));
    },
  },
  {
    route: 'GET /communities/:id',
    of: () => things,
    isFor: (relation) => relation === 'anonymous',
    holds: async (who) => byTitle(await text(who, `/communities/${house.home.ours}`)),
  },
  ...(['GET', 'POST'] as const).map((method): Way => ({
    route: `${method} /report/:kind/:id`,
    of: () => things,
    as: 'anonymous',
    holds: (who) =>
      each(things, async ({ kind, id }) => {
        const body = method === 'POST' ? { body: new URLSearchParams({ reason: 'Faux' }) } : {};
        const { status } = await who.fetch(`/report/${kind}s/${id}`, { method, ...body });
        // Beyond some an hour it is refused for that reason, which says that it is there.
        if (![200, 404, 429].includes(status)) throw new Error(`a report: ${status}`);
        return status !== 404;
      }),
  })),
  {
    route: 'GET /bases/:id',
    of: () => [...carnets(), ...bases()],
    isFor: (relation) => relation === 'anonymous',
    holds: async (who) => {
      const inHall = byTitle(await text(who, `/bases/${hall}`));
      const own = await each(bases(), async (thing) => byTitle(await text(who, `/bases/${thing.id}`))(thing));
      return (thing) => (thing.kind === 'carnet' ? inHall(thing) : own(thing));
    },
  },
  {
    route: 'GET /sitemap.xml',
    of: () => things,
    isFor: (relation) => relation === 'anonymous',
    holds: async (who) => byId(await text(who, '/sitemap.xml')),
  },
  {
    route: 'GET /flux/notes/:id',
    of: notes,
    as: 'anonymous',
    holds: (who) =>
      each(notes(), async (thing) => byTitle(await text(who, `/flux/notes/${thing.id}`))(thing)),
  },
  {
    route: 'GET /flux/carnets/:id',
    of: notesAndCarnets,
    as: 'anonymous',
    holds: async (who) => {
      const onShelf = byTitle(await text(who, `/flux/carnets/${shelf}`));
      const own = await each(carnets(), async (thing) =>
        byTitle(await text(who, `/flux/carnets/${thing.id}`))(thing),
      );
      return (thing) => (thing.kind === 'note' ? onShelf(thing) : own(thing));
    },
  },
  {
    route: 'GET /flux/bases/:id',
    of: () => [...carnets(), ...bases()],
    as: 'anonymous',
    holds: async (who) => {
      const inHall = byTitle(await text(who, `/flux/bases/${hall}`));
      const own = await each(bases(), async (thing) =>
        byTitle(await text(who, `/flux/bases/${thing.id}`))(thing),
      );
      return (thing) => (thing.kind === 'carnet' ? inHall(thing) : own(thing));
    },
  },
  {
    route: 'GET /flux/communities/:id',
    of: () => things,
    as: 'anonymous',
    holds: async (who) => byTitle(await text(who, `/flux/communities/${house.home.ours}`)),
  },
  {
    route: 'GET /flux/mine/:secret',
    of: notes,
    isFor: signedIn,
    // By the secret alone.
    holds: async (who) => {
      const { url } = await who.json<{ url: string }>('POST', '/api/feed');
      return byTitle(await text(house.as('anonymous'), new URL(url).pathname));
    },
  },
  ...['file', 'pages/:page'].map((what) => ({
    route: `GET /api/exports/:id/${what}`,
    of: notesAndCarnets,
    isFor: signedIn,
    act: 'export' as const,
    // Printed while everybody could read it; asked for when it is what it is.
    holds: async (who: Who) => {
      const jobs = new Map<Thing, string>();
      for (const thing of notesAndCarnets()) {
        await see(thing, 'public');
        const json = { subject: thing.kind, subjectId: thing.id };
        jobs.set(thing, (await who.json<{ id: string }>('POST', '/api/exports', json)).id);
      }
      for (const [thing, job] of jobs) {
        await retryUntil(
          'it to be printed',
          async () => (await who.json<{ step: string }>('GET', `/api/exports/${job}`)).step === 'done',
        );
        await see(thing, thing.visibility);
      }
      return each(notesAndCarnets(), async (thing) => {
        const { status } = await who.fetch(
          `/api/exports/${jobs.get(thing)}/${what.replace(':page', '1?width=160')}`,
        );
        if (![200, 403].includes(status)) throw new Error(`a printed file: ${status}`);
        return status === 200;
      });
    },
  })),
  {
    route: 'GET /api/events',
    of: () => things,
    isFor: signedIn,
    holds: async (who) => {
      const reader = (await who.fetch('/api/events')).body!.getReader();
      await reader.read();
      const { events } = house.home.full.relay.operations;
      for (const { kind, id } of things) events.emit({ type: kind, id } as never);
      events.emit({ type: 'lists' });
      let heard = '';
      while (!heard.includes('lists')) {
        const { value } = await reader.read();
        heard += new TextDecoder().decode(value);
      }
      await reader.cancel();
      return byId(heard);
    },
  },
];

const see = async ({ kind, id }: Thing, visibility: Visibility): Promise<void> => {
  if (kind === 'note') await house.catalogue.notes.change(id as NoteId, { visibility });
  else if (kind === 'carnet') await house.catalogue.carnets.change(id as CarnetId, { visibility });
  else await house.catalogue.bases.change(id as BaseId, { visibility });
};

test('every route that lists is asked what it lists', () => {
  const listing = Object.keys(routeTable).filter((route) =>
    routeTable[route]!.some(({ kind }) => kind === 'list'),
  );
  const asked = new Set(ways.map(({ route }) => route));
  expect(listing.filter((route) => !asked.has(route))).toEqual([]);
});

test.each(ways.map((way) => [way.route, way] as const))(
  '%s holds what each may read, and nothing else',
  async (_, { of, holds, isFor = () => true, act, as }) => {
    const wrong: string[] = [];
    for (const relation of relations.filter(isFor)) {
      const has = await holds(house.as(relation));
      for (const thing of of()) {
        const meant = mayRead(as ?? relation, thing, act);
        if (has(thing) !== meant)
          wrong.push(
            `${thing.kind}, ${thing.visibility}, ${relation}: ${String(has(thing))}, not ${String(meant)}`,
          );
      }
    }
    expect(wrong).toEqual([]);
  },
);

test('a page that is refused and one that does not exist are the same', async () => {
  const visitor = house.as('anonymous');
  /** Without what differs between any two answers, where the interface is built. */
  const page = async (path: string): Promise<string> =>
    (await text(visitor, path)).replace(/name="csp-nonce" content="[^"]*"/, '');
  for (const { kind, id, visibility } of things) {
    if (visibility === 'public') continue;
    for (const path of [`/${kind}s/`, `/flux/${kind}s/`])
      expect(await page(path + id)).toBe(await page(`${path}${unknownId}`));
  }
});

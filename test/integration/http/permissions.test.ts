import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BasePage, CarnetPage, CollectionPage } from '#shared/api/collections.ts';
import type { CommunityPage } from '#shared/api/communities.ts';
import type { NotePage, SearchResults } from '#shared/api/notes.ts';
import { type CollectionKind, contributionPolicies } from '#shared/domain/Collection.ts';
import type {
  AttachmentId,
  BaseId,
  CarnetId,
  CollectionId,
  CommunityId,
  DocumentId,
  MemberId,
  MessageId,
  NoteId,
  PersonId,
  ThreadId,
} from '#shared/domain/ids.ts';
import { defaultNoticeSettings } from '#shared/domain/NoticeSettings.ts';
import { type Visibility, visibilities } from '#shared/domain/Visibility.ts';
import {
  contributionRelations,
  opens,
  policy,
  type Relation,
  type SubjectPolicy,
} from '#shared/permissions/policy.ts';
import { encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { collectionsOf } from '#server/access.ts';
import { putEntries } from '#server/operations/putEntries.ts';
import { newId } from '#server/secrets.ts';
import { blankPrinter } from '../../support/blankPrinter.ts';
import type { TestVisitor } from '../../support/newFullRelay.ts';
import { type Household, newHousehold } from '../../support/newHousehold.ts';
import { rawClient } from '../../support/rawClient.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { typed } from '../relay/support.ts';

// Every cell of the policy, asked of a whole relay by somebody who stands in that relation.

type Who = TestVisitor & { readonly id: PersonId | null };
/** What an act of the policy is, at the relay. @returns whether each way to it was open; they must agree. */
type Probe<Id> = (who: Who, id: Id) => Promise<boolean[]>;

const unknown = 'AAAAAAAAAAAAAAAAAAAAAA';
/** A PNG of one pixel. */
const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);
const nothing = { audit: [], notices: [] };
let home: Household;

beforeAll(async () => {
  home = await newHousehold({ pdfPrinter: blankPrinter });
});
afterAll(() => home.full.close());

const catalogue = () => home.full.relay.operations.catalogue;

/** Makes a request. @returns true for a success, false for a refusal in the one form that refusals have; anything else fails. */
async function isOpen(
  who: Who,
  method: string,
  path: string,
  json?: unknown,
  init?: RequestInit,
): Promise<boolean> {
  const answer = await who.fetch(path, { method, ...(json === undefined ? {} : { json }), ...init });
  if (answer.ok) {
    await answer.arrayBuffer();
    return true;
  }
  const text = await answer.text();
  const wanted = who.id === null ? ['not_signed_in', 'not_allowed'] : ['not_allowed'];
  const isRefusal = wanted.some((code) => text === JSON.stringify({ error: { code } }));
  if (!isRefusal) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return false;
}

/** Asks for what has no sense beyond a level. @returns false also for the conflict that says so. */
async function isOpenOrBeyond(who: Who, path: string, json: unknown): Promise<boolean> {
  const answer = await who.fetch(path, { method: 'POST', json });
  return answer.status !== 409 && (answer.ok || isOpen(who, 'POST', path, json));
}

/** Opens the document's socket and writes in it. */
async function canWrite(who: Who, document: string): Promise<boolean> {
  const asked = { document, wire: 'calepin.1' };
  const answer = await who.fetch('/api/tickets', { method: 'POST', json: asked });
  if (!answer.ok) return false;
  const { ticket } = (await answer.json()) as { ticket: string };
  const client = rawClient(`${home.full.url.replace('http', 'ws')}/sync`, document as DocumentId, ticket);
  await client.join();
  client.send(encodeUpdate(typed('x')));
  await client.stored(1);
  const refused = client.heard.some((one) => one.kind === 'refused' && one.code === 4403);
  client.socket.terminate();
  return !refused;
}

const named = (id: string) => `Mot${id.replaceAll(/[^A-Za-z0-9]/g, '')}`;

/** A file of one letter. @param note - what holds it. */
async function addFile(id: AttachmentId, note: NoteId | null): Promise<void> {
  const saved = await catalogue().attachmentBytes.save(
    (async function* () {
      yield new TextEncoder().encode('a');
    })(),
    9,
    () => undefined,
  );
  const about = { name: 'a.txt', type: 'text/plain', bytes: 1, width: null, height: null } as const;
  const { attachments } = catalogue();
  await attachments.add({ ...about, id, kind: 'file', ...saved, person: null, createdAt: 1 }, note);
}

const noteProbes: Readonly<Record<keyof typeof policy.note.acts, Probe<NoteId>>> = {
  read: async (who, id) => {
    const file = `${id.slice(0, 21)}f` as AttachmentId;
    await addFile(file, id);
    const titles = await who.json<{ titles: object }>('POST', '/api/note-titles', { ids: [id] });
    const { notes } = await who.json<{ notes: { id: string }[] }>('GET', '/api/notes?sort=created&limit=500');
    const hits = await who.json<SearchResults>('GET', `/api/search?q=${named(id)}`);
    return [
      await isOpen(who, 'GET', `/api/notes/${id}`),
      await isOpen(who, 'GET', `/api/notes/${id}/content`),
      await isOpen(who, 'POST', '/api/tickets', { document: id }),
      await isOpen(who, 'GET', `/api/print/note/${id}`),
      await isOpen(who, 'GET', `/api/attachments/${file}`),
      id in titles.titles,
      notes.some((one) => one.id === id),
      hits.notes.some((one) => one.id === id),
    ];
  },
  export: async (who, id) => [await isOpen(who, 'POST', '/api/exports', { subject: 'note', subjectId: id })],
  duplicate: async (who, id) => [await isOpen(who, 'POST', `/api/notes/${id}/duplicate`)],
  integrate: async (who, id) => {
    const own =
      who.id === null ? unknown : (await who.json<CarnetPage>('POST', '/api/carnets', {})).collection.id;
    return [await isOpen(who, 'POST', `/api/carnets/${own}/entries`, { memberIds: [id] })];
  },
  contactAuthors: async (who, id) => [
    await isOpen(who, 'POST', `/api/notes/${id}/messages`, { text: 'Bonjour' }),
  ],
  askToEdit: async (who, id) => [await isOpenOrBeyond(who, `/api/notes/${id}/edit-requests`, { text: '' })],
  write: async (who, id) => [
    await canWrite(who, id),
    await isOpen(who, 'POST', `/api/attachments?note=${id}&name=a.txt`, undefined, {
      body: 'bonjour',
      headers: { 'content-type': 'text/plain' },
    }),
  ],
  seeActs: async (who, id) => [await isOpen(who, 'GET', `/api/notes/${id}/acts`)],
  seeHistory: async (who, id) => [await isOpen(who, 'GET', `/api/notes/${id}/versions`)],
  restore: async (who, id) => [await isOpen(who, 'POST', `/api/notes/${id}/versions`, { name: 'Ici' })],
  changeVisibility: async (who, id) => [
    await isOpen(who, 'PATCH', `/api/notes/${id}`, { visibility: 'public' }),
  ],
  changeKind: async (who, id) => [await isOpen(who, 'PATCH', `/api/notes/${id}`, { kind: 'term' })],
  changeLicence: async (who, id) => [await isOpen(who, 'PATCH', `/api/notes/${id}`, { licence: 'cc0-1.0' })],
  linkCommunity: async (who, id) => [await isOpen(who, 'PATCH', `/api/notes/${id}`, { community: null })],
  changeAuthors: async (who, id) => [
    await isOpen(who, 'GET', `/api/notes/${id}/author-candidates`),
    await isOpen(who, 'PATCH', `/api/notes/${id}`, { authorMode: 'people' }),
    await isOpen(who, 'POST', `/api/notes/${id}/authors`, { personId: home.people.invitedReader.id }),
    await isOpen(who, 'DELETE', `/api/notes/${id}/authors/${home.people.invitedReader.id}`),
  ],
  discuss: async (who, id) => {
    const [own, other] = [newId<ThreadId>(), newId<ThreadId>()];
    const [first, second, third] = [newId<MessageId>(), newId<MessageId>(), newId<MessageId>()];
    const path = `/api/notes/${id}/threads`;
    await beginThread(id, other, third);
    return [
      await isOpen(who, 'GET', path),
      await isOpen(who, 'GET', `/api/notes/${id}/mentionable`),
      await isOpen(who, 'POST', path, { id: own, message: { id: first, text: 'Et le budget ?' } }),
      await isOpen(who, 'POST', `${path}/${other}/messages`, { id: second, text: 'Oui.' }),
      await isOpen(who, 'PATCH', `${path}/${other}/messages/${second}`, { text: 'Non.' }),
      await isOpen(who, 'DELETE', `${path}/${other}/messages/${second}`),
      await isOpen(who, 'PATCH', `${path}/${own}`, { resolved: true }),
    ];
  },
  resolveThreads: async (who, id) => {
    const thread = newId<ThreadId>();
    await beginThread(id, thread, newId<MessageId>());
    const path = `/api/notes/${id}/threads/${thread}`;
    return [
      await isOpen(who, 'PATCH', path, { resolved: true }),
      await isOpen(who, 'PATCH', path, { resolved: false }),
    ];
  },
  decideRequests: async (who, id) => {
    const person = home.people.contributor.id;
    await catalogue().requests.ask(
      { subject: 'note', subjectId: id },
      { person, text: null, at: 1 },
      nothing,
    );
    return [await isOpen(who, 'POST', `/api/notes/${id}/edit-requests/${person}`, { approved: false })];
  },
  removeReader: async (who, id) => [
    await isOpen(who, 'DELETE', `/api/notes/${id}/readers/${home.people.contributor.id}`),
  ],
  invite: async (who, id) => [
    await isOpen(who, 'POST', '/api/invitations', { subject: 'note', subjectId: id, role: 'reader' }),
    await isOpen(who, 'GET', `/api/invitations?subject=note&subjectId=${id}`),
  ],
  lock: async (who, id) => [
    await isOpen(who, 'PUT', `/api/notes/${id}/lock`, { day: '2026-03-05' }),
    await isOpen(who, 'DELETE', `/api/notes/${id}/lock`),
  ],
  markTemplate: async (who, id) => [await isOpen(who, 'PATCH', `/api/notes/${id}`, { isTemplate: true })],
  trash: async (who, id) => [
    await isOpen(who, 'DELETE', `/api/notes/${id}`),
    await isOpen(who, 'POST', `/api/notes/${id}/untrash`),
  ],
};

/** A thread that somebody began who has no other part in the table. */
async function beginThread(note: NoteId, id: ThreadId, message: MessageId): Promise<void> {
  const by = home.people.contributor.id;
  const none = { writtenAt: null, editedAt: null, deletedAt: null, mentions: [] };
  await catalogue().threads.start(
    { id, note, by: null, createdAt: 1, anchor: null, resolvedAt: null, resolvedBy: null },
    { id: message, thread: id, by, text: 'Bonjour', createdAt: 1, ...none },
    nothing,
  );
}

async function newNote(visibility: Visibility): Promise<NoteId> {
  const { author, commenter, invitedReader } = home.people;
  const { note } = await author.json<NotePage>('POST', '/api/notes', { title: '' });
  await home.full.relay.operations.documents.change(
    note.id,
    { person: author.id, operation: 'test' },
    (doc) => doc.getText('title').insert(0, named(note.id)),
  );
  await home.full.relay.operations.indexer.indexNow(note.id);
  await catalogue().notes.change(note.id, { community: home.ours, visibility });
  await catalogue().notes.addPerson(note.id, invitedReader.id, 'reader', 2);
  await catalogue().notes.addPerson(note.id, commenter.id, 'commenter', 3);
  return note.id;
}

async function ownNote(who: Who): Promise<string> {
  return who.id === null ? unknown : (await who.json<NotePage>('POST', '/api/notes', {})).note.id;
}

/** The acts that a carnet and a base have in common. @param own - something of the asker's that can be put into it. */
function gatheringProbes<Id extends CollectionId>(
  kind: CollectionKind,
  own: (who: Who) => Promise<MemberId>,
): Readonly<Record<keyof typeof policy.base.acts, Probe<Id>>> {
  const path = `/api/${kind}s`;
  const store = () => collectionsOf(catalogue(), kind);
  return {
    read: async (who, id) => {
      const lists = await who.json<Record<string, { id: string }[]>>('GET', path);
      const hits = await who.json<Record<string, { id: string }[]>>('GET', `/api/search?q=${named(id)}`);
      const cover = `${id.slice(0, 21)}c` as AttachmentId;
      await addFile(cover, null);
      await store().change(id, { cover: { image: cover, alternative: '', colour: null } });
      return [
        await isOpen(who, 'GET', `${path}/${id}`),
        await isOpen(who, 'POST', '/api/tickets', { document: id }),
        await isOpen(who, 'GET', `/api/attachments/${cover}`),
        lists[`${kind}s`]!.some((one) => one.id === id),
        hits[`${kind}s`]!.some((one) => one.id === id),
        ...(kind === 'carnet' ? [await isOpen(who, 'GET', `${path}/${id}/search?q=a`)] : []),
      ];
    },
    seeActs: async (who, id) => [
      await isOpen(who, 'GET', `${path}/${id}/history`),
      await isOpen(who, 'GET', `${path}/${id}/history/content?at=9007199254740991`),
    ],
    contribute: async (who, id) => [
      await isOpen(who, 'POST', `${path}/${id}/entries`, { memberIds: [await own(who)] }),
      kind === 'carnet'
        ? await isOpen(who, 'POST', '/api/notes', { title: 'Née ici', carnetId: id })
        : await isOpen(who, 'POST', '/api/carnets', { title: 'Né ici', baseId: id }),
    ],
    removeOwnEntry: async (who, id) => {
      const member = await own(who);
      await putEntries(home.full.relay.operations, who.id, id, [member], null);
      return [await isOpen(who, 'DELETE', `${path}/${id}/entries/${member}`)];
    },
    write: async (who, id) => [await canWrite(who, id)],
    changeVisibility: async (who, id) => [
      await isOpen(who, 'PATCH', `${path}/${id}`, { visibility: 'public' }),
    ],
    changePolicy: async (who, id) => [
      await isOpen(who, 'PATCH', `${path}/${id}`, { contributionPolicy: 'managers' }),
    ],
    linkCommunity: async (who, id) => [await isOpen(who, 'PATCH', `${path}/${id}`, { community: null })],
    changeCover: async (who, id) => [
      await isOpen(who, 'PATCH', `${path}/${id}`, { cover: { colour: 'sapin' } }),
      await isOpen(who, 'POST', `${path}/${id}/cover?name=a.png`, undefined, {
        body: onePixel,
        headers: { 'content-type': 'image/png' },
      }),
    ],
    changePeople: async (who, id) => {
      const { author } = home.people;
      await store().addPerson(id, author.id, 'reader', 5);
      // Whom one may name are those of one's own communities: here, a person who is in one with everybody who may.
      if (who.id !== null) await shareCommunity(who.id);
      return [
        await isOpen(who, 'PATCH', `${path}/${id}/people/${author.id}`, { role: 'contributor' }),
        await isOpen(who, 'DELETE', `${path}/${id}/people/${author.id}`),
        await isOpen(who, 'GET', `${path}/${id}/candidates`),
        await isOpen(who, 'POST', `${path}/${id}/people`, { personId: author.id, role: 'contributor' }),
      ];
    },
    leave: async (who, id) => {
      // A manager may, as long as there is another.
      await store().addPerson(id, home.people.author.id, 'manager', 6);
      return [await isOpen(who, 'DELETE', `${path}/${id}/people/${who.id ?? unknown}`)];
    },
    invite: async (who, id) => [
      await isOpen(who, 'POST', '/api/invitations', { subject: kind, subjectId: id, role: 'reader' }),
      await isOpen(who, 'GET', `/api/invitations?subject=${kind}&subjectId=${id}`),
    ],
    trash: async (who, id) => [
      await isOpen(who, 'DELETE', `${path}/${id}`),
      await isOpen(who, 'POST', `${path}/${id}/untrash`),
    ],
  };
}

async function ownCarnet(who: Who): Promise<CarnetId> {
  if (who.id === null) return unknown as CarnetId;
  return (await who.json<CarnetPage>('POST', '/api/carnets', {})).collection.id;
}

const carnetProbes: Readonly<Record<keyof typeof policy.carnet.acts, Probe<CarnetId>>> = {
  ...gatheringProbes('carnet', (who) => ownNote(who) as Promise<NoteId>),
  export: async (who, id) => [
    await isOpen(who, 'POST', '/api/exports', { subject: 'carnet', subjectId: id }),
  ],
  integrate: async (who, id) => {
    const own =
      who.id === null ? unknown : (await who.json<BasePage>('POST', '/api/bases', {})).collection.id;
    return [await isOpen(who, 'POST', `/api/bases/${own}/entries`, { memberIds: [id] })];
  },
  seeEditions: async (who, id) => [await isOpen(who, 'GET', `/api/carnets/${id}/editions`)],
  keepEditions: async (who, id) => [await isOpen(who, 'POST', `/api/carnets/${id}/editions`, {})],
};
const baseProbes: Readonly<Record<keyof typeof policy.base.acts, Probe<BaseId>>> = gatheringProbes(
  'base',
  ownCarnet,
);

const sharing = new Set<PersonId>();
/** Makes a community in which somebody and the author are. */
async function shareCommunity(person: PersonId): Promise<void> {
  if (sharing.has(person)) return;
  sharing.add(person);
  const { author } = home.people;
  const { community } = await author.json<CommunityPage>('POST', '/api/communities', { name: 'Partagée' });
  await catalogue().communities.setRole(community.id, person, 'member', 2, nothing);
}

async function newCollection<Id extends CollectionId>(
  kind: CollectionKind,
  visibility: Visibility,
): Promise<Id> {
  const { manager, contributor, invitedReader } = home.people;
  const { collection } = await manager.json<CollectionPage>('POST', `/api/${kind}s`, { title: '' });
  const store = collectionsOf(catalogue(), kind);
  const { documents, indexer } = home.full.relay.operations;
  await documents.change(collection.id, { person: manager.id, operation: 'test' }, (doc) =>
    doc.getText('title').insert(0, named(collection.id)),
  );
  await indexer.indexNow(collection.id);
  await store.change(collection.id, { community: home.ours, visibility });
  await store.addPerson(collection.id, contributor.id, 'contributor', 2);
  await store.addPerson(collection.id, invitedReader.id, 'reader', 3);
  return collection.id as Id;
}

const communityProbes: Readonly<Record<keyof typeof policy.community.acts, Probe<CommunityId>>> = {
  seePublicPage: async (who, id) => {
    const image = `${id.slice(0, 21)}g` as AttachmentId;
    const saved = await catalogue().attachmentBytes.save(
      (async function* () {
        yield new TextEncoder().encode('a');
      })(),
      9,
      () => undefined,
    );
    const record = {
      kind: 'image',
      name: 'a.png',
      type: 'image/png',
      bytes: 0,
      width: 1,
      height: 1,
    } as const;
    await catalogue().attachments.add({ ...record, id: image, ...saved, person: null, createdAt: 1 }, null);
    await catalogue().communities.change(id, { image }, nothing);
    const page = await (await who.fetch(`/communities/${id}`)).text();
    return [
      page.includes('class="public-page"') || (await isOpen(who, 'GET', `/api/communities/${id}`)),
      await isOpen(who, 'GET', `/api/attachments/${image}`),
    ];
  },
  read: async (who, id) => [await isOpen(who, 'GET', `/api/communities/${id}`)],
  askToJoin: async (who, id) => [await isOpenOrBeyond(who, `/api/communities/${id}/requests`, { text: '' })],
  seeMembers: async (who, id) => {
    const answer = await who.fetch(`/api/communities/${id}`);
    if (!answer.ok) return [false];
    const page = (await answer.json()) as CommunityPage;
    return [page.members.length > 0, page.activity.length > 0];
  },
  linkContent: async (who, id) => {
    const own = await ownNote(who);
    return [await isOpen(who, 'PATCH', `/api/notes/${own}`, { community: id })];
  },
  announce: async (who, id) => {
    const note = await newNote('members');
    await catalogue().notes.change(note, { community: id });
    const message = { id: newId<MessageId>(), text: 'Bonjour' };
    await who.fetch(`/api/notes/${note}/threads`, {
      method: 'POST',
      json: { id: newId<ThreadId>(), message, announce: true },
    });
    const told = await catalogue().notices.list(home.people.manager.id, 1);
    return [told[0]?.kind === 'announced' && told[0].subjectId === note];
  },
  leave: async (who, id) => [
    await isOpen(who, 'DELETE', `/api/communities/${id}/people/${who.id ?? unknown}`),
  ],
  change: async (who, id) => [
    await isOpen(who, 'PATCH', `/api/communities/${id}`, { description: 'Ensemble' }),
  ],
  invite: async (who, id) => [
    await isOpen(who, 'POST', '/api/invitations', { subject: 'community', subjectId: id, role: 'member' }),
    await isOpen(who, 'GET', `/api/invitations?subject=community&subjectId=${id}`),
  ],
  decideRequests: async (who, id) => {
    const person = home.people.invitedReader.id;
    const request = { person, text: null, at: 1 };
    await catalogue().requests.ask({ subject: 'community', subjectId: id }, request, nothing);
    return [await isOpen(who, 'POST', `/api/communities/${id}/requests/${person}`, { approved: false })];
  },
  changeRoles: async (who, id) => {
    const { manager } = home.people;
    const path = `/api/communities/${id}/people/${manager.id}`;
    return [await isOpen(who, 'PATCH', path, { role: 'responsable' }), await isOpen(who, 'DELETE', path)];
  },
  writeInItsName: async (who, id) => {
    const own = await ownNote(who);
    return [await isOpen(who, 'PATCH', `/api/notes/${own}`, { community: id, authorMode: 'community' })];
  },
};

async function newCommunity(): Promise<CommunityId> {
  const { communityResponsable, communityMember, manager, author } = home.people;
  const { community } = await communityResponsable.json<CommunityPage>('POST', '/api/communities', {
    name: 'Une',
  });
  for (const [{ id }, role] of [
    [communityMember, 'member'],
    [manager, 'member'],
    [author, 'responsable'],
  ] as const)
    await catalogue().communities.setRole(community.id, id, role, 2, nothing);
  return community.id;
}

const relayProbes: Readonly<Record<keyof typeof policy.relay.acts, Probe<null>>> = {
  create: async (who) => [
    await isOpen(who, 'POST', '/api/notes', {}),
    await isOpen(who, 'POST', '/api/carnets', {}),
    await isOpen(who, 'POST', '/api/bases', {}),
    await isOpen(who, 'POST', '/api/communities', { name: 'Une autre' }),
  ],
  readProfiles: async (who) => [await isOpen(who, 'GET', `/api/people/${home.people.author.id}`)],
  listCommunities: async (who) => [await isOpen(who, 'GET', '/api/communities')],
  readNotices: async (who) => [
    await isOpen(who, 'GET', '/api/notices'),
    await isOpen(who, 'POST', '/api/notices/read', { until: 1 }),
    await isOpen(who, 'GET', '/api/notices/settings'),
    await isOpen(who, 'PUT', '/api/notices/settings', defaultNoticeSettings),
    await isOpen(who, 'PUT', '/api/notices/language', { language: 'fr', timeZone: 'America/Toronto' }),
  ],
  exportOwnData: async (who) => [
    await isOpen(who, 'POST', '/api/exports', { subject: 'person' }),
    await isOpen(who, 'GET', '/api/exports?subject=person'),
  ],
  keepFeed: async (who) => [
    await isOpen(who, 'GET', '/api/feed'),
    await isOpen(who, 'POST', '/api/feed'),
    await isOpen(who, 'DELETE', '/api/feed'),
  ],
  administer: async (who) => [
    await isOpen(who, 'GET', '/api/invitations?subject=relay'),
    await isOpen(who, 'POST', '/api/invitations', { subject: 'relay', role: 'member' }),
  ],
};

/** Asks each act of one row of the table, each on a thing of its own. @returns the cells that came out otherwise. */
async function wrongCells<Id>(
  one: SubjectPolicy,
  probes: Readonly<Record<string, Probe<Id>>>,
  relation: Relation,
  visibility: Visibility,
  make: () => Promise<Id>,
): Promise<string[]> {
  const wrong: string[] = [];
  const level = one.relations[relation]![visibility];
  for (const [act, probe] of Object.entries(probes)) {
    const wanted = opens(one, level, act) && !(one.acts[act]!.signedIn === true && relation === 'anonymous');
    const found = await probe(home.as(relation), await make());
    if (found.some((is) => is !== wanted)) wrong.push(`${act}: ${String(wanted)} ≠ ${found.join()}`);
  }
  return wrong;
}

const long = process.env['CALEPIN_LONG'] === '1';

/** Each level that the policy gives a relation, by the first visibility that gives it; in the long run by each. That it is the right level for each visibility, the matrix asks. */
const cells = (one: SubjectPolicy): [Relation, Visibility][] =>
  Object.entries(one.relations).flatMap(([relation, levels]) =>
    visibilities
      .filter(
        (visibility, at) =>
          long || !visibilities.slice(0, at).some((other) => levels[other] === levels[visibility]),
      )
      .map((visibility): [Relation, Visibility] => [relation as Relation, visibility]),
  );

describe('each act is open or closed as the policy says, and refusals are alike', () => {
  test.each(cells(policy.note as SubjectPolicy))(
    'on a note, for %s, visible to %s',
    async (relation, visibility) => {
      expect(
        await wrongCells(policy.note as SubjectPolicy, noteProbes, relation, visibility, () =>
          newNote(visibility),
        ),
      ).toEqual([]);
    },
  );

  const collections = [
    { kind: 'carnet', one: policy.carnet as SubjectPolicy, probes: carnetProbes },
    { kind: 'base', one: policy.base as SubjectPolicy, probes: baseProbes },
  ] as const;
  describe.each(collections)('on a $kind', ({ kind, one, probes: all }) => {
    test.each(cells(one))('for %s, visible to %s', async (relation, visibility) => {
      // What contributing is has a test of its own: it depends on the policy of the collection.
      const {
        contribute: _,
        removeOwnEntry: _own,
        ...probes
      } = all as Readonly<Record<string, Probe<never>>>;
      expect(
        await wrongCells(one, probes, relation, visibility, () => newCollection<never>(kind, visibility)),
      ).toEqual([]);
    });

    test.each(Object.keys(policy.base.relations) as (keyof typeof policy.base.relations)[])(
      'adding, for %s, under each contribution policy and visibility',
      async (relation) => {
        const wrong: string[] = [];
        for (const contributionPolicy of contributionPolicies) {
          for (const visibility of visibilities) {
            const level = policy[kind].relations[relation][visibility];
            const adds = contributionRelations[contributionPolicy];
            const isMeant =
              adds.includes(relation) || (adds.includes('signedIn') && relation !== 'anonymous');
            const wanted = level === 'manager' || (level === 'reader' && isMeant);
            for (const act of ['contribute', 'removeOwnEntry'] as const) {
              const id = await newCollection<never>(kind, visibility);
              await collectionsOf(catalogue(), kind).change(id, { contributionPolicy });
              const found = await all[act](home.as(relation), id);
              if (found.some((is) => is !== wanted))
                wrong.push(
                  `${act}, ${contributionPolicy}, ${visibility}: ${String(wanted)} ≠ ${found.join()}`,
                );
            }
          }
        }
        expect(wrong).toEqual([]);
      },
    );
  });

  test.each(Object.keys(policy.community.relations) as Relation[])(
    'in a community, for %s',
    async (relation) => {
      expect(
        await wrongCells(
          policy.community as SubjectPolicy,
          communityProbes,
          relation,
          'authors',
          newCommunity,
        ),
      ).toEqual([]);
    },
  );

  test.each(Object.keys(policy.community.relations) as Relation[])(
    'in a community that shows itself to everybody, for %s',
    async (relation) => {
      const make = async () => {
        const id = await newCommunity();
        await catalogue().communities.change(id, { isPublic: true }, nothing);
        return id;
      };
      expect(
        await wrongCells(policy.community as SubjectPolicy, communityProbes, relation, 'public', make),
      ).toEqual([]);
    },
  );

  test.each(Object.keys(policy.relay.relations) as Relation[])('on the relay, for %s', async (relation) => {
    expect(
      await wrongCells(policy.relay as SubjectPolicy, relayProbes, relation, 'authors', () =>
        Promise.resolve(null),
      ),
    ).toEqual([]);
  });

  test.each(Object.keys(policy.note.relations) as Relation[])('in the trash, for %s', async (relation) => {
    const id = await newNote('public');
    await catalogue().notes.change(id, { trashedAt: 3 });
    const wanted = (policy.note.inTrash as readonly Relation[]).includes(relation);
    const who = home.as(relation);
    expect([
      await isOpen(who, 'GET', `/api/notes/${id}`),
      await isOpen(who, 'GET', `/api/notes/${id}/content`),
      await canWrite(who, id),
      await isOpen(who, 'POST', `/api/notes/${id}/untrash`),
    ]).toEqual([wanted, wanted, wanted, wanted]);
  });
});

test.each(Object.keys(policy.note.relations) as Relation[])(
  '[R45] on a locked note, for %s: what the policy says of the level that it gives then',
  async (relation) => {
    const one = policy.note as SubjectPolicy;
    const level = one.relations[relation]!.members;
    const lowered = one.whenLocked?.[level] ?? level;
    const wrong: string[] = [];
    // Locking is for what is open: the test of it is above.
    const { lock: _, ...probes } = noteProbes;
    for (const [act, probe] of Object.entries(probes)) {
      const id = await newNote('members');
      const lock = { at: 3, by: home.people.author.id, day: '2026-03-05', sentence: null };
      await catalogue().notes.change(id, { lock });
      const wanted =
        opens(one, lowered, act) && !(one.acts[act]!.signedIn === true && relation === 'anonymous');
      const found = await probe(home.as(relation), id);
      if (found.some((is) => is !== wanted)) wrong.push(`${act}: ${String(wanted)} ≠ ${found.join()}`);
    }
    expect(wrong).toEqual([]);
  },
);

test('who may not hears nothing of a thing on the line of events', async () => {
  const id = await newNote('community');
  const lines = await Promise.all(
    (['communityMember', 'signedIn', 'otherCommunity'] as const).map(async (relation) => {
      const answer = await home.as(relation).fetch('/api/events');
      const heard: string[] = [];
      const reader = answer.body!.getReader();
      void (async () => {
        for (;;) {
          const part = await reader.read();
          if (part.done) break;
          heard.push(new TextDecoder().decode(part.value));
        }
      })().catch(() => undefined);
      return { heard, stop: () => reader.cancel() };
    }),
  );
  const [member, ...others] = lines;
  const message = { id: newId(), text: 'Bonjour' };
  await home.people.author.json('POST', `/api/notes/${id}/threads`, { id: newId(), message });
  await retryUntil('the member to hear of the thread', () => member!.heard.join('').includes('threads'));
  await home.people.author.json('PATCH', `/api/notes/${id}`, { visibility: 'authors' });
  await home.people.author.json('PATCH', `/api/notes/${id}`, { visibility: 'community' });
  await retryUntil('the member to hear of it', () => member!.heard.join('').includes(id));
  await home.people.author.json('POST', '/api/communities', { name: 'Après' });
  await retryUntil('the others to hear of what came after', () =>
    others.every((line) => line.heard.join('').includes('lists')),
  );
  expect(others.map((line) => line.heard.join('').includes(id))).toEqual([false, false]);
  for (const line of lines) await line.stop();
});

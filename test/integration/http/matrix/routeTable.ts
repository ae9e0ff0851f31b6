import { createHash, randomUUID } from 'node:crypto';
import type { CarnetPage, CollectionPage } from '#shared/api/collections.ts';
import type {
  CarnetId,
  IncidentId,
  MessageId,
  NoteId,
  NoticeId,
  ReportId,
  ThreadId,
} from '#shared/domain/ids.ts';
import { defaultNoticeSettings } from '#shared/domain/NoticeSettings.ts';
import type { policy } from '#shared/permissions/policy.ts';
import { newId } from '#server/secrets.ts';
import { newEdition } from '../../../support/newEdition.ts';
import { type MatrixHouse, type Subject, unknownId, type Who } from './matrixHouse.ts';

/** What goes with a request, and what stands for the parameters of its path. */
export interface Ask extends RequestInit {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly json?: unknown;
}
type Asking<About> = (about: About, who: Who, house: MatrixHouse) => Ask | Promise<Ask>;

/** A route that is about a note, a carnet, a base or a community: one act of the policy. */
export interface SubjectCell {
  readonly kind: 'subject';
  readonly on: 'note' | 'carnet' | 'base' | 'community';
  readonly act: string;
  readonly ask: Asking<Subject>;
  /** What it does to the thing: whether it can be asked again and again of the same. */
  readonly effect: 'reads' | 'adds' | 'changes';
}
/** A route that is about the relay as a whole, or about the caller's own: one act of the policy. */
export interface RelayCell {
  readonly kind: 'relay';
  readonly act: keyof typeof policy.relay.acts;
  readonly ask: Asking<null>;
  /** It ends what the caller is: asked by somebody made for it. */
  readonly spends: boolean;
}
/** A thing of one person's own: for everybody else it is as if it were not. */
export interface OwnCell {
  readonly kind: 'own';
  /** Makes one. */
  readonly make: (owner: Who, house: MatrixHouse) => Promise<string>;
  readonly ask: (id: string) => Ask;
}
/** Open to who knows a secret, or to everybody, or to nobody; what else the caller is makes no difference. */
export interface AlikeCell {
  readonly kind: 'alike';
  /** The status that everybody gets, but who has an account, and who is not signed in. */
  readonly status: number;
  readonly account: number;
  /** The same for who is not signed in. Default: as everybody. */
  readonly visitor?: number;
  /** It ends what the caller is: asked by somebody made for it. */
  readonly spends?: true;
  readonly ask: () => Ask;
}
/** What a list, or a page, holds depends on who asks: `lists.test.ts` asks it for each thing. */
export interface ListCell {
  readonly kind: 'list';
}
export type Cell = SubjectCell | RelayCell | OwnCell | AlikeCell | ListCell;

type ActOf<On extends keyof typeof policy> = keyof (typeof policy)[On]['acts'];
const on =
  <On extends SubjectCell['on']>(kind: On) =>
  (act: ActOf<On>, ask: Asking<Subject> = () => ({})): SubjectCell => ({
    kind: 'subject',
    on: kind,
    act: act as string,
    ask,
    effect: 'changes',
  });
const note = on('note');
const carnet = on('carnet');
const base = on('base');
const community = on('community');
/** The same, of what changes nothing. */
const reading = (cell: SubjectCell): SubjectCell => ({ ...cell, effect: 'reads' });
/** The same, of what leaves everything as it was, and something more. */
const adding = (cell: SubjectCell): SubjectCell => ({ ...cell, effect: 'adds' });
const relay = (act: RelayCell['act'], ask: Asking<null> = () => ({})): RelayCell => ({
  kind: 'relay',
  act,
  ask,
  spends: false,
});
const spending = (cell: RelayCell): RelayCell => ({ ...cell, spends: true });
const alike = (status: number, ask: () => Ask = () => ({}), account = status): AlikeCell => ({
  kind: 'alike',
  status,
  account,
  ask,
});
/** What only the person of a computer may. */
const notHere = (body?: unknown): AlikeCell[] => [
  { ...alike(403, () => (body === undefined ? {} : { json: body })), visitor: 401 },
];
const list: ListCell = { kind: 'list' };

/** What is agreed to where taking back touches no later work: the digest of an empty list. */
const nothingTouched = createHash('sha256').update('[]').digest('base64url').slice(0, 22);
const json = (value: unknown) => (): Ask => ({ json: value });
/** A note of the caller's own; for who has none, one that there is not. */
const ownNote = async (who: Who): Promise<string> => {
  if (who.id === null) return unknownId;
  return (await who.json<{ note: { id: string } }>('POST', '/api/notes', {})).note.id;
};
/** A carnet that has an edition. */
async function keptEdition(carnetId: CarnetId, { catalogue }: MatrixHouse): Promise<void> {
  if ((await catalogue.editions.list(carnetId)).length === 0)
    await catalogue.editions.add(newEdition({ carnet: carnetId }), { audit: [], notices: [] });
}
const upload = (query = ''): Ask => ({
  query,
  body: 'bonjour',
  headers: { 'content-type': 'text/plain' },
});
const ownMessage: Asking<Subject> = async (subject, who, house) => ({
  params: {
    threadId: subject.thread,
    // Who is nobody, and what is nowhere, has nothing of its own.
    messageId:
      who.id === null || subject.id === unknownId ? subject.message : await house.say(subject, who.id),
  },
});
/** Of nobody: an address that has no account. Another each time, since attempts are counted by address. */
const account = () => ({ email: `${randomUUID()}@exemple.org`, password: randomUUID() });
/** In the place of a secret. */
const incident = {
  occurredFrom: '2026-02-10',
  occurredUntil: null,
  knownOn: '2026-02-11',
  what: 'Un envoi à la mauvaise adresse',
  information: 'Des courriels',
  peopleCount: 2,
  isSerious: false,
  why: '',
  measures: '',
  peopleToldOn: null,
  commissionToldOn: null,
};
const guess = createHash('sha256').update('guess').digest('base64url');
const noteAct = (subject: Subject) => ({ subject: 'note', subjectId: subject.id });
const startExport: OwnCell['make'] = async (owner) => {
  const id = await ownNote(owner);
  const { id: job } = await owner.json<{ id: string }>('POST', '/api/exports', {
    subject: 'note',
    subjectId: id,
  });
  for (;;) {
    const { step } = await owner.json<{ step: string }>('GET', `/api/exports/${job}`);
    if (step === 'done') return job;
  }
};

/** One that is read, and made where `isMade`. */
const startImport =
  (isMade: boolean): OwnCell['make'] =>
  async (owner) => {
    const sent = await owner.fetch('/api/imports?name=a.md', { method: 'POST', body: '# Un' });
    const { id } = (await sent.json()) as { id: string };
    const settle = async (wanted: string): Promise<void> => {
      while ((await owner.json<{ step: string }>('GET', `/api/imports/${id}`)).step !== wanted);
    };
    await settle('ready');
    if (isMade) {
      await owner.json('POST', `/api/imports/${id}/make`, { into: { kind: 'nowhere' } });
      await settle('done');
    }
    return id;
  };

const image = (): Ask => ({
  body: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
  headers: { 'content-type': 'image/png' },
});
/** A carnet of the caller's own; for who has none, one that there is not. */
const ownCarnet = async (who: Who): Promise<string> => {
  if (who.id === null) return unknownId;
  return (await who.json<CarnetPage>('POST', '/api/carnets', {})).collection.id;
};

/** The routes of what gathers: carnets, and bases. @param ownMember - makes what it gathers. */
function gathering(
  folder: 'carnets' | 'bases',
  collection: (act: ActOf<'base'>, ask?: Asking<Subject>) => SubjectCell,
  ownMember: (who: Who) => Promise<string>,
  integrate: SubjectCell,
): Record<string, readonly Cell[]> {
  const path = `/api/${folder}`;
  return {
    [`GET ${path}`]: [list],
    [`POST ${path}`]: [relay('create', json({ title: 'Un' }))],
    [`GET ${path}/:id`]: [reading(collection('read')), list],
    [`PATCH ${path}/:id`]: [
      collection('changeVisibility', json({ visibility: 'public' })),
      collection('changePolicy', json({ contributionPolicy: 'managers' })),
      collection('linkCommunity', json({ community: null })),
      collection('changeCover', json({ cover: { alternative: 'Une image' } })),
    ],
    [`POST ${path}/:id/cover`]: [collection('changeCover', image)],
    [`DELETE ${path}/:id`]: [collection('trash')],
    [`POST ${path}/:id/untrash`]: [collection('trash')],
    [`POST ${path}/:id/restore-good-state`]: [collection('write')],
    [`GET ${path}/:id/candidates`]: [reading(collection('changePeople'))],
    [`POST ${path}/:id/people`]: [
      collection('changePeople', (_about, _who, { home }) => ({
        json: { personId: home.people.communityMember.id, role: 'reader' },
      })),
    ],
    [`PATCH ${path}/:id/people/:personId`]: [
      collection('changePeople', ({ named }) => ({
        params: { personId: named },
        json: { role: 'contributor' },
      })),
    ],
    [`DELETE ${path}/:id/people/:personId`]: [
      collection('changePeople', ({ named }) => ({ params: { personId: named } })),
      collection('leave', (_about, { id }) => ({ params: { personId: id ?? unknownId } })),
    ],
    [`POST ${path}/:id/entries`]: [
      adding(
        collection('contribute', async (_about, who) => ({ json: { memberIds: [await ownMember(who)] } })),
      ),
      // Into one of the caller's own: it is the member that has to be theirs to read.
      adding({
        ...integrate,
        ask: async ({ id }, who) => ({
          params: {
            id:
              who.id === null ? unknownId : (await who.json<CollectionPage>('POST', path, {})).collection.id,
          },
          json: { memberIds: [id] },
        }),
      }),
    ],
    [`GET ${path}/:id/history`]: [reading(collection('seeActs')), list],
    [`GET ${path}/:id/history/content`]: [
      reading(collection('seeActs', () => ({ query: 'at=9007199254740991' }))),
      list,
    ],
    [`POST ${path}/:id/history/restore/preview`]: [reading(collection('write', json({ seq: 1 })))],
    [`POST ${path}/:id/history/restore`]: [collection('write', json({ seq: 1, agreed: '' }))],
    [`POST ${path}/:id/history/undo`]: [collection('write', json({ seq: 1 }))],
    [`DELETE ${path}/:id/entries/:memberId`]: [
      // Somebody else's entry: for those who write in it.
      collection('write', ({ entry }) => ({ params: { memberId: entry } })),
    ],
  };
}

/**
 * Every route of the relay, by the name that the router gives it, and what it is to the policy. A route that is not here fails routes.test.ts: it is to be said
 * who may ask it. A route about a note, a carnet, a base or a community takes its id as `:id`, unless `params` says otherwise.
 */
export const routeTable: Readonly<Record<string, readonly Cell[]>> = {
  'GET /api/notes/:id': [reading(note('read'))],
  'PATCH /api/notes/:id': [
    note('changeVisibility', json({ visibility: 'public' })),
    note('changeLicence', json({ licence: 'cc0-1.0' })),
    note('markTemplate', json({ isTemplate: true })),
    note('linkCommunity', json({ community: null })),
    note('changeAuthors', json({ authorMode: 'people' })),
    adding(
      community('linkContent', async ({ id }, who) => ({
        params: { id: await ownNote(who) },
        json: { community: id },
      })),
    ),
    adding(
      community('writeInItsName', async ({ id }, who) => ({
        params: { id: await ownNote(who) },
        json: { community: id, authorMode: 'community' },
      })),
    ),
  ],
  'DELETE /api/notes/:id': [note('trash')],
  'POST /api/notes/:id/untrash': [note('trash')],
  'POST /api/notes/:id/restore-good-state': [note('restore')],
  'PUT /api/notes/:id/lock': [note('lock', json({ day: '2026-03-05' }))],
  'DELETE /api/notes/:id/lock': [note('lock')],
  'GET /api/notes/:id/suggested-terms': [reading(note('write'))],
  'PUT /api/notes/:id/dismissed-terms/:termId': [note('write', () => ({ params: { termId: unknownId } }))],
  'DELETE /api/notes/:id/dismissed-terms/:termId': [note('write', () => ({ params: { termId: unknownId } }))],
  'GET /api/carnets/:id/broken-links': [reading(carnet('write'))],
  'POST /api/notes/:id/duplicate': [reading(note('duplicate'))],
  'GET /api/notes/:id/content': [reading(note('read'))],
  'GET /api/notes/:id/author-candidates': [reading(note('changeAuthors'))],
  'POST /api/notes/:id/authors': [note('changeAuthors', ({ named }) => ({ json: { personId: named } }))],
  'DELETE /api/notes/:id/authors/:personId': [
    note('changeAuthors', ({ coauthor }) => ({ params: { personId: coauthor } })),
  ],
  'DELETE /api/notes/:id/readers/:personId': [
    note('removeReader', ({ named }) => ({ params: { personId: named } })),
  ],
  'POST /api/notes/:id/edit-requests': [adding(note('askToEdit', json({ text: '' })))],
  'POST /api/notes/:id/edit-requests/:personId': [
    note('decideRequests', ({ asks }) => ({ params: { personId: asks }, json: { approved: false } })),
  ],
  'POST /api/notes/:id/messages': [reading(note('contactAuthors', json({ text: 'Bonjour' })))],
  'GET /api/notes/:id/threads': [reading(note('discuss'))],
  'GET /api/notes/:id/mentionable': [reading(note('discuss'))],
  'POST /api/notes/:id/threads': [
    adding(
      note('discuss', () => ({
        json: { id: newId<ThreadId>(), message: { id: newId<MessageId>(), text: 'Et le budget ?' } },
      })),
    ),
  ],
  'PATCH /api/notes/:id/threads/:threadId': [
    note('resolveThreads', ({ thread }) => ({ params: { threadId: thread }, json: { resolved: true } })),
  ],
  'POST /api/notes/:id/threads/:threadId/messages': [
    adding(
      note('discuss', ({ thread }) => ({
        params: { threadId: thread },
        json: { id: newId<MessageId>(), text: 'Oui.' },
      })),
    ),
  ],
  'PATCH /api/notes/:id/threads/:threadId/messages/:messageId': [
    adding(
      note('discuss', async (...about) => ({ ...(await ownMessage(...about)), json: { text: 'Non.' } })),
    ),
  ],
  'DELETE /api/notes/:id/threads/:threadId/messages/:messageId': [adding(note('discuss', ownMessage))],
  'POST /api/notes/:id/threads/:threadId/messages/:messageId/reports': [
    adding(
      note('discuss', ({ thread, message }) => ({
        params: { threadId: thread, messageId: message },
        json: { reason: 'Ce n’est pas vrai.' },
      })),
    ),
  ],
  'GET /api/notes/:id/news': [reading(note('seeHistory', () => ({ query: 'after=0' })))],
  'PUT /api/notes/:id/read': [adding(note('seeHistory', json({ seq: 1 })))],
  'GET /api/notes/:id/acts': [reading(note('seeActs'))],
  'GET /api/notes/:id/history/content': [reading(note('seeHistory'))],
  'GET /api/notes/:id/history/authorship': [reading(note('seeHistory'))],
  'GET /api/notes/:id/history/who': [reading(note('seeHistory', () => ({ query: 'from=0&to=9' })))],
  'GET /api/notes/:id/history/sittings': [reading(note('seeHistory'))],
  'GET /api/notes/:id/history/density': [reading(note('seeHistory'))],
  'GET /api/notes/:id/history/search': [reading(note('seeHistory', () => ({ query: 'text=un' })))],
  'POST /api/notes/:id/history/take-back/preview': [
    reading(note('restore', json({ fromSeq: 999, toSeq: 999, person: null }))),
  ],
  'POST /api/notes/:id/history/take-back': [
    reading(note('restore', json({ fromSeq: 999, toSeq: 999, person: null, agreed: nothingTouched }))),
  ],
  'POST /api/notes/:id/history/restore': [note('restore', json({ seq: 1 }))],
  'POST /api/notes/:id/history/put-back': [reading(note('restore', json({ seq: 1, at: 0 })))],
  'POST /api/notes/:id/history/copy': [reading(note('seeHistory', json({ seq: 1 })))],
  'GET /api/notes/:id/history/rows': [reading(note('seeHistory', () => ({ query: 'from=1&to=9' })))],
  'GET /api/notes/:id/versions': [reading(note('seeHistory'))],
  'POST /api/notes/:id/versions': [adding(note('restore', json({ name: 'Là' })))],
  'PATCH /api/notes/:id/versions/:versionId': [
    note('restore', ({ version }) => ({ params: { versionId: version }, json: { name: 'Là' } })),
  ],
  'GET /api/notes/:id/versions/:versionId/content': [
    reading(note('seeHistory', ({ version }) => ({ params: { versionId: version } }))),
  ],
  'GET /api/notes/:id/comparison': [
    reading(note('seeHistory', ({ version }) => ({ query: `from=${version}&to=now` }))),
  ],
  'GET /api/notes/:id/integrity': [reading(note('seeHistory', () => ({ query: 'moment=seq:1' })))],
  'GET /api/notes/:id/proof': [reading(note('seeHistory', () => ({ query: 'moment=seq:1' })))],
  'POST /api/notes/:id/versions/:versionId/copy': [
    reading(note('seeHistory', ({ version }) => ({ params: { versionId: version } }))),
  ],
  'POST /api/notes/:id/versions/:versionId/restore': [
    note('restore', ({ version }) => ({ params: { versionId: version } })),
  ],

  ...gathering('carnets', carnet, ownNote, note('integrate')),
  'GET /api/carnets/:id/search': [reading(carnet('read', () => ({ query: 'q=a' })))],
  ...gathering('bases', base, ownCarnet, carnet('integrate')),

  'GET /api/communities': [relay('listCommunities')],
  'POST /api/communities': [relay('create', json({ name: 'Une autre' }))],
  'GET /api/communities/:id': [reading(community('read'))],
  'PATCH /api/communities/:id': [community('change', json({ description: 'Ensemble' }))],
  'POST /api/communities/:id/image': [community('change', image)],
  'POST /api/communities/:id/requests': [community('askToJoin', json({ text: '' }))],
  'POST /api/communities/:id/requests/:personId': [
    community('decideRequests', ({ asks }) => ({ params: { personId: asks }, json: { approved: false } })),
  ],
  'PATCH /api/communities/:id/people/:personId': [
    community('changeRoles', ({ named }) => ({
      params: { personId: named },
      json: { role: 'responsable' },
    })),
  ],
  'DELETE /api/communities/:id/people/:personId': [
    community('changeRoles', ({ named }) => ({ params: { personId: named } })),
    community('leave', (_about, { id }) => ({ params: { personId: id ?? unknownId } })),
  ],

  'POST /api/invitations': [
    adding(note('invite', (about) => ({ json: { ...noteAct(about), role: 'reader' } }))),
    adding(carnet('invite', ({ id }) => ({ json: { subject: 'carnet', subjectId: id, role: 'reader' } }))),
    adding(base('invite', ({ id }) => ({ json: { subject: 'base', subjectId: id, role: 'reader' } }))),
    adding(
      community('invite', ({ id }) => ({ json: { subject: 'community', subjectId: id, role: 'member' } })),
    ),
    relay('administer', json({ subject: 'relay', role: 'member' })),
  ],
  'GET /api/invitations': [
    reading(note('invite', ({ id }) => ({ query: `subject=note&subjectId=${id}` }))),
    reading(carnet('invite', ({ id }) => ({ query: `subject=carnet&subjectId=${id}` }))),
    reading(base('invite', ({ id }) => ({ query: `subject=base&subjectId=${id}` }))),
    reading(community('invite', ({ id }) => ({ query: `subject=community&subjectId=${id}` }))),
    relay('administer', () => ({ query: 'subject=relay' })),
  ],
  'DELETE /api/invitations/:id': [
    note('invite', ({ invitation }) => ({ params: { id: invitation } })),
    carnet('invite', ({ invitation }) => ({ params: { id: invitation } })),
    base('invite', ({ invitation }) => ({ params: { id: invitation } })),
    community('invite', ({ invitation }) => ({ params: { id: invitation } })),
  ],
  'POST /api/invitations/preview': [alike(404, () => ({ json: { secret: guess } }))],
  'POST /api/invitations/accept': [alike(404, () => ({ json: { secret: guess, name: 'Personne' } }))],

  'POST /api/tickets': [
    reading(note('read', ({ id }) => ({ json: { document: id } }))),
    reading(carnet('read', ({ id }) => ({ json: { document: id } }))),
    reading(base('read', ({ id }) => ({ json: { document: id } }))),
  ],
  'POST /api/tickets/mirror': [relay('create', json({ device: 'AAAAAAAAAAAAAAAAAAAAAB' }))],
  'POST /api/mirror/documents': [
    relay('create', () => ({ json: { id: newId(), kind: 'note', createdAt: 1 } })),
  ],
  // Who has no account names nobody, and is nobody whom another names.
  'POST /api/mirror/stated': [
    { ...alike(403, () => ({ json: { guest: newId(), name: 'Zoé', claim: null } }), 200), visitor: 401 },
  ],
  'POST /api/mirror/claims': [
    { ...alike(403, () => ({ json: { secrets: ['x'.repeat(43)] } }), 200), visitor: 401 },
  ],
  'POST /api/mirror/claims/open': [
    { ...alike(200, () => ({ json: { claims: ['x'.repeat(43)] } })), visitor: 401 },
  ],
  'PUT /api/mirror/attachments/:id': [
    adding(note('write', ({ id }) => ({ ...upload(`note=${id}&name=a.txt`), params: { id: newId() } }))),
  ],
  'POST /api/attachments': [adding(note('write', ({ id }) => upload(`note=${id}&name=a.txt`)))],
  'GET /api/attachments/:id': [reading(note('read', ({ attachment }) => ({ params: { id: attachment } })))],
  'POST /api/exports': [
    reading(note('export', (about) => ({ json: noteAct(about) }))),
    reading(note('seeHistory', (about) => ({ json: { ...noteAct(about), moment: 'seq:1' } }))),
    reading(carnet('export', ({ id }) => ({ json: { subject: 'carnet', subjectId: id } }))),
  ],
  'GET /api/carnets/:id/entries/:memberId/held': [list],
  'PUT /api/carnets/:id/entries/:memberId/held': [
    carnet('write', ({ entry }) => ({ params: { memberId: entry }, json: { held: null } })),
  ],
  'GET /api/carnets/:id/editions': [reading(carnet('seeEditions'))],
  'POST /api/carnets/:id/editions': [adding(carnet('keepEditions', json({})))],
  'PATCH /api/carnets/:id/editions/:number': [
    reading(
      carnet('keepEditions', async ({ id }, _who, house) => {
        if (id !== unknownId) await keptEdition(id as CarnetId, house);
        return { params: { number: '1' }, json: { withdrawn: false } };
      }),
    ),
  ],
  'GET /api/exports': [relay('readNotices', () => ({ query: 'subject=person' }))],
  'GET /api/exports/missing-texts/:subject/:id': [
    reading(note('export', ({ id }) => ({ params: { subject: 'note', id } }))),
    reading(carnet('export', ({ id }) => ({ params: { subject: 'carnet', id } }))),
  ],
  'POST /api/exports/missing-texts': [reading(note('export', ({ id }) => ({ json: { notes: [id] } })))],
  'GET /api/organisations/regions': [list],
  'GET /api/exports/:id': [{ kind: 'own', make: startExport, ask: (id) => ({ params: { id } }) }],
  'GET /api/exports/:id/file': [{ kind: 'own', make: startExport, ask: (id) => ({ params: { id } }) }, list],
  'GET /api/exports/:id/pages/:page': [
    { kind: 'own', make: startExport, ask: (id) => ({ params: { id, page: '1' }, query: 'width=320' }) },
    list,
  ],
  'DELETE /api/exports/:id': [{ kind: 'own', make: startExport, ask: (id) => ({ params: { id } }) }],
  'POST /api/imports': [relay('create', () => ({ query: 'name=a.md', body: '# Un' }))],
  'GET /api/imports/:id': [{ kind: 'own', make: startImport(false), ask: (id) => ({ params: { id } }) }],
  'POST /api/imports/:id/make': [
    {
      kind: 'own',
      make: startImport(false),
      ask: (id) => ({ params: { id }, json: { into: { kind: 'nowhere' } } }),
    },
  ],
  'POST /api/imports/:id/undo': [{ kind: 'own', make: startImport(true), ask: (id) => ({ params: { id } }) }],
  'DELETE /api/imports/:id': [{ kind: 'own', make: startImport(false), ask: (id) => ({ params: { id } }) }],
  'GET /api/print/:subject/:id': [
    reading(note('read', ({ id }) => ({ params: { subject: 'note', id } }))),
    reading(carnet('read', ({ id }) => ({ params: { subject: 'carnet', id } }))),
  ],

  'POST /api/notes': [
    relay('create', json({ title: 'Une' })),
    adding(carnet('contribute', ({ id }) => ({ json: { title: 'Née ici', carnetId: id } }))),
  ],
  'GET /api/notices': [relay('readNotices'), list],
  'POST /api/notices/:id/answer': [
    {
      kind: 'own',
      make: async (owner, { catalogue, home }) => {
        const id = newId<NoticeId>();
        const about = { subject: 'note', subjectId: (await ownNote(owner)) as NoteId } as const;
        const from = home.people.author.id;
        const message = {
          kind: 'message',
          from,
          text: 'Bonjour',
          count: 1,
          at: 1,
          readAt: null,
          within: null,
        } as const;
        await catalogue.notices.add([{ ...message, ...about, id, person: owner.id! }]);
        return id;
      },
      ask: (id) => ({ params: { id }, json: { text: 'Merci' } }),
    },
  ],
  'GET /api/notices/settings': [relay('readNotices')],
  'PUT /api/notices/settings': [relay('readNotices', json(defaultNoticeSettings))],
  'PUT /api/notices/language': [relay('readNotices', json({ language: 'fr', timeZone: 'America/Toronto' }))],
  'POST /api/notices/read': [relay('readNotices', json({ until: 1 }))],

  'GET /api/administration/people': [relay('administer')],
  'PATCH /api/administration/people/:id': [
    relay('administer', (_about, _who, { home }) => ({
      params: { id: home.people.signedIn.id },
      json: { role: 'member' },
    })),
  ],
  'POST /api/administration/people/:id/recovery-link': [
    relay('administer', (_about, _who, { home }) => ({ params: { id: home.people.administrator.id } })),
  ],
  'GET /api/administration/reports': [relay('administer')],
  'PATCH /api/administration/reports/:id': [
    relay('administer', async (_about, _who, { catalogue, home }) => {
      const id = newId<ReportId>();
      const { note: about } = await home.people.author.json<{ note: { id: NoteId } }>(
        'POST',
        '/api/notes',
        {},
      );
      const report = { by: null, reason: 'Faux', at: 1, settled: null } as const;
      await catalogue.reports.add(
        { ...report, id, about: { subject: 'note', subjectId: about.id } },
        { audit: [], notices: [] },
      );
      return { params: { id }, json: { settled: null } };
    }),
  ],
  'GET /api/storage': [relay('create')],
  'GET /api/administration/storage': [relay('administer')],
  'PATCH /api/administration/storage': [relay('administer', json({ quota: 0 }))],
  'GET /api/history-keeping': [relay('administer')],
  'PUT /api/history-keeping': [relay('administer', json({ months: null }))],
  'POST /api/history-keeping/preview': [relay('administer', json({ months: 6 }))],
  'DELETE /api/history-keeping/preview': [relay('administer')],
  // Of the person of a computer, of whom a community's relay has none.
  'GET /api/backups': notHere(),
  'PUT /api/backups': notHere({ rhythm: 'off', folder: null, keep: 7 }),
  'POST /api/backups/run': notHere({ folder: '/tmp' }),
  'POST /api/backups/list': notHere({ folder: '/tmp' }),
  'POST /api/backups/restore': notHere({ folder: '/tmp' }),
  'POST /api/backups/undo': notHere(),
  'GET /api/administration/incidents': [relay('administer')],
  'POST /api/administration/incidents': [relay('administer', json(incident))],
  'POST /api/administration/incidents/:id/entries': [
    relay('administer', async (_about, _who, { catalogue, home }) => {
      const id = newId<IncidentId>();
      const entry = { ...incident, incident: id, number: 1, at: 1, reason: null };
      await catalogue.incidents.add(
        { ...entry, by: home.people.administrator.id },
        { audit: [], notices: [] },
      );
      return { params: { id }, json: { follows: 1, reason: 'Précision', statement: incident } };
    }),
  ],
  'GET /api/administration/register': [relay('administer')],
  'GET /api/administration/register.csv': [relay('administer')],

  'GET /api/notes': [list],
  'GET /api/search': [list],
  'POST /api/note-titles': [list],
  'GET /api/events': [list],
  'GET /notes/:id': [list],
  'GET /carnets/:id': [list],
  'GET /communities/:id': [list],
  'GET /report/:kind/:id': [list],
  'POST /report/:kind/:id': [list],
  'GET /bases/:id': [list],
  'GET /sitemap.xml': [list],
  'GET /flux/notes/:id': [list],
  'GET /flux/carnets/:id': [list],
  'GET /flux/bases/:id': [list],
  'GET /flux/communities/:id': [list],
  'GET /flux/mine/:secret': [list],
  'GET /api/feed': [relay('readNotices')],
  'POST /api/feed': [relay('readNotices')],
  'DELETE /api/feed': [relay('readNotices')],

  'GET /api/session': [alike(200)],
  'POST /api/session/launch': [alike(401, () => ({ json: { secret: guess, language: 'fr' } }))],
  'GET /api/people/:id': [
    relay('readProfiles', (_about, _who, { home }) => ({ params: { id: home.people.manager.id } })),
    list,
  ],
  'PATCH /api/session/profile': [relay('create', json({ organisation: 'La ruelle' }))],
  'PATCH /api/session/person': [relay('create', json({ colour: 'prune' }))],
  'DELETE /api/session': [{ ...alike(204), spends: true }],
  'GET /api/sessions': [relay('create')],
  'DELETE /api/sessions': [spending(relay('create'))],
  'DELETE /api/sessions/:id': [
    {
      kind: 'own',
      make: async (owner) =>
        (await owner.json<{ sessions: { id: string }[] }>('GET', '/api/sessions')).sessions[0]!.id,
      ask: (id) => ({ params: { id } }),
    },
  ],

  'POST /api/account': [
    alike(404, () => ({ json: { ...account(), name: 'Personne', language: 'fr', secret: guess } }), 409),
  ],
  'POST /api/account/sign-in': [alike(401, () => ({ json: account() }))],
  'POST /api/account/recovery': [alike(204, () => ({ json: { email: account().email, language: 'fr' } }))],
  'POST /api/account/new-password': [
    alike(404, () => ({ json: { token: guess, password: account().password } })),
  ],
  'POST /api/account/verification': [alike(403, () => ({ json: { language: 'fr' } }), 204)],
  'POST /api/account/verify': [{ ...alike(404, () => ({ json: { token: guess } })), visitor: 401 }],
  'POST /api/account/password': [
    {
      ...alike(403, () => ({ json: { password: account().password, newPassword: account().password } }), 401),
      visitor: 401,
    },
  ],
  'POST /api/account/address': [
    { ...alike(403, () => ({ json: { ...account(), language: 'fr' } }), 401), visitor: 401 },
  ],
  'GET /api/account/leaving': [relay('readNotices')],
  'POST /api/account/leaving': [spending(relay('readNotices', json({ choices: {}, communities: {} })))],
  'DELETE /api/account/leaving': [relay('readNotices')],
  'POST /api/account/organisation': [alike(404)],
  'GET /api/auth/callback/organisation': [alike(404)],
  'GET /api/account/passkeys': [{ ...alike(403, undefined, 200), visitor: 401 }],
  'POST /api/account/passkeys/options': [{ ...alike(403, undefined, 200), visitor: 401 }],
  'POST /api/account/passkeys': [
    { ...alike(403, () => ({ json: { response: {}, name: 'Clé' } }), 400), visitor: 401 },
  ],
  'DELETE /api/account/passkeys/:id': [
    { ...alike(403, () => ({ params: { id: unknownId } })), visitor: 401 },
  ],
  'POST /api/account/passkey-sign-in/options': [alike(200)],
  'POST /api/account/passkey-sign-in': [alike(400, () => ({ json: { response: {} } }))],

  'GET /unsubscribe/:token': [alike(404, () => ({ params: { token: guess } }))],
  'POST /unsubscribe/:token': [alike(404, () => ({ params: { token: guess } }))],
  'GET /healthz': [alike(200)],
  'GET /readyz': [alike(200)],
  'GET /robots.txt': [alike(200)],
  'GET /api/print-fonts/:family/:file': [
    alike(404, () => ({ params: { family: 'inter', file: 'none.woff2' } })),
  ],
};

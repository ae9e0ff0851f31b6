import type { Session } from '#shared/api/session.ts';
import type { SessionEntry } from '#shared/api/sessions.ts';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import type { Visibility } from '#shared/domain/Visibility.ts';
import { accountBody, password } from './newCommunity.ts';
import type { TestVisitor } from './newFullRelay.ts';
import type { Household, Somebody } from './newHousehold.ts';

const nothing = { audit: [], notices: [] };

/** A note or a carnet that somebody has open, and who decides about it. */
export interface Scene {
  readonly home: Household;
  readonly id: NoteId & CarnetId;
  /** `/api/notes/…` or `/api/carnets/…`. */
  readonly path: string;
  /** An author of the note, or a manager of the carnet, and a responsable of the community. */
  readonly owner: Somebody;
  /** Somebody new, who has nothing to do with anything yet. */
  readonly loser: Somebody;
}

/** One way to lose a right that one is using. */
export interface Loss {
  readonly on: 'note' | 'carnet';
  /** The loser is somebody who is not signed in. */
  readonly visitor?: true;
  /** Gives the right. */
  readonly give: (scene: Scene) => Promise<unknown>;
  /** Takes it away, by a request whose answer says that it is done. */
  readonly take: (scene: Scene) => Promise<unknown>;
  /** How the relay closes the socket, or that its holder reads from then on, and no more. */
  readonly ending: 4401 | 4403 | 'reads';
}

const stores = ({ home }: Scene) => home.full.relay.operations.catalogue;
const see = (visibility: Visibility) => (scene: Scene) =>
  scene.owner.json('PATCH', scene.path, { visibility });
const inCommunity = (role: 'member' | 'responsable') => (scene: Scene) =>
  stores(scene).communities.setRole(scene.home.ours, scene.loser.id, role, 1, nothing);
const onNote = (role: 'author' | 'reader') => (scene: Scene) =>
  stores(scene).notes.addPerson(scene.id, scene.loser.id, role, 1);
const onCarnet = (role: 'manager' | 'contributor' | 'reader') => (scene: Scene) =>
  stores(scene).carnets.addPerson(scene.id, scene.loser.id, role, 1);
const both =
  (...steps: Loss['give'][]): Loss['give'] =>
  async (scene) => {
    for (const step of steps) await step(scene);
  };
const membership = ({ home, loser }: Scene) => `/api/communities/${home.ours}/people/${loser.id}`;

/** The loser makes an account, so that they can be signed in twice. @returns them on another computer. */
async function secondComputer({ home, loser }: Scene): Promise<TestVisitor> {
  const email = `p${loser.id.replaceAll(/[^A-Za-z0-9]/g, '')}@exemple.org`;
  await loser.json<Session>('POST', '/api/account', accountBody(email));
  const elsewhere = home.full.visitor();
  await elsewhere.json('POST', '/api/account/sign-in', { email, password });
  return elsewhere;
}
const elsewhereOf = new WeakMap<Scene, TestVisitor>();
const signedInTwice = async (scene: Scene): Promise<void> => {
  elsewhereOf.set(scene, await secondComputer(scene));
};

/** Every way, by name. Those of an author and of a manager write meanwhile. */
export const losses: Readonly<Record<string, Loss>> = {
  'public made for members': {
    on: 'note',
    visitor: true,
    give: see('public'),
    take: see('members'),
    ending: 4403,
  },
  'members made for the community': {
    on: 'note',
    give: see('members'),
    take: see('community'),
    ending: 4403,
  },
  'the community made for the authors': {
    on: 'note',
    give: both(inCommunity('member'), see('community')),
    take: see('authors'),
    ending: 4403,
  },
  'the link to the community taken away': {
    on: 'note',
    give: both(inCommunity('member'), see('community')),
    take: ({ owner, path }) => owner.json('PATCH', path, { community: null }),
    ending: 4403,
  },
  'a member leaves the community': {
    on: 'note',
    give: both(inCommunity('member'), see('community')),
    take: (scene) => scene.loser.json('DELETE', membership(scene)),
    ending: 4403,
  },
  'a member is taken out of the community': {
    on: 'note',
    give: both(inCommunity('member'), see('community')),
    take: (scene) => scene.owner.json('DELETE', membership(scene)),
    ending: 4403,
  },
  'an invited reader is taken off': {
    on: 'note',
    give: onNote('reader'),
    take: ({ owner, path, loser }) => owner.json('DELETE', `${path}/readers/${loser.id}`),
    ending: 4403,
  },
  'an author is taken off': {
    on: 'note',
    give: onNote('author'),
    take: ({ owner, path, loser }) => owner.json('DELETE', `${path}/authors/${loser.id}`),
    ending: 4403,
  },
  'an author leaves': {
    on: 'note',
    give: onNote('author'),
    take: ({ path, loser }) => loser.json('DELETE', `${path}/authors/${loser.id}`),
    ending: 4403,
  },
  'an author is taken off a note that they may read': {
    on: 'note',
    give: both(see('members'), onNote('author')),
    take: ({ owner, path, loser }) => owner.json('DELETE', `${path}/authors/${loser.id}`),
    ending: 'reads',
  },
  'a responsable whose community is the author becomes a member': {
    on: 'note',
    give: both(inCommunity('responsable'), ({ owner, path }) =>
      owner.json('PATCH', path, { authorMode: 'community', visibility: 'community' }),
    ),
    take: (scene) => scene.owner.json('PATCH', membership(scene), { role: 'member' }),
    ending: 'reads',
  },
  'a responsable whose community is the author leaves it': {
    on: 'note',
    give: both(inCommunity('responsable'), ({ owner, path }) =>
      owner.json('PATCH', path, { authorMode: 'community', visibility: 'community' }),
    ),
    take: (scene) => scene.loser.json('DELETE', membership(scene)),
    ending: 4403,
  },
  'the note goes to the trash': {
    on: 'note',
    give: both(inCommunity('member'), see('community')),
    take: ({ owner, path }) => owner.json('DELETE', path),
    ending: 4403,
  },
  'an author signs out': {
    on: 'note',
    give: onNote('author'),
    take: ({ loser }) => loser.json('DELETE', '/api/session'),
    ending: 4401,
  },
  'an author signs out everywhere': {
    on: 'note',
    give: onNote('author'),
    take: ({ loser }) => loser.json('DELETE', '/api/sessions'),
    ending: 4401,
  },
  'an author signs out everywhere, from another computer': {
    on: 'note',
    give: both(onNote('author'), signedInTwice),
    take: (scene) => elsewhereOf.get(scene)!.json('DELETE', '/api/sessions'),
    ending: 4401,
  },
  'an author ends that session from another computer': {
    on: 'note',
    give: both(onNote('author'), signedInTwice),
    take: async (scene) => {
      const elsewhere = elsewhereOf.get(scene)!;
      const { sessions } = await elsewhere.json<{ sessions: SessionEntry[] }>('GET', '/api/sessions');
      const other = sessions.find(({ current }) => !current);
      return elsewhere.json('DELETE', `/api/sessions/${other?.id}`);
    },
    ending: 4401,
  },
  'an author closes their account': {
    on: 'note',
    give: both(onNote('author'), signedInTwice),
    take: (scene) =>
      elsewhereOf
        .get(scene)!
        .json('POST', '/api/account/leaving', { choices: {}, communities: {}, password }),
    ending: 4401,
  },
  'a public carnet made for its managers': {
    on: 'carnet',
    visitor: true,
    give: see('public'),
    take: see('authors'),
    ending: 4403,
  },
  'a manager is taken off': {
    on: 'carnet',
    give: onCarnet('manager'),
    take: ({ owner, path, loser }) => owner.json('DELETE', `${path}/people/${loser.id}`),
    ending: 4403,
  },
  'a manager leaves a carnet that they may read': {
    on: 'carnet',
    give: both(see('members'), onCarnet('manager')),
    take: ({ path, loser }) => loser.json('DELETE', `${path}/people/${loser.id}`),
    ending: 'reads',
  },
  'a contributor is taken off': {
    on: 'carnet',
    give: onCarnet('contributor'),
    take: ({ owner, path, loser }) => owner.json('DELETE', `${path}/people/${loser.id}`),
    ending: 4403,
  },
  'the carnet goes to the trash': {
    on: 'carnet',
    give: onCarnet('reader'),
    take: ({ owner, path }) => owner.json('DELETE', path),
    ending: 4403,
  },
};

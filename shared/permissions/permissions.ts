import type { CollectionKind, ContributionPolicy } from '../domain/Collection.ts';
import type { CommunityPersonRole } from '../domain/Community.ts';
import type { CommunityId, PersonId } from '../domain/ids.ts';
import type { NoteLock } from '../domain/lock.ts';
import type { Person, RelayRole } from '../domain/Person.ts';
import type { Visibility } from '../domain/Visibility.ts';
import { contributionRelations, levelOf, opens, policy, type Relation } from './policy.ts';

/** What a person may do with one note: each role includes those before it. */
export const noteRoles = policy.note.levels;
export type NoteRole = (typeof noteRoles)[number];

/** What a person may do with one carnet, or one base: each role includes those before it. */
export const collectionRoles = policy.carnet.levels;
export type CollectionRole = (typeof collectionRoles)[number];

/** What a person may do with one community: each role includes those before it. */
export const communityRoles = policy.community.levels;
export type CommunityRole = (typeof communityRoles)[number];

/** What a person is in each community that they are in. */
export type Memberships = ReadonlyMap<CommunityId, CommunityPersonRole>;

/** Someone signed in, or null for a visitor. Without `communities` they count as being in none, without `role` as a member of the relay. */
export type Asker =
  | (Pick<Person, 'id' | 'kind'> & { readonly role?: RelayRole; readonly communities?: Memberships })
  | null;

interface Subject {
  readonly visibility: Visibility;
  readonly trashed: boolean;
  /** People invited to read it although its visibility would not let them. */
  readonly readers: readonly PersonId[];
  /** The community that it is linked to. */
  readonly community: CommunityId | null;
}

/** What the policy needs to know of a note. */
export interface NoteSubject extends Subject {
  /** By name, or the responsables of the linked community where they are the authors. */
  readonly authors: readonly PersonId[];
  /** People invited to read it and to comment. */
  readonly commenters: readonly PersonId[];
  /** Set while nobody may write in it. */
  readonly lock: NoteLock | null;
}

/** What the policy needs to know of a carnet or of a base. */
export interface CollectionSubject extends Subject {
  readonly kind: CollectionKind;
  readonly managers: readonly PersonId[];
  readonly contributors: readonly PersonId[];
  readonly contributionPolicy: ContributionPolicy;
}

/** Who keeps a relay: the person of a computer, an administrator of a community's relay. */
const isAdministrator = (asker: NonNullable<Asker>): boolean =>
  asker.kind === 'local' || asker.role === 'administrator';

/** What someone is to a subject, beside what they are on it by name. */
function generalRelations(asker: Asker, community: CommunityId | null): Relation[] {
  if (asker === null) return ['anonymous'];
  const held: Relation[] = ['signedIn'];
  if (isAdministrator(asker)) held.push('administrator');
  const role = community === null ? undefined : asker.communities?.get(community);
  if (role === 'responsable') held.push('communityResponsable');
  else if (role === 'member') held.push('communityMember');
  else if ((asker.communities?.size ?? 0) > 0) held.push('otherCommunity');
  return held;
}

function relationsTo(asker: Asker, subject: Subject, named: Partial<Record<Relation, readonly PersonId[]>>) {
  const held = generalRelations(asker, subject.community);
  if (asker === null) return held;
  const lists = { invitedReader: subject.readers, ...named };
  for (const [relation, people] of Object.entries(lists))
    if (people.includes(asker.id)) held.push(relation as Relation);
  return held;
}

/** The one answer to "what may this person do with this note"; a note in the trash is for its authors only, one that is locked nobody's to write in. */
export function noteRole(asker: Asker, note: NoteSubject): NoteRole {
  const held = relationsTo(asker, note, { author: note.authors, commenter: note.commenters });
  const level = levelOf(policy.note, held, note.visibility, note.trashed);
  return note.lock === null ? level : (policy.note.whenLocked?.[level] ?? level);
}

/** The one answer to "what may this person do with this carnet", or this base. */
export function collectionRole(asker: Asker, collection: CollectionSubject): CollectionRole {
  const held = relationsTo(asker, collection, {
    manager: collection.managers,
    contributor: collection.contributors,
  });
  const level = levelOf(policy[collection.kind], held, collection.visibility, collection.trashed);
  const adds = contributionRelations[collection.contributionPolicy];
  return level === 'reader' && held.some((relation) => adds.includes(relation)) ? 'contributor' : level;
}

/** The one answer to "what may this person do with this community". */
export function communityRole(asker: Asker, community: CommunityId, isPublic = false): CommunityRole {
  const held = generalRelations(asker, community);
  return levelOf(policy.community, held, isPublic ? 'public' : 'authors', false);
}

type NoteAct = keyof typeof policy.note.acts;
type CollectionAct = keyof typeof policy.base.acts;
type CarnetAct = keyof typeof policy.carnet.acts;
type CommunityAct = keyof typeof policy.community.acts;

const onNote =
  (act: NoteAct) =>
  (role: NoteRole): boolean =>
    opens(policy.note, role, act);
/** A carnet and a base have the same levels and the same acts. */
const onCollection =
  (act: CollectionAct) =>
  (role: CollectionRole): boolean =>
    opens(policy.base, role, act);
const onCarnet =
  (act: CarnetAct) =>
  (role: CollectionRole): boolean =>
    opens(policy.carnet, role, act);
const onCommunity =
  (act: CommunityAct) =>
  (role: CommunityRole): boolean =>
    opens(policy.community, role, act);

export const canReadNote = onNote('read');
/** May write in its document. */
export const canEditNote = onNote('write');
export const canChangeNoteVisibility = onNote('changeVisibility');
/** May say whether it is a note, a term of the lexicon or an organisation. */
export const canChangeKind = onNote('changeKind');
export const canChangeLicence = onNote('changeLicence');
export const canLinkNote = onNote('linkCommunity');
/** May add and take off authors, and say who they are: people, or the responsables of the community. */
export const canChangeAuthors = onNote('changeAuthors');
/** May say that it is a template, of which others make notes. */
export const canMarkTemplate = onNote('markTemplate');
/** May lock it as it was adopted, and open it again. */
export const canLockNote = onNote('lock');
export const canTrashNote = onNote('trash');
/** May see who did what to it when, from the moment they may see it. */
export const canSeeActs = onNote('seeActs');
/** May see deleted text, versions and who wrote what. */
export const canSeeNoteHistory = onNote('seeHistory');
/** May put an earlier version back, and name one. */
export const canRestoreNote = onNote('restore');
export const canInviteToNote = onNote('invite');
/** May take off who was invited to read or to comment. */
export const canRemoveReader = onNote('removeReader');
/** May ask to become an author; who is one has nothing to ask. */
export const canAskToEdit = onNote('askToEdit');
/** May see who asks to become an author, and answer. */
export const canDecideEditRequests = onNote('decideRequests');
/** May write to the authors. */
export const canContactAuthors = onNote('contactAuthors');
/** May read and write in its threads; what somebody said is theirs alone to change. */
export const canDiscussNote = onNote('discuss');
/** May close and reopen threads that others began. */
export const canResolveThreads = onNote('resolveThreads');
/** May make a note of their own from it, when signed in. */
export const canDuplicateNote = onNote('duplicate');
/** May put it in a carnet that they may add to, when signed in. */
export const canIntegrateNote = onNote('integrate');
export const canExportNote = onNote('export');

export const canReadCollection = onCollection('read');
export const canSeeCollectionActs = onCollection('seeActs');
/** May add what they can read, and take out what they added. */
export const canContributeToCollection = onCollection('contribute');
/** May write in its document: title, description, guide, order, categories, pins; and change its rights. */
export const canManageCollection = onCollection('write');
/** May name people on it, give them another role and take them off. */
export const canChangePeople = onCollection('changePeople');
/** May take off themselves. */
export const canLeaveCollection = onCollection('leave');
export const canChangeCover = onCollection('changeCover');
export const canInviteToCollection = onCollection('invite');
export const canExportCarnet = onCarnet('export');
export const canSeeEditions = onCarnet('seeEditions');
/** May freeze it as an edition, withdraw one and put it back. */
export const canKeepEditions = onCarnet('keepEditions');
/** May put it in a base that they may add to, when signed in. */
export const canIntegrateCarnet = onCarnet('integrate');

/** May see what it shows to everybody: its name, description and image. */
export const canSeePublicCommunity = onCommunity('seePublicPage');
export const canReadCommunity = onCommunity('read');
export const canAskToJoin = onCommunity('askToJoin');
export const canSeeMembers = onCommunity('seeMembers');
/** May link notes and carnets of their own to it. */
export const canLinkToCommunity = onCommunity('linkContent');
/** May tell its people that a discussion of one of its notes begins. */
export const canAnnounce = onCommunity('announce');
export const canLeaveCommunity = onCommunity('leave');
export const canChangeCommunity = onCommunity('change');
export const canInviteToCommunity = onCommunity('invite');
/** May approve and refuse who asks to join. */
export const canDecideJoinRequests = onCommunity('decideRequests');
/** May make members responsables, responsables members, and take people out. */
export const canChangeRoles = onCommunity('changeRoles');
/** May make its responsables the authors of a note. */
export const canWriteInItsName = onCommunity('writeInItsName');

/** May invite to the relay and look after its people; that opens no note. */
export const canAdminister = (asker: Asker): asker is NonNullable<Asker> =>
  opens(policy.relay, levelOf(policy.relay, generalRelations(asker, null), 'authors', false), 'administer');
/** Whoever is signed in may read the page of anybody known here; what it lists is each asked about by itself. */
export const canReadProfiles = (asker: Asker): asker is NonNullable<Asker> =>
  opens(policy.relay, asker === null ? 'visitor' : 'person', 'readProfiles');
/** Whoever is signed in may create notes, carnets, bases and communities. */
export const canCreate = (asker: Asker): asker is NonNullable<Asker> =>
  opens(policy.relay, asker === null ? 'visitor' : 'person', 'create');

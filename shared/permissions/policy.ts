import type { ContributionPolicy } from '../domain/Collection.ts';
import { type Visibility, visibilities } from '../domain/Visibility.ts';

/**
 * The one policy of who may do what. permissions.ts answers from it, docs/permissions.md is written from it (`node scripts/permissions.mjs`), and
 * test/integration/http/permissions.test.ts asks a relay every cell of it.
 *
 * A relation gives a level on a subject, by the subject's visibility; of several relations the strongest counts. A level opens acts.
 */

/** What someone can be to a subject. */
export const relations = [
  'anonymous',
  'signedIn',
  'otherCommunity',
  'communityMember',
  'communityResponsable',
  'invitedReader',
  'commenter',
  'contributor',
  'manager',
  'author',
  'administrator',
] as const;
export type Relation = (typeof relations)[number];

/** An act, and the levels that it is open to: from `from` up, or up to `upTo` where it has no sense beyond. */
export interface Grant<Level extends string> {
  readonly from: Level;
  readonly upTo?: Level;
  /** Somebody has to be signed in, whatever the level. */
  readonly signedIn?: true;
}

export interface SubjectPolicy<
  Level extends string = string,
  Known extends Relation = Relation,
  Act extends string = string,
> {
  /** Weakest first; each level includes those before it. */
  readonly levels: readonly Level[];
  readonly relations: Readonly<Record<Known, Readonly<Record<Visibility, Level>>>>;
  /** The relations that keep their level on a subject in the trash; the others have none. */
  readonly inTrash: readonly NoInfer<Known>[];
  /** What becomes of a level on a subject that is locked; one that is not named stays. */
  readonly whenLocked?: Readonly<Partial<Record<NoInfer<Level>, NoInfer<Level>>>>;
  readonly acts: Readonly<Record<Act, Grant<NoInfer<Level>>>>;
}

/** The level under each visibility, in the order of `visibilities`: authors, community, members, public. */
function levels<Level extends string>(...four: [Level, Level, Level, Level]): Record<Visibility, Level> {
  return Object.fromEntries(visibilities.map((visibility, at) => [visibility, four[at]])) as Record<
    Visibility,
    Level
  >;
}
/** The same level whatever the visibility. */
const always = <Level extends string>(level: Level): Record<Visibility, Level> =>
  levels(level, level, level, level);

function define<Level extends string, Known extends Relation, Act extends string>(
  policy: SubjectPolicy<Level, Known, Act>,
): SubjectPolicy<Level, Known, Act> {
  return policy;
}

/** How far each visibility opens a note, a carnet or a base to those who are not named on it. */
const seen = {
  anonymous: levels('none', 'none', 'none', 'reader'),
  signedIn: levels('none', 'none', 'reader', 'reader'),
  otherCommunity: levels('none', 'none', 'reader', 'reader'),
  communityMember: levels('none', 'reader', 'reader', 'reader'),
  communityResponsable: levels('none', 'reader', 'reader', 'reader'),
  // Keeping a relay opens nobody's text.
  administrator: levels('none', 'none', 'reader', 'reader'),
} as const;

/** A note also lets them speak of it, wherever it opens to people who are signed in. */
const spokenOf = {
  anonymous: seen.anonymous,
  signedIn: levels('none', 'none', 'commenter', 'commenter'),
  otherCommunity: levels('none', 'none', 'commenter', 'commenter'),
  communityMember: levels('none', 'commenter', 'commenter', 'commenter'),
  communityResponsable: levels('none', 'commenter', 'commenter', 'commenter'),
  administrator: levels('none', 'none', 'commenter', 'commenter'),
  // An invitation says whether it is to read, or to read and comment; it takes nothing from what the visibility gives.
  invitedReader: levels('reader', 'reader', 'commenter', 'commenter'),
  commenter: always('commenter'),
} as const;

/** A base gathers carnets as a carnet gathers notes, by the same rules. */
const gathering = define({
  levels: ['none', 'reader', 'contributor', 'manager'],
  relations: {
    ...seen,
    invitedReader: always('reader'),
    contributor: always('reader'),
    manager: always('manager'),
  },
  inTrash: ['manager'],
  acts: {
    read: { from: 'reader' },
    // What was put in it, taken out and arranged, by whom and when: from the moment that it was open to them.
    seeActs: { from: 'reader' },
    contribute: { from: 'contributor' },
    removeOwnEntry: { from: 'contributor' },
    write: { from: 'manager' },
    changeVisibility: { from: 'manager' },
    changePolicy: { from: 'manager' },
    linkCommunity: { from: 'manager' },
    changeCover: { from: 'manager' },
    changePeople: { from: 'manager' },
    // Who is named on it takes themselves off; of who is not, nothing changes.
    leave: { from: 'reader', signedIn: true },
    invite: { from: 'manager' },
    trash: { from: 'manager' },
  },
});

export const policy = {
  relay: define({
    levels: ['visitor', 'person', 'administrator'],
    relations: {
      anonymous: always('visitor'),
      signedIn: always('person'),
      administrator: always('administrator'),
    },
    inTrash: [],
    acts: {
      create: { from: 'person' },
      listCommunities: { from: 'person' },
      readProfiles: { from: 'person' },
      readNotices: { from: 'person' },
      keepFeed: { from: 'person' },
      exportOwnData: { from: 'person' },
      administer: { from: 'administrator' },
    },
  }),
  community: define({
    levels: ['none', 'visitor', 'outsider', 'member', 'responsable'],
    relations: {
      // Of one that shows itself to everybody.
      anonymous: levels('none', 'none', 'none', 'visitor'),
      signedIn: always('outsider'),
      otherCommunity: always('outsider'),
      communityMember: always('member'),
      communityResponsable: always('responsable'),
      administrator: always('outsider'),
    },
    inTrash: [],
    acts: {
      seePublicPage: { from: 'visitor' },
      read: { from: 'outsider' },
      askToJoin: { from: 'outsider', upTo: 'outsider' },
      seeMembers: { from: 'member' },
      linkContent: { from: 'member' },
      // Telling all of it that a discussion of a note begins.
      announce: { from: 'member' },
      leave: { from: 'member' },
      change: { from: 'responsable' },
      invite: { from: 'responsable' },
      decideRequests: { from: 'responsable' },
      changeRoles: { from: 'responsable' },
      writeInItsName: { from: 'responsable' },
    },
  }),
  note: define({
    levels: ['none', 'reader', 'commenter', 'keeper', 'author'],
    relations: { ...spokenOf, author: always('author') },
    inTrash: ['author'],
    // Who wrote what was adopted keeps it: they look after who sees it, and open it again, but nobody writes in it.
    whenLocked: { author: 'keeper' },
    acts: {
      read: { from: 'reader' },
      export: { from: 'reader', signedIn: true },
      duplicate: { from: 'reader', signedIn: true },
      integrate: { from: 'reader', signedIn: true },
      contactAuthors: { from: 'reader', signedIn: true },
      askToEdit: { from: 'reader', upTo: 'commenter', signedIn: true },
      // Reading what others say of it and saying something.
      discuss: { from: 'commenter', signedIn: true },
      resolveThreads: { from: 'keeper' },
      write: { from: 'author' },
      // Who worked on it when, and what it was called: no word of its text.
      seeActs: { from: 'reader' },
      seeHistory: { from: 'keeper' },
      restore: { from: 'author' },
      // Its kind says which sheet is shown: it is part of what was adopted, and what was adopted is not thrown away.
      changeKind: { from: 'author' },
      trash: { from: 'author' },
      changeVisibility: { from: 'keeper' },
      changeLicence: { from: 'keeper' },
      linkCommunity: { from: 'keeper' },
      changeAuthors: { from: 'keeper' },
      decideRequests: { from: 'keeper' },
      removeReader: { from: 'keeper' },
      invite: { from: 'keeper' },
      lock: { from: 'keeper' },
      // Letting others make notes from it.
      markTemplate: { from: 'keeper' },
    },
  }),
  carnet: define({
    ...gathering,
    acts: {
      ...gathering.acts,
      export: { from: 'reader', signedIn: true },
      seeEditions: { from: 'reader' },
      // Freezing it as an edition, withdrawing one and putting it back.
      keepEditions: { from: 'manager' },
      // Into a base.
      integrate: { from: 'reader', signedIn: true },
    },
  }),
  base: gathering,
} as const;

/** Whom a contribution policy lets add, of those who can read the carnet or the base. Managers always do. */
export const contributionRelations: Readonly<Record<ContributionPolicy, readonly Relation[]>> = {
  managers: [],
  contributors: ['contributor'],
  community: ['contributor', 'communityMember', 'communityResponsable'],
  members: ['signedIn'],
};

/** Whether a level opens an act. */
export function opens<Level extends string, Act extends string>(
  { levels: order, acts }: Pick<SubjectPolicy<Level, never, Act>, 'levels' | 'acts'>,
  level: Level,
  act: Act,
): boolean {
  const { from, upTo } = acts[act];
  const at = order.indexOf(level);
  return at >= order.indexOf(from) && (upTo === undefined || at <= order.indexOf(upTo));
}

/** The strongest level that these relations give. */
export function levelOf<Level extends string, Known extends Relation>(
  { levels: order, relations: table, inTrash }: Omit<SubjectPolicy<Level, Known, never>, 'acts'>,
  held: readonly Relation[],
  visibility: Visibility,
  trashed: boolean,
): Level {
  const given = held
    .filter((relation) => !trashed || (inTrash as readonly Relation[]).includes(relation))
    .map((relation) =>
      order.indexOf((table as Partial<typeof table>)[relation as Known]?.[visibility] ?? order[0]!),
    );
  return order[Math.max(0, ...given)]!;
}

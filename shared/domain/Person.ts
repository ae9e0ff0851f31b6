import type { PersonId } from './ids.ts';

/**
 * How a person came to be known to this relay. `local` is the one person of a computer, `guest` joined by an invitation, `account` can sign in anywhere. Who is `archived` is known by an archive alone, and who is `stated` by what somebody else’s computer says of a meeting there: a name beside what they wrote, with no right and no way in. Of who `departed` only
 * the id is kept: their name is empty.
 */
export const personKinds = ['local', 'guest', 'account', 'departed', 'archived', 'stated'] as const;
export type PersonKind = (typeof personKinds)[number];

/** Of those who may do nothing here, whatever they are named on: they are gone, or known by an archive or another’s computer alone. */
export const absentKinds: readonly PersonKind[] = ['departed', 'archived', 'stated'];
/** Whether somebody is here: neither gone, nor known by an archive or another’s computer alone. */
export const isHere = ({ kind }: { readonly kind: PersonKind }): boolean => !absentKinds.includes(kind);

/** What a person is to a community relay as a whole. An administrator looks after it; that opens no note. */
export const relayRoles = ['member', 'administrator'] as const;
export type RelayRole = (typeof relayRoles)[number];

/** The twelve hues given to people; each keeps 4.5:1 on both grounds (renderer/styles holds the values). */
export const personColours = [
  'brique',
  'ambre',
  'olive',
  'mousse',
  'sapin',
  'sarcelle',
  'azur',
  'indigo',
  'violet',
  'prune',
  'framboise',
  'ardoise',
] as const;
export type PersonColour = (typeof personColours)[number];

export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

/** Anyone known to a relay. "Author" is a role of a person on a note. */
export interface Person {
  readonly id: PersonId;
  readonly kind: PersonKind;
  /** 1 to 80 characters; none of who departed. */
  readonly name: string;
  readonly colour: PersonColour;
  /** Of who is `stated`: the name of whoever’s computer says it. */
  readonly statedBy?: string;
}

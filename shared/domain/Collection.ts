import type { AttachmentId, BaseId, CarnetId, CollectionId, CommunityId } from './ids.ts';
import type { TemplateKey } from '../document/templates/BuiltInTemplate.ts';
import type { PersonColour } from './Person.ts';
import type { Visibility } from './Visibility.ts';

/** What gathers, one level each: a carnet gathers notes, a base gathers carnets. Both by the same rules. */
export const collectionKinds = ['carnet', 'base'] as const;
export type CollectionKind = (typeof collectionKinds)[number];

/** A collection by its kind and its id. */
export type CollectionRef =
  | { readonly kind: 'carnet'; readonly id: CarnetId }
  | { readonly kind: 'base'; readonly id: BaseId };

/** What each kind gathers. */
export const memberKindOf = { carnet: 'note', base: 'carnet' } as const satisfies Record<
  CollectionKind,
  string
>;

/** Who may add to a collection, beside its managers. */
export const contributionPolicies = ['managers', 'contributors', 'community', 'members'] as const;
export type ContributionPolicy = (typeof contributionPolicies)[number];

/** What a person is to a collection by name. A manager may do all that the others may; a collection is never without one. */
export const collectionPersonRoles = ['manager', 'contributor', 'reader'] as const;
export type CollectionPersonRole = (typeof collectionPersonRoles)[number];

/** What is drawn over the title: an image with what it shows in words, else a colour, else nothing. */
export interface Cover {
  readonly image: AttachmentId | null;
  /** Up to 300 characters; empty for an image that only decorates. */
  readonly alternative: string;
  readonly colour: PersonColour | null;
}

export const noCover: Cover = { image: null, alternative: '', colour: null };

/** The catalogue's part of a carnet or of a base. Its title, description, guide, entries and categories are content. Times are Unix milliseconds. */
export interface Collection<Id extends CollectionId = CollectionId> {
  readonly id: Id;
  readonly kind: CollectionKind;
  readonly visibility: Visibility;
  readonly contributionPolicy: ContributionPolicy;
  /** The community that it is linked to, at most one. */
  readonly community: CommunityId | null;
  readonly cover: Cover;
  /** Of a carnet: what the notes that are made in it begin with, for who may read it. Null for nothing, and always of a base. */
  readonly template: TemplateKey | null;
  readonly createdAt: number;
  readonly trashedAt: number | null;
}

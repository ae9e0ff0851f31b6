import type { CarnetId, CommunityId } from './ids.ts';
import type { Visibility } from './Visibility.ts';

/** Who may add notes to a carnet, beside its managers. */
export const contributionPolicies = ['managers', 'contributors', 'community', 'members'] as const;
export type ContributionPolicy = (typeof contributionPolicies)[number];

/** The catalogue's part of a carnet. Its title, description, entries and categories are content. Times are Unix milliseconds. */
export interface Carnet {
  readonly id: CarnetId;
  readonly visibility: Visibility;
  readonly contributionPolicy: ContributionPolicy;
  /** The community that it is linked to, at most one. */
  readonly community: CommunityId | null;
  readonly createdAt: number;
  readonly trashedAt: number | null;
}

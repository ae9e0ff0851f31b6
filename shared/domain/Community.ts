import type { AttachmentId, CommunityId } from './ids.ts';

/** What a person is to a community by name. A responsable is a member too; a community is never without one. */
export const communityPersonRoles = ['member', 'responsable'] as const;
export type CommunityPersonRole = (typeof communityPersonRoles)[number];

/** People who do something together, and what they keep here. Times are Unix milliseconds. */
export interface Community {
  readonly id: CommunityId;
  /** 1 to 120 characters. */
  readonly name: string;
  /** Plain text, up to 5,000 characters. */
  readonly description: string;
  readonly image: AttachmentId | null;
  /** Whether everybody may see its page, with what is linked to it and public. Its people are not on it. */
  readonly isPublic: boolean;
  readonly createdAt: number;
}

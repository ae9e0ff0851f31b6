import type { CarnetId, CommunityId, NoteId, NoticeId, PersonId } from './ids.ts';

/** What somebody is told of. An answer never says who decided. */
export const noticeKinds = [
  'join_asked',
  'join_approved',
  'join_refused',
  'community_role',
  'community_left',
  'edit_asked',
  'edit_approved',
  'edit_refused',
  'author_added',
  'author_removed',
  'message',
  'discussed',
  'mentioned',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What a notice is about. */
export type NoticeSubject =
  | { readonly subject: 'note'; readonly subjectId: NoteId }
  | { readonly subject: 'carnet'; readonly subjectId: CarnetId }
  | { readonly subject: 'community'; readonly subjectId: CommunityId };

/** One line of a person's inbox. */
export type Notice = NoticeSubject & {
  readonly id: NoticeId;
  readonly kind: NoticeKind;
  /** Who did or wrote it; null where that is not told. */
  readonly from: PersonId | null;
  /** What they wrote, up to 2,000 characters; null for nothing. */
  readonly text: string | null;
  /** Unix milliseconds. */
  readonly at: number;
  readonly readAt: number | null;
};

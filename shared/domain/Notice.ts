import type { BaseId, CarnetId, CommunityId, NoteId, NoticeId, PersonId } from './ids.ts';

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
  'author_joined',
  'note_locked',
  'note_unlocked',
  'message',
  'discussed',
  'mentioned',
  'announced',
  'integrated',
  'changed',
  'member_joined',
  'reported',
  'message_hidden',
  'message_shown',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What people choose about: kinds of notices that serve the same purpose. */
export const noticeTopics = [
  'message',
  'mention',
  'reply',
  'request',
  'answer',
  'author',
  'announced',
  'integrated',
  'changed',
  'member',
  'report',
] as const;
export type NoticeTopic = (typeof noticeTopics)[number];

/** The topic of each kind. */
export const topicOf: Readonly<Record<NoticeKind, NoticeTopic>> = {
  join_asked: 'request',
  join_approved: 'answer',
  join_refused: 'answer',
  community_role: 'member',
  community_left: 'member',
  member_joined: 'member',
  edit_asked: 'request',
  edit_approved: 'answer',
  edit_refused: 'answer',
  author_added: 'author',
  author_removed: 'author',
  author_joined: 'author',
  note_locked: 'author',
  note_unlocked: 'author',
  message: 'message',
  discussed: 'reply',
  mentioned: 'mention',
  announced: 'announced',
  integrated: 'integrated',
  changed: 'changed',
  reported: 'report',
  message_hidden: 'report',
  message_shown: 'report',
};

/** Kinds of which one at a time says how much came since somebody looked. */
export const thinnedKinds: readonly NoticeKind[] = ['discussed', 'announced'];

/** How somebody is told: not at all, in the application, or there and by e-mail. */
export const noticeWays = ['none', 'app', 'mail'] as const;
export type NoticeWay = (typeof noticeWays)[number];

/** What a notice is about. */
export type NoticeSubject =
  | { readonly subject: 'note'; readonly subjectId: NoteId }
  | { readonly subject: 'carnet'; readonly subjectId: CarnetId }
  | { readonly subject: 'base'; readonly subjectId: BaseId }
  | { readonly subject: 'community'; readonly subjectId: CommunityId };

/** One line of a person's inbox. */
export type Notice = NoticeSubject & {
  readonly id: NoticeId;
  readonly kind: NoticeKind;
  /** The carnet that a note was integrated in, where it is about that. */
  readonly within: CarnetId | null;
  /** Who did or wrote it; null where that is not told. */
  readonly from: PersonId | null;
  /** What they wrote, up to 2,000 characters; null for nothing. */
  readonly text: string | null;
  /** Unix milliseconds. */
  readonly at: number;
  readonly readAt: number | null;
  /** How many of its kind it stands for: answers that came before it was read are one notice. */
  readonly count: number;
};

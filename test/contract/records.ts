import { noCover } from '#shared/domain/Collection.ts';
import {
  type CarnetId,
  type CommunityId,
  idFromBytes,
  type MessageId,
  type NoteId,
  type NoticeId,
  type PersonId,
  type ThreadId,
} from '#shared/domain/ids.ts';
import type { RegisterEntry } from '#shared/domain/Register.ts';
import type { Thread, ThreadMessage } from '#shared/domain/Thread.ts';
import type { CollectionRecord } from '#server/storage/ports/CollectionStore.ts';
import type { CommunityRecord } from '#server/storage/ports/CommunityStore.ts';
import type { NoteRecord } from '#server/storage/ports/NoteStore.ts';
import type { PersonRecord } from '#server/storage/ports/PersonStore.ts';
import type { NoticeRecord, Trace } from '#server/storage/ports/Trace.ts';

/*
 * What the suites of the catalogue's ports store: records with a number, which is their id's and their time's, of the first two people unless said.
 */

/** An id that a test can read: its bytes are all `n`. */
export const id = <T extends string>(n: number): T => idFromBytes<T>(new Uint8Array(16).fill(n));

const first = id<PersonId>(1);
const second = id<PersonId>(2);

export const nothing: Trace = { audit: [], notices: [] };

export const person = (
  personId: PersonId,
  name: string,
  createdAt = 1,
  kind: PersonRecord['kind'] = 'guest',
): PersonRecord => ({ id: personId, kind, name, colour: 'azur', role: 'member', createdAt });

export const note = (n: number, more: Partial<NoteRecord> = {}): NoteRecord => ({
  id: id<NoteId>(n),
  kind: 'note',
  visibility: 'authors',
  community: null,
  authorMode: 'people',
  licence: 'cc-by-sa-4.0',
  createdAt: n,
  publishedAt: null,
  trashedAt: null,
  isTemplate: false,
  lock: null,
  authors: [first],
  commenters: [],
  readers: [],
  ...more,
});

export const carnet = (
  n: number,
  more: Partial<CollectionRecord<CarnetId>> = {},
): CollectionRecord<CarnetId> => ({
  id: id(n),
  kind: 'carnet',
  cover: noCover,
  template: null,
  visibility: 'authors',
  contributionPolicy: 'contributors',
  community: null,
  createdAt: n,
  trashedAt: null,
  managers: [first],
  contributors: [],
  readers: [],
  ...more,
});

export const community = (n: number, more: Partial<CommunityRecord> = {}): CommunityRecord => ({
  id: id<CommunityId>(n),
  name: `Communauté ${n}`,
  description: '',
  image: null,
  isPublic: n % 2 === 0,
  createdAt: n,
  responsables: [first],
  members: [],
  ...more,
});

/** A message of the second person to the first, about note 10. */
export const notice = (n: number, more: Partial<NoticeRecord> = {}): NoticeRecord =>
  ({
    id: id<NoticeId>(n),
    person: first,
    kind: 'message',
    subject: 'note',
    subjectId: id<NoteId>(10),
    within: null,
    from: second,
    text: 'Bonjour',
    at: n,
    readAt: null,
    count: 1,
    ...more,
  }) as NoticeRecord;

/** A thread about note 10. */
export const thread = (n: number, more: Partial<Thread> = {}): Thread => ({
  id: id<ThreadId>(n),
  note: id<NoteId>(10),
  by: first,
  createdAt: n,
  anchor: null,
  resolvedAt: null,
  resolvedBy: null,
  ...more,
});

export const message = (n: number, of: number, more: Partial<ThreadMessage> = {}): ThreadMessage => ({
  id: id<MessageId>(n),
  thread: id<ThreadId>(of),
  by: first,
  text: `Message ${n}`,
  mentions: [],
  createdAt: n,
  writtenAt: null,
  editedAt: null,
  deletedAt: null,
  ...more,
});

/** A line of the register. */
export const registered = (
  at: number,
  act: RegisterEntry['act'],
  more: Partial<RegisterEntry> = {},
): RegisterEntry => ({
  at,
  by: first,
  act,
  subjectId: null,
  person: null,
  value: null,
  session: null,
  device: null,
  ...more,
});

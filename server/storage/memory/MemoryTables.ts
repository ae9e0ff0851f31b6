import type { CommunityPersonRole } from '#shared/domain/Community.ts';
import type {
  AttachmentId,
  CarnetId,
  CollectionId,
  CommunityId,
  InvitationId,
  MeetingId,
  MessageId,
  NoteId,
  NoticeId,
  PersonId,
  ReportId,
  ThreadId,
} from '#shared/domain/ids.ts';
import { isHere } from '#shared/domain/Person.ts';
import { thinnedKinds, topicOf } from '#shared/domain/Notice.ts';
import { defaultNoticeSettings, type NoticeSettings } from '#shared/domain/NoticeSettings.ts';
import type { Profile } from '#shared/domain/Profile.ts';
import type { RegisterEntry } from '#shared/domain/Register.ts';
import type { Report } from '#shared/domain/Report.ts';
import type { Thread, ThreadMessage } from '#shared/domain/Thread.ts';
import type { AttachmentRecord } from '../ports/AttachmentStore.ts';
import type { CollectionRecord } from '../ports/CollectionStore.ts';
import type { CollectionIndex, EntryIndex, NoteIndex, NoteLinkIndex } from '../ports/DerivedStore.ts';
import type { EditionRecord } from '../ports/EditionStore.ts';
import type { InvitationRecord } from '../ports/InvitationStore.ts';
import type { Leaving } from '../ports/LeavingStore.ts';
import type { MeetingGuest, MeetingRecord } from '../ports/MeetingStore.ts';
import type { NotePersonRole, NoteRecord } from '../ports/NoteStore.ts';
import type { PersonRecord } from '../ports/PersonStore.ts';
import type { Statement } from '../ports/StatementStore.ts';
import type { PublishedRow } from '../ports/PublishedRowStore.ts';
import type { ReadMark } from '../ports/ReadMarkStore.ts';
import type { AccessRequest } from '../ports/RequestStore.ts';
import type { SearchEntry } from '../ports/SearchIndex.ts';
import type { NoticeRecord, Trace } from '../ports/Trace.ts';
import type { CommunityRecord } from '../ports/CommunityStore.ts';

/** What the tables keep of a community: its people in the order in which they came. */
export interface MemoryCommunity extends Omit<CommunityRecord, 'responsables' | 'members'> {
  readonly people: ReadonlyMap<PersonId, CommunityPersonRole>;
}

/** Whether a notice that was not read is one with a newer one. */
function isThinnedBy(known: NoticeRecord, notice: NoticeRecord): boolean {
  return (
    thinnedKinds.includes(notice.kind) &&
    known.kind === notice.kind &&
    known.readAt === null &&
    known.person === notice.person &&
    known.subjectId === notice.subjectId
  );
}

/** Whether a notice that was not read tells of the same changed note in the same carnet. */
export function isSameChange(known: NoticeRecord, notice: NoticeRecord): boolean {
  return (
    notice.kind === 'changed' &&
    known.kind === 'changed' &&
    known.readAt === null &&
    known.person === notice.person &&
    known.subjectId === notice.subjectId &&
    known.within === notice.within
  );
}

/** What the memory adapters of the catalogue share, as the SQLite ones share a file. */
export class MemoryTables {
  readonly settings = new Map<string, string>();
  readonly persons = new Map<PersonId, PersonRecord>();
  /** Of guests who became one with an account: the account. */
  readonly identities = new Map<PersonId, PersonId>();
  readonly profiles = new Map<PersonId, Profile>();
  readonly notes = new Map<NoteId, NoteRecord>();
  readonly communities = new Map<CommunityId, MemoryCommunity>();
  readonly requests = new Map<NoteId | CommunityId, Map<PersonId, AccessRequest>>();
  readonly threads = new Map<ThreadId, Thread>();
  readonly messages = new Map<MessageId, ThreadMessage>();
  notices: NoticeRecord[] = [];
  readonly inLetters = new Set<NoticeId>();
  readonly feedSecrets = new Map<PersonId, { readonly hash: string; readonly at: number }>();
  readonly reports = new Map<ReportId, Report>();
  readonly leaving = new Map<PersonId, Leaving>();
  readonly meetings = new Map<MeetingId, MeetingRecord>();
  readonly meetingGuests: (MeetingGuest & { removedAt: number | null })[] = [];
  readonly statements = new Map<PersonId, Statement>();
  readonly noticeSettings = new Map<PersonId, NoticeSettings>();
  readonly readMarks = new Map<PersonId, Map<NoteId, ReadMark>>();
  readonly register: RegisterEntry[] = [];
  readonly collections = new Map<CollectionId, CollectionRecord>();
  publishedRows: PublishedRow[] = [];
  readonly editions = new Map<CarnetId, readonly EditionRecord[]>();
  readonly invitations = new Map<InvitationId, InvitationRecord>();
  readonly attachments = new Map<AttachmentId, { record: AttachmentRecord; notes: Set<NoteId> }>();
  readonly attachmentBytes = new Map<string, Uint8Array>();
  readonly noteIndexes = new Map<
    NoteId,
    {
      index: NoteIndex;
      links: readonly NoteLinkIndex[];
      terms: readonly NoteId[];
      forms: readonly string[];
    }
  >();
  readonly dismissedTerms = new Map<NoteId, readonly NoteId[]>();
  readonly collectionIndexes = new Map<
    CollectionId,
    { index: CollectionIndex; entries: readonly EntryIndex[] }
  >();
  readonly searchEntries = new Map<NoteId, SearchEntry>();

  /** Writes what goes with a change. */
  write(trace: Trace | undefined): void {
    this.register.push(...(trace?.audit ?? []));
    this.tell(trace?.notices ?? []);
  }

  /** Adds to inboxes what people want to be told and do not know yet. */
  tell(notices: readonly NoticeRecord[]): void {
    for (const notice of notices) {
      const { ways } = this.noticeSettings.get(notice.person) ?? defaultNoticeSettings;
      const isKnown = this.notices.some((one) => one.id === notice.id || isSameChange(one, notice));
      if (ways[topicOf[notice.kind]] === 'none' || isKnown) continue;
      const same = this.notices.filter((one) => isThinnedBy(one, notice));
      const count = same.reduce((sum, one) => sum + one.count, notice.count);
      this.notices = [...this.notices.filter((one) => !same.includes(one)), { ...notice, count }];
    }
  }

  changeEditions(change: (edition: EditionRecord) => EditionRecord): void {
    for (const [carnet, editions] of this.editions) this.editions.set(carnet, editions.map(change));
  }

  /** The responsables of the linked community, where they are a note's authors. */
  responsables(id: NoteId): PersonId[] {
    const note = this.notes.get(id);
    if (note === undefined || note.authorMode === 'people' || note.community === null) return [];
    const people = this.communities.get(note.community)?.people ?? [];
    return [...people].flatMap(([person, role]) => (role === 'responsable' ? [person] : []));
  }

  /** A note as its store gives it: its authors follow the linked community where they are its responsables. */
  note(id: NoteId): NoteRecord | null {
    const note = this.notes.get(id);
    if (note === undefined || note.authorMode === 'people') return note ?? null;
    const authors = [...new Set([...this.responsables(id), ...note.authors])];
    const isGuest = (person: PersonId): boolean => !authors.includes(person);
    return {
      ...note,
      authors,
      commenters: note.commenters.filter(isGuest),
      readers: note.readers.filter(isGuest),
    };
  }

  /** Whether somebody may do what they are named for: who is not known counts as here. */
  isPersonHere(id: PersonId): boolean {
    const person = this.persons.get(id);
    return person === undefined || isHere(person);
  }

  /** Gives a role by name, in place of a weaker one. */
  setNoteRole(id: NoteId, person: PersonId, role: NotePersonRole): void {
    const note = this.notes.get(id);
    if (note === undefined) return;
    const lists = { reader: 'readers', commenter: 'commenters', author: 'authors' } as const;
    const weakestFirst = ['reader', 'commenter', 'author'] as const;
    const held = weakestFirst.findIndex((one) => note[lists[one]].includes(person));
    if (held >= weakestFirst.indexOf(role)) return;
    const without = (list: readonly PersonId[]) => list.filter((one) => one !== person);
    const { authors, commenters, readers } = note;
    const others = { authors, commenters: without(commenters), readers: without(readers) };
    this.notes.set(id, { ...note, ...others, [lists[role]]: [...others[lists[role]], person] });
  }

  setCommunityRole(id: CommunityId, person: PersonId, role: CommunityPersonRole | null): void {
    const community = this.communities.get(id);
    if (community === undefined) return;
    const people = new Map(community.people);
    if (role === null) people.delete(person);
    else people.set(person, role);
    this.communities.set(id, { ...community, people });
  }
}

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { RegisterFilter } from '#shared/api/register.ts';
import type { CollectionKind, CollectionRef } from '#shared/domain/Collection.ts';
import type { CarnetId, CommunityId, DocumentId, NoteId, NoticeId, PersonId } from '#shared/domain/ids.ts';
import type { InvitationSubject } from '#shared/domain/Invitation.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import type { Region } from '#shared/domain/regions.ts';
import { api, type NoteSort } from './api.ts';
import { backupsApi } from './backupsApi.ts';

/** What a book is made of whose pictures are asked about: a note, a carnet, or notes that somebody chose. */
export type MissingTextsOf =
  | { readonly subject: 'note' | 'carnet'; readonly id: string }
  | { readonly notes: readonly NoteId[] };

/** Names of the cached answers; a live event throws away those it concerns. */
export const keys = {
  session: ['session'] as const,
  sessions: ['sessions'] as const,
  backups: ['backups'] as const,
  passkeys: ['passkeys'] as const,
  ownExport: ['own-export'] as const,
  leaving: ['leaving'] as const,
  storage: ['storage'] as const,
  administration: ['administration'] as const,
  notes: ['notes'] as const,
  noteList: (query: ListedNotes) => ['notes', 'list', query] as const,
  recentNotes: ['notes', 'recent'] as const,
  note: (id: string) => ['note', id] as const,
  noteContent: (id: string) => ['note-content', id] as const,
  versions: (id: string) => ['versions', id] as const,
  threads: (id: string) => ['threads', id] as const,
  /** The lists of carnets, or of bases. */
  collections: (kind: CollectionKind) => ['collections', kind] as const,
  collectionList: (kind: CollectionKind, trash: '0' | '1') => ['collections', kind, 'list', trash] as const,
  /** Every page of a carnet, or of a base. */
  collectionPages: (kind: CollectionKind) => ['collection', kind] as const,
  collection: ({ kind, id }: CollectionRef) => ['collection', kind, id] as const,
  collectionCandidates: ({ kind, id }: CollectionRef) => ['collection-candidates', kind, id] as const,
  communities: ['communities'] as const,
  community: (id: string) => ['community', id] as const,
  profile: (id: string) => ['profile', id] as const,
  homes: ['homes'] as const,
  meeting: ['meeting'] as const,
  notices: ['notices'] as const,
  noticeSettings: ['notice-settings'] as const,
  ownFeed: ['own-feed'] as const,
  authorCandidates: (id: string) => ['author-candidates', id] as const,
  search: (text: string) => ['search', text] as const,
  missingTexts: (id: string) => ['missing-texts', id] as const,
  invitations: (subject: string, id: string | null) => ['invitations', subject, id] as const,
};

/** Of those that a dialogue finds by their names, so many are shown. */
const namedShown = 100;
/** At most so many notes are asked for at once by who needs them all. */
const pageSize = 500;
/** How often it is asked whether a copy is made that is being made, in milliseconds. */
const whileRunningMs = 1_000;
/** As many notes as the library asks for at once: those near the window. */
export const notesPerPage = 100;

/** Which notes a list holds, and in what order. */
export interface ListedNotes {
  readonly sort: NoteSort;
  readonly trash?: '0' | '1';
  readonly kind?: NoteKind;
  readonly region?: Region;
}

async function wholeList(query: ListedNotes, signal: AbortSignal) {
  const first = await api.notes({ ...query, limit: pageSize }, signal);
  const notes = [...first.notes];
  while (notes.length < first.total) {
    // Pages follow each other: the next offset is known only once the page before is there.
    const next = await api.notes({ ...query, limit: pageSize, offset: notes.length }, signal);
    if (next.notes.length === 0) break;
    notes.push(...next.notes);
  }
  return { notes, total: first.total };
}

/** The questions that the pages ask the relay. */
export const queries = {
  session: () =>
    queryOptions({
      queryKey: keys.session,
      queryFn: ({ signal }) => api.session(signal),
      staleTime: Infinity,
    }),
  /** @param everyMs - asked again as often; they are made without anybody doing anything. */
  backups: (everyMs: number | false = false) =>
    queryOptions({
      queryKey: keys.backups,
      queryFn: ({ signal }) => backupsApi.state(signal),
      refetchInterval: ({ state }) => (state.data?.running === true ? whileRunningMs : everyMs),
    }),
  sessions: () => queryOptions({ queryKey: keys.sessions, queryFn: ({ signal }) => api.sessions(signal) }),
  administeredPeople: () =>
    queryOptions({
      queryKey: [...keys.administration, 'people'],
      queryFn: ({ signal }) => api.administeredPeople(signal),
    }),
  register: (filter: RegisterFilter) =>
    infiniteQueryOptions({
      queryKey: [...keys.administration, 'register', filter],
      // Lines come all the time: one that was read before is not the newest.
      staleTime: 0,
      initialPageParam: undefined as number | undefined,
      queryFn: ({ signal, pageParam }) => api.register(filter, pageParam, signal),
      getNextPageParam: ({ entries, hasMore }) => (hasMore ? entries.at(-1)?.number : undefined),
    }),
  storage: () =>
    // Files are sent from everywhere: what was read before is not what is there.
    queryOptions({ queryKey: keys.storage, queryFn: ({ signal }) => api.storage(signal), staleTime: 0 }),
  administeredStorage: () =>
    queryOptions({
      queryKey: [...keys.administration, 'storage'],
      queryFn: ({ signal }) => api.administeredStorage(signal),
      staleTime: 0,
    }),
  keptHistory: () =>
    queryOptions({
      queryKey: [...keys.administration, 'kept-history'],
      queryFn: ({ signal }) => api.keptHistory(signal),
      staleTime: 0,
      // What is under way is watched.
      refetchInterval: ({ state: { data } }) =>
        data !== undefined && (data.run !== null || data.preview?.isOver === false) ? 500 : false,
    }),
  incidents: () =>
    queryOptions({
      queryKey: [...keys.administration, 'incidents'],
      queryFn: ({ signal }) => api.incidents(signal),
    }),
  reports: () =>
    queryOptions({
      queryKey: [...keys.administration, 'reports'],
      queryFn: ({ signal }) => api.reports(signal),
    }),
  passkeys: () => queryOptions({ queryKey: keys.passkeys, queryFn: ({ signal }) => api.passkeys(signal) }),
  leavingPlan: () =>
    queryOptions({ queryKey: keys.leaving, queryFn: ({ signal }) => api.leavingPlan(signal), gcTime: 0 }),
  /** Asked each time: pictures are described while one looks elsewhere. */
  missingTexts: (of: MissingTextsOf) =>
    queryOptions({
      queryKey: keys.missingTexts('notes' in of ? of.notes.join(' ') : of.id),
      queryFn: ({ signal }) =>
        'notes' in of ? api.missingTextsOf(of.notes, signal) : api.missingTexts(of.subject, of.id, signal),
      gcTime: 0,
    }),
  ownExport: () => queryOptions({ queryKey: keys.ownExport, queryFn: ({ signal }) => api.ownExport(signal) }),
  noteList: (query: ListedNotes) =>
    queryOptions({
      queryKey: keys.noteList(query),
      queryFn: ({ signal }) => wholeList(query, signal),
    }),
  /** A page of a list: the library's, which may be of thousands. */
  notePage: (query: ListedNotes, page: number) =>
    queryOptions({
      queryKey: [...keys.noteList(query), page],
      queryFn: ({ signal }) =>
        api.notes({ ...query, limit: notesPerPage, offset: page * notesPerPage }, signal),
    }),
  recentNotes: () =>
    queryOptions({
      queryKey: keys.recentNotes,
      queryFn: ({ signal }) => api.notes({ sort: 'modified', limit: 8 }, signal),
    }),
  /** Notes of a kind by their names: the first ones that have these letters, and how many there are. */
  named: (kind: NoteKind, named: string) =>
    queryOptions({
      queryKey: [...keys.notes, 'named', kind, named],
      queryFn: ({ signal }) => api.notes({ sort: 'title', kind, named, limit: namedShown }, signal),
    }),
  /** Notes that others are made from, by title. */
  templates: () =>
    queryOptions({
      queryKey: [...keys.notes, 'templates'],
      queryFn: ({ signal }) => api.notes({ sort: 'title', template: '1', limit: pageSize }, signal),
    }),
  organisationCounts: () =>
    queryOptions({
      queryKey: [...keys.notes, 'regions'],
      queryFn: ({ signal }) => api.organisationCounts(signal),
    }),
  note: (id: NoteId) =>
    queryOptions({ queryKey: keys.note(id), queryFn: ({ signal }) => api.note(id, signal) }),
  /** Terms that its text names; asked again when the note changes, as its key begins with the note's. */
  suggestedTerms: (id: NoteId) =>
    queryOptions({
      queryKey: [...keys.note(id), 'suggested-terms'],
      queryFn: ({ signal }) => api.suggestedTerms(id, signal),
    }),
  /** Notes of a carnet that lead nowhere; its key begins with the carnet's. */
  brokenLinks: (id: CarnetId) =>
    queryOptions({
      queryKey: [...keys.collection({ kind: 'carnet', id }), 'broken-links'],
      queryFn: ({ signal }) => api.brokenLinks(id, signal),
    }),
  noteContent: (id: NoteId) =>
    queryOptions({ queryKey: keys.noteContent(id), queryFn: ({ signal }) => api.noteContent(id, signal) }),
  collectionList: (kind: CollectionKind, trash: '0' | '1' = '0') =>
    queryOptions({
      queryKey: keys.collectionList(kind, trash),
      queryFn: ({ signal }) => api.collections(kind, trash, signal),
    }),
  collection: (ref: CollectionRef) =>
    queryOptions({ queryKey: keys.collection(ref), queryFn: ({ signal }) => api.collection(ref, signal) }),
  collectionCandidates: (ref: CollectionRef) =>
    queryOptions({
      queryKey: keys.collectionCandidates(ref),
      queryFn: ({ signal }) => api.collectionCandidates(ref, signal),
    }),
  /** Which notes of a carnet have these words; asked again when the carnet changes, as its key begins with the carnet's. */
  carnetSearch: (id: CarnetId, text: string) =>
    queryOptions({
      queryKey: [...keys.collection({ kind: 'carnet', id }), 'search', text],
      queryFn: ({ signal }) => api.searchCarnet(id, text, signal),
      enabled: text !== '',
    }),
  /** The relays that the person of this computer follows. */
  meeting: () => queryOptions({ queryKey: keys.meeting, queryFn: ({ signal }) => api.meeting(signal) }),
  homes: () => queryOptions({ queryKey: keys.homes, queryFn: ({ signal }) => api.homes(signal) }),
  homeCarnets: (id: string) =>
    queryOptions({
      queryKey: [...keys.homes, id, 'carnets'],
      queryFn: ({ signal }) => api.homeCarnets(id, signal),
    }),
  homeBases: (id: string) =>
    queryOptions({
      queryKey: [...keys.homes, id, 'bases'],
      queryFn: ({ signal }) => api.homeBases(id, signal),
    }),
  homeCommunities: (id: string) =>
    queryOptions({
      queryKey: [...keys.homes, id, 'communities'],
      queryFn: ({ signal }) => api.homeCommunities(id, signal),
    }),
  homeCommunity: (id: string, community: CommunityId) =>
    queryOptions({
      queryKey: [...keys.homes, id, 'community', community],
      queryFn: ({ signal }) => api.homeCommunity(id, community, signal),
    }),
  homePerson: (id: string, person: PersonId) =>
    queryOptions({
      queryKey: [...keys.homes, id, 'person', person],
      queryFn: ({ signal }) => api.homePerson(id, person, signal),
    }),
  /** @param author - those of one person alone. */
  homeNotes: (id: string, author: PersonId | null = null) =>
    queryOptions({
      queryKey: [...keys.homes, id, 'notes', author],
      queryFn: ({ signal }) => api.homeNotes(id, author, signal),
    }),
  /** Where a document lives, and how it stands with that. */
  documentHome: (id: DocumentId) =>
    queryOptions({
      queryKey: [...keys.homes, 'document', id],
      queryFn: ({ signal }) => api.documentHome(id, signal),
    }),
  communities: () =>
    queryOptions({ queryKey: keys.communities, queryFn: ({ signal }) => api.communities(signal) }),
  community: (id: CommunityId) =>
    queryOptions({ queryKey: keys.community(id), queryFn: ({ signal }) => api.community(id, signal) }),
  profile: (id: PersonId) =>
    queryOptions({ queryKey: keys.profile(id), queryFn: ({ signal }) => api.profile(id, signal) }),
  /** What somebody writes, the last changed first, in pages. */
  notesOf: (author: PersonId) =>
    infiniteQueryOptions({
      queryKey: [...keys.notes, 'of', author],
      initialPageParam: 0,
      queryFn: ({ signal, pageParam }) =>
        api.notes({ sort: 'modified', author, limit: 20, offset: pageParam }, signal),
      getNextPageParam: (last, pages) => {
        const shown = pages.reduce((sum, page) => sum + page.notes.length, 0);
        return last.notes.length === 0 || shown >= last.total ? undefined : shown;
      },
    }),
  notices: () =>
    queryOptions({
      queryKey: keys.notices,
      queryFn: ({ signal }) => api.notices(undefined, signal),
    }),
  /** The whole inbox, a page at a time. */
  noticePages: () =>
    infiniteQueryOptions({
      queryKey: [...keys.notices, 'pages'],
      initialPageParam: undefined as NoticeId | undefined,
      queryFn: ({ signal, pageParam }) => api.notices(pageParam, signal),
      getNextPageParam: ({ notices, hasMore }) => (hasMore ? notices.at(-1)?.id : undefined),
    }),
  ownFeed: () => queryOptions({ queryKey: keys.ownFeed, queryFn: ({ signal }) => api.ownFeed(signal) }),
  noticeSettings: () =>
    queryOptions({
      queryKey: keys.noticeSettings,
      queryFn: ({ signal }) => api.noticeSettings(signal),
    }),
  authorCandidates: (id: NoteId) =>
    queryOptions({
      queryKey: keys.authorCandidates(id),
      queryFn: ({ signal }) => api.authorCandidates(id, signal),
    }),
  search: (text: string, limit = 20) =>
    queryOptions({
      queryKey: [...keys.search(text), limit],
      queryFn: ({ signal }) => api.search(text, limit, signal),
      enabled: text.trim() !== '',
      staleTime: 10_000,
    }),
  invitations: (subject: InvitationSubject, id: string | null) =>
    queryOptions({
      queryKey: keys.invitations(subject, id),
      queryFn: ({ signal }) => api.invitations(subject, id, signal),
    }),
};

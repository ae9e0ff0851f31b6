import {
  type changeAddressSchema,
  type changePasswordSchema,
  type createAccountSchema,
  type newPasswordSchema,
  organisationSchema,
  type recoverySchema,
  type signInSchema,
} from '#shared/api/account.ts';
import { administeredPeopleSchema, recoveryLinkSchema } from '#shared/api/administration.ts';
import {
  baseListSchema,
  candidatesSchema,
  carnetListSchema,
  collectionPageSchema,
  collectionSearchSchema,
  type changeCollectionSchema,
  type createCollectionSchema,
} from '#shared/api/collections.ts';
import {
  type changeCommunitySchema,
  communityListSchema,
  communityPageSchema,
  type createCommunitySchema,
} from '#shared/api/communities.ts';
import { newFeedSchema, ownFeedSchema } from '#shared/api/feeds.ts';
import {
  exportStatusSchema,
  missingTextsSchema,
  ownExportSchema,
  type PageWidth,
  type startExportSchema,
} from '#shared/api/exports.ts';
import { hostedMeetingSchema, type openMeetingSchema } from '#shared/api/meeting.ts';
import { importStatusSchema, type MakeImport } from '#shared/api/imports.ts';
import {
  type amendIncidentSchema,
  incidentListSchema,
  incidentSchema,
  type IncidentStatementBody,
} from '#shared/api/incidents.ts';
import {
  acceptedInvitationSchema,
  type acceptInvitationSchema,
  createdInvitationSchema,
  type createInvitationSchema,
  invitationListSchema,
  invitationPreviewSchema,
} from '#shared/api/invitations.ts';
import { carnetLinksSchema, suggestedTermsSchema } from '#shared/api/links.ts';
import {
  type noticeLanguageSchema,
  noticeListSchema,
  noticeSettingsSchema,
  noticesReadSchema,
} from '#shared/api/notices.ts';
import {
  authorCandidatesSchema,
  type changeNoteSchema,
  type createNoteSchema,
  type lockNoteSchema,
  noteContentSchema,
  noteListSchema,
  notePageSchema,
  organisationCountsSchema,
  noteTitlesSchema,
  searchResultsSchema,
} from '#shared/api/notes.ts';
import {
  type addPasskeySchema,
  passkeyListSchema,
  type passkeySignInSchema,
  webAuthnOptionsSchema,
} from '#shared/api/passkeys.ts';
import { type changeProfileSchema, profilePageSchema } from '#shared/api/people.ts';
import { type RegisterFilter, registerSchema } from '#shared/api/register.ts';
import { type changeReportSchema, reportListSchema } from '#shared/api/reports.ts';
import { type changePersonSchema, sessionSchema } from '#shared/api/session.ts';
import { sessionListSchema } from '#shared/api/sessions.ts';
import { administeredStorageSchema, storageSchema } from '#shared/api/storage.ts';
import { keptHistorySchema, type KeptMonths } from '#shared/api/thinning.ts';
import { ticketSchema, type TicketRequest } from '#shared/api/tickets.ts';
import type { CollectionKind, CollectionPersonRole, CollectionRef } from '#shared/domain/Collection.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import type { Region } from '#shared/domain/regions.ts';
import type { CommunityPersonRole } from '#shared/domain/Community.ts';
import type {
  CarnetId,
  CommunityId,
  ExportId,
  ImportId,
  IncidentId,
  InvitationId,
  MemberId,
  NoteId,
  NoticeId,
  CategoryId,
  PersonId,
  ReportId,
} from '#shared/domain/ids.ts';
import type { InvitationSubject } from '#shared/domain/Invitation.ts';
import type { Language, RelayRole } from '#shared/domain/Person.ts';
import type { z } from 'zod';
import { type leaveSchema, leavingPlanSchema, leavingSchema } from '#shared/api/leaving.ts';
import { homesApi } from './homesApi.ts';
import { request, requestNothing } from './request.ts';

/** How a list of notes is sorted. */
export type NoteSort = 'modified' | 'title' | 'created';

/** The relay's resources, one function a call. Every answer is parsed by its schema in shared/api. */
export const api = {
  session: (signal?: AbortSignal) => request('/api/session', sessionSchema, signal ? { signal } : {}),
  launch: (secret: string, language: Language) =>
    request('/api/session/launch', sessionSchema, { method: 'POST', body: { secret, language } }),
  changePerson: (change: z.input<typeof changePersonSchema>) =>
    request('/api/session/person', sessionSchema, { method: 'PATCH', body: change }),
  signOut: () => requestNothing('/api/session', { method: 'DELETE' }),
  ...homesApi,
  meeting: (signal?: AbortSignal) => request('/api/meeting', hostedMeetingSchema, signal ? { signal } : {}),
  openMeeting: (body: z.input<typeof openMeetingSchema>) =>
    request('/api/meeting', hostedMeetingSchema, { method: 'POST', body }),
  renewMeetingCode: () => request('/api/meeting/code', hostedMeetingSchema, { method: 'POST' }),
  removeMeetingGuest: (id: PersonId) => requestNothing(`/api/meeting/guests/${id}`, { method: 'DELETE' }),
  endMeeting: () => requestNothing('/api/meeting', { method: 'DELETE' }),
  requestTicket: (ticket: TicketRequest) =>
    request('/api/tickets', ticketSchema, { method: 'POST', body: ticket }),

  notes: (
    query: {
      sort?: NoteSort;
      trash?: '0' | '1';
      kind?: NoteKind;
      region?: Region;
      author?: PersonId;
      template?: '1';
      named?: string;
      limit?: number;
      offset?: number;
    },
    signal?: AbortSignal,
  ) => request('/api/notes', noteListSchema, { query, ...(signal ? { signal } : {}) }),
  organisationCounts: (signal?: AbortSignal) =>
    request('/api/organisations/regions', organisationCountsSchema, signal ? { signal } : {}),
  note: (id: NoteId, signal?: AbortSignal) =>
    request(`/api/notes/${id}`, notePageSchema, signal ? { signal } : {}),
  noteContent: (id: NoteId, signal?: AbortSignal) =>
    request(`/api/notes/${id}/content`, noteContentSchema, signal ? { signal } : {}),
  createNote: (body: z.input<typeof createNoteSchema>) =>
    request('/api/notes', notePageSchema, { method: 'POST', body }),
  changeNote: (id: NoteId, body: z.input<typeof changeNoteSchema>) =>
    request(`/api/notes/${id}`, notePageSchema, { method: 'PATCH', body }),
  trashNote: (id: NoteId) => requestNothing(`/api/notes/${id}`, { method: 'DELETE' }),
  untrashNote: (id: NoteId) => request(`/api/notes/${id}/untrash`, notePageSchema, { method: 'POST' }),
  restoreNoteGoodState: (id: NoteId) =>
    request(`/api/notes/${id}/restore-good-state`, notePageSchema, { method: 'POST' }),
  lockNote: (id: NoteId, body: z.input<typeof lockNoteSchema>) =>
    request(`/api/notes/${id}/lock`, notePageSchema, { method: 'PUT', body }),
  unlockNote: (id: NoteId) => request(`/api/notes/${id}/lock`, notePageSchema, { method: 'DELETE' }),
  suggestedTerms: (id: NoteId, signal?: AbortSignal) =>
    request(`/api/notes/${id}/suggested-terms`, suggestedTermsSchema, signal ? { signal } : {}),
  dismissTerm: (id: NoteId, term: NoteId) =>
    requestNothing(`/api/notes/${id}/dismissed-terms/${term}`, { method: 'PUT' }),
  undismissTerm: (id: NoteId, term: NoteId) =>
    requestNothing(`/api/notes/${id}/dismissed-terms/${term}`, { method: 'DELETE' }),
  brokenLinks: (id: CarnetId, signal?: AbortSignal) =>
    request(`/api/carnets/${id}/broken-links`, carnetLinksSchema, signal ? { signal } : {}),
  duplicateNote: (id: NoteId) => request(`/api/notes/${id}/duplicate`, notePageSchema, { method: 'POST' }),
  authorCandidates: (id: NoteId, signal?: AbortSignal) =>
    request(`/api/notes/${id}/author-candidates`, authorCandidatesSchema, signal ? { signal } : {}),
  addAuthor: (id: NoteId, personId: PersonId) =>
    request(`/api/notes/${id}/authors`, notePageSchema, { method: 'POST', body: { personId } }),
  /** Who takes themselves off may get no page back: the note is asked for again. */
  removeAuthor: (id: NoteId, person: PersonId) =>
    requestNothing(`/api/notes/${id}/authors/${person}`, { method: 'DELETE' }),
  removeReader: (id: NoteId, person: PersonId) =>
    requestNothing(`/api/notes/${id}/readers/${person}`, { method: 'DELETE' }),
  askToEdit: (id: NoteId, text: string) =>
    request(`/api/notes/${id}/edit-requests`, notePageSchema, { method: 'POST', body: { text } }),
  answerEditRequest: (id: NoteId, person: PersonId, approved: boolean) =>
    request(`/api/notes/${id}/edit-requests/${person}`, notePageSchema, {
      method: 'POST',
      body: { approved },
    }),
  contactAuthors: (id: NoteId, text: string) =>
    requestNothing(`/api/notes/${id}/messages`, { method: 'POST', body: { text } }),
  noteTitles: (ids: readonly NoteId[]) =>
    request('/api/note-titles', noteTitlesSchema, { method: 'POST', body: { ids } }),
  search: (q: string, limit: number, signal?: AbortSignal) =>
    request('/api/search', searchResultsSchema, { query: { q, limit }, ...(signal ? { signal } : {}) }),

  collections: async (kind: CollectionKind, trash: '0' | '1', signal?: AbortSignal) => {
    const options = { query: { trash }, ...(signal ? { signal } : {}) };
    return kind === 'carnet'
      ? (await request('/api/carnets', carnetListSchema, options)).carnets
      : (await request('/api/bases', baseListSchema, options)).bases;
  },
  collection: ({ kind, id }: CollectionRef, signal?: AbortSignal) =>
    request(`/api/${kind}s/${id}`, collectionPageSchema, signal ? { signal } : {}),
  /** Which notes of a carnet have these words. */
  searchCarnet: (id: CarnetId, q: string, signal?: AbortSignal) =>
    request(`/api/carnets/${id}/search`, collectionSearchSchema, {
      query: { q },
      ...(signal ? { signal } : {}),
    }),
  createCollection: (kind: CollectionKind, body: z.input<typeof createCollectionSchema>) =>
    request(`/api/${kind}s`, collectionPageSchema, { method: 'POST', body }),
  changeCollection: ({ kind, id }: CollectionRef, body: z.input<typeof changeCollectionSchema>) =>
    request(`/api/${kind}s/${id}`, collectionPageSchema, { method: 'PATCH', body }),
  setCover: ({ kind, id }: CollectionRef, file: File) =>
    request(`/api/${kind}s/${id}/cover`, collectionPageSchema, {
      method: 'POST',
      query: { name: file.name },
      raw: file,
    }),
  trashCollection: ({ kind, id }: CollectionRef) =>
    requestNothing(`/api/${kind}s/${id}`, { method: 'DELETE' }),
  untrashCollection: ({ kind, id }: CollectionRef) =>
    request(`/api/${kind}s/${id}/untrash`, collectionPageSchema, { method: 'POST' }),
  restoreCollectionGoodState: ({ kind, id }: CollectionRef) =>
    request(`/api/${kind}s/${id}/restore-good-state`, collectionPageSchema, { method: 'POST' }),
  integrate: (
    { kind, id }: CollectionRef,
    memberIds: readonly MemberId[],
    categoryId: CategoryId | null = null,
  ) =>
    request(`/api/${kind}s/${id}/entries`, collectionPageSchema, {
      method: 'POST',
      body: { memberIds, categoryId },
    }),
  removeEntry: ({ kind, id }: CollectionRef, memberId: MemberId) =>
    request(`/api/${kind}s/${id}/entries/${memberId}`, collectionPageSchema, { method: 'DELETE' }),
  collectionCandidates: ({ kind, id }: CollectionRef, signal?: AbortSignal) =>
    request(`/api/${kind}s/${id}/candidates`, candidatesSchema, signal ? { signal } : {}),
  addCollectionPerson: ({ kind, id }: CollectionRef, personId: PersonId, role: CollectionPersonRole) =>
    request(`/api/${kind}s/${id}/people`, collectionPageSchema, { method: 'POST', body: { personId, role } }),
  changeCollectionPerson: ({ kind, id }: CollectionRef, person: PersonId, role: CollectionPersonRole) =>
    request(`/api/${kind}s/${id}/people/${person}`, collectionPageSchema, {
      method: 'PATCH',
      body: { role },
    }),
  /** Who takes themselves off may get no page back: it is asked for again. */
  removeCollectionPerson: ({ kind, id }: CollectionRef, person: PersonId) =>
    requestNothing(`/api/${kind}s/${id}/people/${person}`, { method: 'DELETE' }),

  communities: (signal?: AbortSignal) =>
    request('/api/communities', communityListSchema, signal ? { signal } : {}),
  community: (id: CommunityId, signal?: AbortSignal) =>
    request(`/api/communities/${id}`, communityPageSchema, signal ? { signal } : {}),
  createCommunity: (body: z.input<typeof createCommunitySchema>) =>
    request('/api/communities', communityPageSchema, { method: 'POST', body }),
  changeCommunity: (id: CommunityId, body: z.input<typeof changeCommunitySchema>) =>
    request(`/api/communities/${id}`, communityPageSchema, { method: 'PATCH', body }),
  setCommunityImage: (id: CommunityId, file: File) =>
    request(`/api/communities/${id}/image`, communityPageSchema, {
      method: 'POST',
      query: { name: file.name },
      raw: file,
    }),
  askToJoin: (id: CommunityId, text: string) =>
    request(`/api/communities/${id}/requests`, communityPageSchema, { method: 'POST', body: { text } }),
  answerJoinRequest: (id: CommunityId, person: PersonId, approved: boolean) =>
    request(`/api/communities/${id}/requests/${person}`, communityPageSchema, {
      method: 'POST',
      body: { approved },
    }),
  changeMember: (id: CommunityId, person: PersonId, role: CommunityPersonRole) =>
    request(`/api/communities/${id}/people/${person}`, communityPageSchema, {
      method: 'PATCH',
      body: { role },
    }),
  removeMember: (id: CommunityId, person: PersonId) =>
    request(`/api/communities/${id}/people/${person}`, communityPageSchema, { method: 'DELETE' }),
  profile: (id: PersonId, signal?: AbortSignal) =>
    request(`/api/people/${id}`, profilePageSchema, signal ? { signal } : {}),
  changeProfile: (body: z.input<typeof changeProfileSchema>) =>
    request('/api/session/profile', profilePageSchema, { method: 'PATCH', body }),
  notices: (before: NoticeId | undefined, signal?: AbortSignal) =>
    request('/api/notices', noticeListSchema, { query: { before }, ...(signal ? { signal } : {}) }),
  readNotices: (until: number) =>
    request('/api/notices/read', noticesReadSchema, { method: 'POST', body: { until } }),
  answerNotice: (id: NoticeId, text: string) =>
    requestNothing(`/api/notices/${id}/answer`, { method: 'POST', body: { text } }),
  noticeSettings: (signal?: AbortSignal) =>
    request('/api/notices/settings', noticeSettingsSchema, signal ? { signal } : {}),
  changeNoticeSettings: (body: z.input<typeof noticeSettingsSchema>) =>
    request('/api/notices/settings', noticeSettingsSchema, { method: 'PUT', body }),
  tellLanguage: (body: z.input<typeof noticeLanguageSchema>) =>
    requestNothing('/api/notices/language', { method: 'PUT', body }),

  ownFeed: (signal?: AbortSignal) => request('/api/feed', ownFeedSchema, signal ? { signal } : {}),
  makeFeed: () => request('/api/feed', newFeedSchema, { method: 'POST' }),
  removeFeed: () => requestNothing('/api/feed', { method: 'DELETE' }),

  invitations: (subject: InvitationSubject, subjectId: string | null, signal?: AbortSignal) =>
    request('/api/invitations', invitationListSchema, {
      query: { subject, subjectId: subjectId ?? undefined },
      ...(signal ? { signal } : {}),
    }),
  createInvitation: (body: z.input<typeof createInvitationSchema>) =>
    request('/api/invitations', createdInvitationSchema, { method: 'POST', body }),
  revokeInvitation: (id: InvitationId) => requestNothing(`/api/invitations/${id}`, { method: 'DELETE' }),
  previewInvitation: (secret: string) =>
    request('/api/invitations/preview', invitationPreviewSchema, { method: 'POST', body: { secret } }),
  acceptInvitation: (body: z.input<typeof acceptInvitationSchema>) =>
    request('/api/invitations/accept', acceptedInvitationSchema, { method: 'POST', body }),

  createAccount: (body: z.input<typeof createAccountSchema>) =>
    request('/api/account', sessionSchema, { method: 'POST', body }),
  signIn: (body: z.input<typeof signInSchema>) =>
    request('/api/account/sign-in', sessionSchema, { method: 'POST', body }),
  sessions: (signal?: AbortSignal) => request('/api/sessions', sessionListSchema, signal ? { signal } : {}),
  endSession: (id: string) => requestNothing(`/api/sessions/${id}`, { method: 'DELETE' }),
  signOutEverywhere: () => requestNothing('/api/sessions', { method: 'DELETE' }),
  passkeys: (signal?: AbortSignal) =>
    request('/api/account/passkeys', passkeyListSchema, signal ? { signal } : {}),
  passkeyOptions: () => request('/api/account/passkeys/options', webAuthnOptionsSchema, { method: 'POST' }),
  addPasskey: (body: z.input<typeof addPasskeySchema>) =>
    request('/api/account/passkeys', passkeyListSchema, { method: 'POST', body }),
  removePasskey: (id: string) => requestNothing(`/api/account/passkeys/${id}`, { method: 'DELETE' }),
  passkeySignInOptions: () =>
    request('/api/account/passkey-sign-in/options', webAuthnOptionsSchema, { method: 'POST' }),
  passkeySignIn: (body: z.input<typeof passkeySignInSchema>) =>
    request('/api/account/passkey-sign-in', sessionSchema, { method: 'POST', body }),
  beginAtOrganisation: (join: boolean) =>
    request('/api/account/organisation', organisationSchema, { method: 'POST', body: { join } }),
  administeredPeople: (signal?: AbortSignal) =>
    request('/api/administration/people', administeredPeopleSchema, signal ? { signal } : {}),
  changeRelayRole: (id: PersonId, role: RelayRole) =>
    requestNothing(`/api/administration/people/${id}`, { method: 'PATCH', body: { role } }),
  register: (filter: RegisterFilter, before: number | undefined, signal?: AbortSignal) =>
    request('/api/administration/register', registerSchema, {
      query: { ...filter, before },
      ...(signal ? { signal } : {}),
    }),
  storage: (signal?: AbortSignal) => request('/api/storage', storageSchema, signal ? { signal } : {}),
  administeredStorage: (signal?: AbortSignal) =>
    request('/api/administration/storage', administeredStorageSchema, signal ? { signal } : {}),
  changeQuota: (quota: number) =>
    requestNothing('/api/administration/storage', { method: 'PATCH', body: { quota } }),
  keptHistory: (signal?: AbortSignal) =>
    request('/api/history-keeping', keptHistorySchema, signal ? { signal } : {}),
  keepHistory: (months: KeptMonths | null) =>
    request('/api/history-keeping', keptHistorySchema, { method: 'PUT', body: { months } }),
  previewThinning: (months: KeptMonths) =>
    request('/api/history-keeping/preview', keptHistorySchema, { method: 'POST', body: { months } }),
  stopThinningPreview: () => requestNothing('/api/history-keeping/preview', { method: 'DELETE' }),
  incidents: (signal?: AbortSignal) =>
    request('/api/administration/incidents', incidentListSchema, signal ? { signal } : {}),
  recordIncident: (body: IncidentStatementBody) =>
    request('/api/administration/incidents', incidentSchema, { method: 'POST', body }),
  amendIncident: (id: IncidentId, body: z.input<typeof amendIncidentSchema>) =>
    request(`/api/administration/incidents/${id}/entries`, incidentSchema, { method: 'POST', body }),
  changeAddress: (body: z.input<typeof changeAddressSchema>) =>
    requestNothing('/api/account/address', { method: 'POST', body }),
  changePassword: (body: z.input<typeof changePasswordSchema>) =>
    requestNothing('/api/account/password', { method: 'POST', body }),
  makeRecoveryLink: (id: PersonId) =>
    request(`/api/administration/people/${id}/recovery-link`, recoveryLinkSchema, { method: 'POST' }),
  leavingPlan: (signal?: AbortSignal) =>
    request('/api/account/leaving', leavingPlanSchema, signal ? { signal } : {}),
  leave: (body: z.input<typeof leaveSchema>) =>
    request('/api/account/leaving', leavingSchema, { method: 'POST', body }),
  stay: () => requestNothing('/api/account/leaving', { method: 'DELETE' }),
  reports: (signal?: AbortSignal) =>
    request('/api/administration/reports', reportListSchema, signal ? { signal } : {}),
  changeReport: (id: ReportId, body: z.input<typeof changeReportSchema>) =>
    requestNothing(`/api/administration/reports/${id}`, { method: 'PATCH', body }),
  requestRecovery: (body: z.input<typeof recoverySchema>) =>
    requestNothing('/api/account/recovery', { method: 'POST', body }),
  recover: (body: z.input<typeof newPasswordSchema>) =>
    requestNothing('/api/account/new-password', { method: 'POST', body }),
  requestVerification: (language: Language) =>
    requestNothing('/api/account/verification', { method: 'POST', body: { language } }),
  verifyAddress: (token: string, language: Language) =>
    request('/api/account/verify', sessionSchema, { method: 'POST', body: { token, language } }),

  startExport: (body: z.input<typeof startExportSchema>) =>
    request('/api/exports', exportStatusSchema, { method: 'POST', body }),
  exportStatus: (id: ExportId, signal?: AbortSignal) =>
    request(`/api/exports/${id}`, exportStatusSchema, signal ? { signal } : {}),
  ownExport: (signal?: AbortSignal) =>
    request('/api/exports', ownExportSchema, {
      query: { subject: 'person' },
      ...(signal ? { signal } : {}),
    }),
  missingTexts: (subject: 'note' | 'carnet', id: string, signal?: AbortSignal) =>
    request(`/api/exports/missing-texts/${subject}/${id}`, missingTextsSchema, signal ? { signal } : {}),
  missingTextsOf: (notes: readonly NoteId[], signal?: AbortSignal) =>
    request('/api/exports/missing-texts', missingTextsSchema, {
      method: 'POST',
      body: { notes },
      ...(signal ? { signal } : {}),
    }),
  importStatus: (id: ImportId, signal?: AbortSignal) =>
    request(`/api/imports/${id}`, importStatusSchema, signal ? { signal } : {}),
  makeImport: (id: ImportId, asked: MakeImport) =>
    request(`/api/imports/${id}/make`, importStatusSchema, { method: 'POST', body: asked }),
  undoImport: (id: ImportId) => request(`/api/imports/${id}/undo`, importStatusSchema, { method: 'POST' }),
  cancelImport: (id: ImportId) => requestNothing(`/api/imports/${id}`, { method: 'DELETE' }),
  /** Address of a picture of one page of a PDF that was made. @param page - from 1. */
  exportPageUrl: (id: ExportId, page: number, width: PageWidth) =>
    `/api/exports/${id}/pages/${page}?width=${width}`,
  cancelExport: (id: ExportId) => requestNothing(`/api/exports/${id}`, { method: 'DELETE' }),

  /** Address of an attachment's bytes. */
  attachmentUrl: (id: string) => `/api/attachments/${encodeURIComponent(id)}`,
} as const;

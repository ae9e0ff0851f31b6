import {
  type createAccountSchema,
  type newPasswordSchema,
  type recoverySchema,
  type signInSchema,
} from '#shared/api/account.ts';
import {
  carnetListSchema,
  carnetPageSchema,
  type changeCarnetSchema,
  type createCarnetSchema,
} from '#shared/api/carnets.ts';
import { exportStatusSchema, type startExportSchema } from '#shared/api/exports.ts';
import {
  acceptedInvitationSchema,
  type acceptInvitationSchema,
  createdInvitationSchema,
  type createInvitationSchema,
  invitationListSchema,
  invitationPreviewSchema,
} from '#shared/api/invitations.ts';
import {
  type changeNoteSchema,
  type createNoteSchema,
  noteContentSchema,
  noteListSchema,
  notePageSchema,
  noteTitlesSchema,
  searchResultsSchema,
} from '#shared/api/notes.ts';
import { type changePersonSchema, sessionSchema } from '#shared/api/session.ts';
import { ticketSchema, type TicketRequest } from '#shared/api/tickets.ts';
import type { CarnetId, ExportId, InvitationId, NoteId, CategoryId, PersonId } from '#shared/domain/ids.ts';
import type { Language } from '#shared/domain/Person.ts';
import type { z } from 'zod';
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
  requestTicket: (ticket: TicketRequest) =>
    request('/api/tickets', ticketSchema, { method: 'POST', body: ticket }),

  notes: (
    query: { sort?: NoteSort; trash?: '0' | '1'; limit?: number; offset?: number },
    signal?: AbortSignal,
  ) => request('/api/notes', noteListSchema, { query, ...(signal ? { signal } : {}) }),
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
  restoreGoodState: (id: NoteId) =>
    request(`/api/notes/${id}/restore-good-state`, notePageSchema, { method: 'POST' }),
  duplicateNote: (id: NoteId) => request(`/api/notes/${id}/duplicate`, notePageSchema, { method: 'POST' }),
  removeAuthor: (id: NoteId, person: PersonId) =>
    request(`/api/notes/${id}/authors/${person}`, notePageSchema, { method: 'DELETE' }),
  noteTitles: (ids: readonly NoteId[]) =>
    request('/api/note-titles', noteTitlesSchema, { method: 'POST', body: { ids } }),
  search: (q: string, limit: number, signal?: AbortSignal) =>
    request('/api/search', searchResultsSchema, { query: { q, limit }, ...(signal ? { signal } : {}) }),

  carnets: (trash: '0' | '1', signal?: AbortSignal) =>
    request('/api/carnets', carnetListSchema, { query: { trash }, ...(signal ? { signal } : {}) }),
  carnet: (id: CarnetId, signal?: AbortSignal) =>
    request(`/api/carnets/${id}`, carnetPageSchema, signal ? { signal } : {}),
  createCarnet: (body: z.input<typeof createCarnetSchema>) =>
    request('/api/carnets', carnetPageSchema, { method: 'POST', body }),
  changeCarnet: (id: CarnetId, body: z.input<typeof changeCarnetSchema>) =>
    request(`/api/carnets/${id}`, carnetPageSchema, { method: 'PATCH', body }),
  trashCarnet: (id: CarnetId) => requestNothing(`/api/carnets/${id}`, { method: 'DELETE' }),
  untrashCarnet: (id: CarnetId) =>
    request(`/api/carnets/${id}/untrash`, carnetPageSchema, { method: 'POST' }),
  integrateNote: (id: CarnetId, noteId: NoteId, categoryId: CategoryId | null = null) =>
    request(`/api/carnets/${id}/entries`, carnetPageSchema, { method: 'POST', body: { noteId, categoryId } }),
  removeEntry: (id: CarnetId, noteId: NoteId) =>
    request(`/api/carnets/${id}/entries/${noteId}`, carnetPageSchema, { method: 'DELETE' }),

  invitations: (subject: 'note' | 'carnet', subjectId: string, signal?: AbortSignal) =>
    request('/api/invitations', invitationListSchema, {
      query: { subject, subjectId },
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
  requestRecovery: (body: z.input<typeof recoverySchema>) =>
    requestNothing('/api/account/recovery', { method: 'POST', body }),
  recover: (body: z.input<typeof newPasswordSchema>) =>
    requestNothing('/api/account/new-password', { method: 'POST', body }),
  requestVerification: (language: Language) =>
    requestNothing('/api/account/verification', { method: 'POST', body: { language } }),
  verifyAddress: (token: string) =>
    request('/api/account/verify', sessionSchema, { method: 'POST', body: { token } }),

  startExport: (body: z.input<typeof startExportSchema>) =>
    request('/api/exports', exportStatusSchema, { method: 'POST', body }),
  exportStatus: (id: ExportId, signal?: AbortSignal) =>
    request(`/api/exports/${id}`, exportStatusSchema, signal ? { signal } : {}),
  cancelExport: (id: ExportId) => requestNothing(`/api/exports/${id}`, { method: 'DELETE' }),

  /** Address of an attachment's bytes. */
  attachmentUrl: (id: string) => `/api/attachments/${encodeURIComponent(id)}`,
} as const;

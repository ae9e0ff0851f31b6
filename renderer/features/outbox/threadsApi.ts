import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  type editMessageSchema,
  mentionableSchema,
  type newMessageSchema,
  type startThreadSchema,
  threadLineSchema,
  threadListSchema,
} from '#shared/api/threads.ts';
import type { MessageId, NoteId, ThreadId } from '#shared/domain/ids.ts';
import { keys, request, requestNothing } from '../../api/index.ts';

const base = (noteId: NoteId): string => `/api/notes/${noteId}/threads`;

/** A network that is half there answers nothing for minutes. */
const patience = (): AbortSignal => AbortSignal.timeout(30_000);

/** The discussion of a note on the relay. */
export const threadsApi = {
  start: (noteId: NoteId, body: z.input<typeof startThreadSchema>) =>
    request(base(noteId), threadLineSchema, { method: 'POST', body, signal: patience() }),
  reply: (noteId: NoteId, id: ThreadId, body: z.input<typeof newMessageSchema>) =>
    request(`${base(noteId)}/${id}/messages`, threadLineSchema, { method: 'POST', body, signal: patience() }),
  edit: (noteId: NoteId, id: ThreadId, message: MessageId, body: z.input<typeof editMessageSchema>) =>
    request(`${base(noteId)}/${id}/messages/${message}`, threadLineSchema, { method: 'PATCH', body }),
  retract: (noteId: NoteId, id: ThreadId, message: MessageId) =>
    requestNothing(`${base(noteId)}/${id}/messages/${message}`, { method: 'DELETE' }),
  report: (noteId: NoteId, id: ThreadId, message: MessageId, reason: string) =>
    requestNothing(`${base(noteId)}/${id}/messages/${message}/reports`, { method: 'POST', body: { reason } }),
  resolve: (noteId: NoteId, id: ThreadId, resolved: boolean) =>
    request(`${base(noteId)}/${id}`, threadLineSchema, { method: 'PATCH', body: { resolved } }),
} as const;

/** Its questions. */
export const threadQueries = {
  list: (noteId: NoteId) =>
    queryOptions({
      queryKey: keys.threads(noteId),
      queryFn: ({ signal }) => request(base(noteId), threadListSchema, { signal }),
    }),
  mentionable: (noteId: NoteId, q: string) =>
    queryOptions({
      queryKey: ['mentionable', noteId, q],
      queryFn: ({ signal }) =>
        request(`/api/notes/${noteId}/mentionable`, mentionableSchema, { query: { q }, signal }),
    }),
};

export { ApiError, failureCode, UnreachableError, type FailureCode } from './ApiError.ts';
export { api, type NoteSort } from './api.ts';
export { keys, type ListedNotes, notesPerPage, queries } from './queries.ts';
export { request, requestNothing } from './request.ts';
export { applyRelayEvent, useLiveEvents } from './useLiveEvents.ts';
export { uploadAttachment } from './uploadAttachment.ts';
export { useNamedNotes } from './useNamedNotes.ts';
export { useFailure } from './useFailure.ts';
export { usePerson, useSession } from './useSession.ts';

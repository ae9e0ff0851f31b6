import { closeCodes } from '#shared/protocol/closeCodes.ts';
import type { OfflineReason } from './savingState.ts';

/**
 * What ended the connection of a document for good, or made part of the work leave it. Each has a sentence in renderer/i18n
 * (`collaboration.problem.<code>`): what happened, what is safe, what to do next.
 */
export const problemCodes = [
  'malformed',
  'not_signed_in',
  'not_allowed',
  /** The document may be read, and no longer written in. */
  'read_only',
  /** It stands as it was adopted: nobody writes in it until an author opens it again. */
  'locked',
  'epoch_changed',
  'client_id_taken',
  'too_large',
  'invalid_content',
  /** The document is set aside: nothing is taken in it, and its home may have lost some of what this device has. */
  'document_damaged',
  'app_outdated',
  /** The copy on this device holds what this application does not know; the relay, which cannot be reached, may no longer have it. */
  'unknown_content',
  /** The copy kept on this device cannot be read; what could be read of what was unsent is a recovered copy. */
  'local_copy_damaged',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

const finalCodes = new Map<number, ProblemCode>([
  [closeCodes.malformed, 'malformed'],
  [closeCodes.signIn, 'not_signed_in'],
  [closeCodes.notAllowed, 'not_allowed'],
  [closeCodes.epochChanged, 'epoch_changed'],
  [closeCodes.clientIdTaken, 'client_id_taken'],
  [closeCodes.tooLarge, 'too_large'],
  [closeCodes.invalidContent, 'invalid_content'],
  [closeCodes.updateApp, 'app_outdated'],
  [closeCodes.textFrame, 'malformed'],
  [1009, 'too_large'],
]);

const passingCodes = new Map<number, OfflineReason>([
  [closeCodes.resync, 'resync'],
  [closeCodes.storage, 'storage'],
  [closeCodes.slowReader, 'slow_reader'],
  [closeCodes.tooFast, 'too_fast'],
  [closeCodes.restarting, 'restarting'],
  [1001, 'restarting'],
]);

/** What a close code means when a client must not come back by itself; null when it may. */
export function problemOfCode(code: number): ProblemCode | null {
  const known = finalCodes.get(code);
  if (known !== undefined) return known;
  return code >= 4400 && code <= 4499 ? 'malformed' : null;
}

/** What a `refused` message means: the document stays open. */
export function problemOfRefusal(code: number, reason: string): ProblemCode {
  if (reason === 'document_damaged' || reason === 'locked') return reason;
  if (code !== closeCodes.notAllowed) return problemOfCode(code) ?? 'invalid_content';
  // A new Y.Doc has a client id of its own.
  return reason === 'client_id_of_another' ? 'client_id_taken' : 'read_only';
}

/**
 * Why the link is down after a close from which a client comes back by itself.
 * @param word - what the relay said with the code.
 */
export function reasonOfCode(code: number, word = ''): OfflineReason {
  // Nothing that was written was too much then.
  if (code === closeCodes.tooFast && word.startsWith('too_many_')) return 'too_many_open';
  return passingCodes.get(code) ?? 'unreachable';
}

/** What the code of a refused ticket means: final, or a reason to try again later. */
export function outcomeOfTicketError(error: unknown): { problem: ProblemCode } | { reason: OfflineReason } {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'not_signed_in':
    case 'not_allowed':
    case 'app_outdated':
    case 'epoch_changed':
      return { problem: code };
    case 'too_many_requests':
      return { reason: 'too_fast' };
    case 'storage_full':
    case 'storage_failed':
    case 'document_damaged':
      return { reason: 'storage' };
    default:
      return { reason: 'unreachable' };
  }
}

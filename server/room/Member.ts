import type { PresenceEntry, ResumePoint } from '#shared/protocol/readClientFrame.ts';
import type { DocumentRole } from './RelayDocuments.ts';

/** What a room remembers of one socket in it. */
export interface Member {
  role: DocumentRole;
  /** It was sent the document: it hears updates. */
  joined: boolean;
  /** It is a mirror's that is sent the log's rows instead of updates. */
  follows: boolean;
  greeted: boolean;
  /** Where it stopped, until its first question for the state is answered. */
  resume: ResumePoint | null;
  /** Its question for the state that waits while another is answered; `answering` while one is. */
  answering: boolean;
  nextQuestion: Uint8Array | null;
  /** Its frames that wait for one that is read in the worker; null while none is. */
  queue: Uint8Array[] | null;
  /** Times of late updates that lacked a predecessor. */
  resyncs: number[];
  /** The newest presence beyond the rate, sent when its time comes. */
  latePresence: { entry: PresenceEntry; readonly timer: NodeJS.Timeout } | null;
}

export function newMember(role: DocumentRole): Member {
  return {
    role,
    joined: false,
    follows: false,
    greeted: false,
    resume: null,
    answering: false,
    nextQuestion: null,
    queue: null,
    resyncs: [],
    latePresence: null,
  };
}

/** Who writes in a document by typing: a note's authors, a carnet's managers. Contributors go through operations. */
export function mayWrite(role: DocumentRole): boolean {
  return role === 'author' || role === 'manager';
}

/** Who may see what was deleted: rows as they were written. Anyone else gets the state collected at the moment of joining. */
export function maySeeDeleted(role: DocumentRole): boolean {
  return mayWrite(role) || role === 'keeper';
}

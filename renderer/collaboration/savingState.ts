/** Why what a person writes does not reach its home now. Each has a sentence in renderer/i18n (`collaboration.offline.<reason>`). */
export const offlineReasons = [
  /** The relay cannot be reached. */
  'unreachable',
  /** The browser says that this device has no network. */
  'no_network',
  /** The connection gave no answer in time. */
  'link_lost',
  /** The relay is stopping or starting again. */
  'restarting',
  /** The relay cannot write now (4503). */
  'storage',
  /** Too much was sent at once; the connection resumes by itself (4529). */
  'too_fast',
  /** This person has too many documents open, or opened too many too fast; the connection resumes by itself (4529). */
  'too_many_open',
  /** This device reads too slowly; the connection resumes by itself (4513). */
  'slow_reader',
  /** The connection starts again from a known state (4500). */
  'resync',
  /** A change was refused: a recovered copy keeps it. */
  'refused',
  /** The home has lost some of the document, and takes nothing in it. */
  'damaged',
  /** The connection ended for good; `DocumentSession.problem` says why. */
  'ended',
] as const;
export type OfflineReason = (typeof offlineReasons)[number];

/**
 * What may be said about the safety of the words on the screen, never better than the facts (threat model, 3.3). `waiting`: the relay has everything, durable, and is not the
 * document's home, which may lack some of it.
 * `offline.pending`: what the home does not have yet: nothing, only changes durable on this device (`here`), or some that are
 * in memory alone (`memory`).
 */
export type SavingState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'editing' }
  | { readonly kind: 'savedHere' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'saved' }
  | {
      readonly kind: 'offline';
      readonly reason: OfflineReason;
      readonly pending: 'none' | 'here' | 'memory';
    };

/** The state of the link to the home of a document, as far as saving is concerned. */
export type Link =
  | { readonly kind: 'opening' }
  | { readonly kind: 'online' }
  | { readonly kind: 'offline'; readonly reason: OfflineReason };

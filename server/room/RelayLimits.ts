import { limits } from '#shared/protocol/messages.ts';

/** How much one session may send and one room may hold. @see threat-model, section 6 */
export interface RelayLimits {
  /** Bytes of one update. Default 4 MiB: pasting a 200-page document is legitimate. Larger: one person can fill memory faster. */
  readonly maxUpdateBytes: number;
  /** Bytes of an update that is read on the event loop. Default 256 KiB. Passed: it is read in a worker, for at most `readMs` (default 500); longer: 4422. */
  readonly inlineUpdateBytes: number;
  readonly readMs: number;
  /** Bytes of one presence state. Default 4 KiB. */
  readonly maxAwarenessBytes: number;
  /** Bytes of one string in an update. Default 256 KiB. */
  readonly maxStringBytes: number;
  /** Client ids whose structs one update may hold. Default 1,000: an editor has one, an offline copy a few. Larger: one person can slow every opening. */
  readonly maxClients: number;
  /** Bytes of a document's checkpoint and the rows since. Default 20 MiB. */
  readonly maxDocumentBytes: number;
  /** Write frames a second, sustained, and how many at once. Default 60 and 300. Passed: reading pauses. */
  readonly updatesPerSecond: number;
  readonly updateBurst: number;
  /** Presence frames a second. Default 15. Passed: the newest replaces the one that waits. */
  readonly presencePerSecond: number;
  /** Write frames and bytes of one session that are not on the disk yet. Default 128 and 8 MiB. Passed: reading pauses. */
  readonly maxUnstoredFrames: number;
  readonly maxUnstoredBytes: number;
  /** Bytes queued for a reader beyond which presence is left out. Default 1 MiB. */
  readonly dropPresenceBytes: number;
  /** Bytes queued for a reader beyond which it is closed (4513). Default 4 MiB. */
  readonly maxQueuedBytes: number;
  /** How long a reader may take to drain, or a writer's reading stay paused, in ms. Default 10,000. */
  readonly slowMs: number;
  /** Sockets of one person. Default 40. */
  readonly socketsPerPerson: number;
  /**
   * Sockets that one person opens a second, sustained, and how many at once. Default 5 and 100: all that somebody may have open, twice over. Passed: each waits for its turn, unread.
   * Larger: who is closed and comes back again and again takes more from others.
   */
  readonly openingsPerSecond: number;
  readonly openingBurst: number;
  /** How long it may wait, in ms. Default 5,000: clients give a silent relay 15 s. Longer: it is closed (4529) at once. */
  readonly openingWaitMs: number;
  /** Documents open on one mirror's socket. Default 1,000. */
  readonly documentsPerSocket: number;
  /** What a row of a batch counts against the rate of write frames. Default 0.1: work of an hour offline is not a flood. */
  readonly batchRowCost: number;
  /**
   * A commit begins when the last one began this long ago, in ms; the first after a pause is at once. Default 10. Larger: fewer fsyncs, fewer and larger writes to the
   * sockets, less CPU; everyone sees a keystroke that much later.
   */
  readonly commitSpacingMs: number;
  /** A commit begins as soon as this many rows wait. Default 8. Larger: fewer fsyncs in a busy relay, where everyone waits longer for one another. */
  readonly commitRows: number;
  /**
   * Longest time between two writes to the sockets of a busy room, in ms; a room of few waits a millisecond for each of its members. Default 20. Larger: less CPU in
   * meetings; everyone there sees a keystroke that much later.
   */
  readonly broadcastSpacingMs: number;
  /** Rows since the last checkpoint after which the next is made. Default 2,000. Smaller: newcomers wait less, the worker works more. */
  readonly checkpointRows: number;
  /** Bytes of those rows, likewise. Default 256 KiB. */
  readonly checkpointBytes: number;
  /**
   * Rows a second in one document from which on its checkpoint waits until the rush is over. Default 1,000: no hands write so fast. Larger: checkpoints, and the segments that are
   * made of what they hold, take from commits what these need.
   */
  readonly rushRowsPerSecond: number;
  /** Rows since the last checkpoint after which it is made all the same. Default 100,000. Larger: who opens the document in a rush reads more. */
  readonly rushRows: number;
  /** Bytes of those rows, likewise. Default 4 MiB. */
  readonly rushBytes: number;
  /** Rows since the last checkpoint after which a room makes one when it empties, or when nobody has written for a while. Default 20. */
  readonly unloadCheckpointRows: number;
  /** Rows missed beyond which who comes back gets the state-vector answer. Default 1,000. Larger: fewer delete sets are sent, more rows are read. */
  readonly resumeRows: number;
  /** How long after a row the clients are told up to which row they have everything, in ms. Default 5,000. Smaller: more messages, fewer rows sent twice. */
  readonly positionMs: number;
  /** How long that while is, in ms. Default 20,000. */
  readonly idleCheckpointMs: number;
  /**
   * Rows that a checkpoint holds and no segment of the journal, from which on the oldest 1,000 are packed. Default 2,000: as many remain as somebody who comes back is sent
   * (`resumeRows`). Larger: more is stored.
   */
  readonly cutRows: number;
  /** The same, in a document that nobody has opened for `cutDelayMs`. Default 128. */
  readonly unloadCutRows: number;
  /** Default 10 minutes, in ms. Smaller: who comes back after a walk is no longer sent rows. */
  readonly cutDelayMs: number;
  /** How long after a row the head of its document's log is signed, in ms. Default 30,000. Smaller: more signatures, and less that nobody can vouch for. */
  readonly headMs: number;
  /** How long a document's encoded state stays in memory after the last newcomer took it, in ms. Default 500. */
  readonly keepStateMs: number;
  /**
   * How long after an element, attribute or mark was written the worker looks at the tree, in ms, if the room has not rested before. Default 60,000. Smaller: what is too deep or out of
   * place is found sooner; the worker rebuilds each note that is written in as often.
   */
  readonly inspectMs: number;
  /** The same after a name that the schema does not have. Default 1,000. Larger: people whose editor was taken away by it wait longer for the way back. */
  readonly inspectUnknownMs: number;
  /** How long rebuilding a document in the worker may take, in ms. Default 10,000. Passed: the worker is stopped, the document set aside. */
  readonly rebuildMs: number;
  /** Milliseconds between the relay's pings. Default 25,000; two missed end the socket. */
  readonly pingMs: number;
  /** A client hears a message at least this often, in ms. Default 20,000: a stock client gives up at 30. */
  readonly keepAliveMs: number;
}

export const relayLimits: RelayLimits = {
  maxUpdateBytes: limits.maxUpdateBytes,
  inlineUpdateBytes: 256 * 1024,
  readMs: 500,
  maxAwarenessBytes: limits.maxAwarenessBytes,
  maxStringBytes: 256 * 1024,
  maxClients: 1_000,
  maxDocumentBytes: 20 * 1024 * 1024,
  updatesPerSecond: 60,
  updateBurst: 300,
  presencePerSecond: 15,
  maxUnstoredFrames: 128,
  maxUnstoredBytes: 8 * 1024 * 1024,
  dropPresenceBytes: 1024 * 1024,
  maxQueuedBytes: 4 * 1024 * 1024,
  slowMs: 10_000,
  socketsPerPerson: 40,
  openingsPerSecond: 5,
  openingBurst: 100,
  openingWaitMs: 5_000,
  documentsPerSocket: 1_000,
  batchRowCost: 0.1,
  commitSpacingMs: 10,
  commitRows: 8,
  broadcastSpacingMs: 20,
  checkpointRows: 2_000,
  checkpointBytes: 256 * 1024,
  rushRowsPerSecond: 1_000,
  rushRows: 100_000,
  rushBytes: 4 * 1024 * 1024,
  unloadCheckpointRows: 20,
  resumeRows: 1_000,
  positionMs: 5_000,
  idleCheckpointMs: 20_000,
  cutRows: 2_000,
  unloadCutRows: 128,
  cutDelayMs: 600_000,
  headMs: 30_000,
  keepStateMs: 500,
  inspectMs: 60_000,
  inspectUnknownMs: 1_000,
  rebuildMs: 10_000,
  pingMs: limits.relayPingMs,
  keepAliveMs: limits.stockKeepAliveMs,
};

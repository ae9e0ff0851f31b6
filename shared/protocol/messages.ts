/**
 * Message types of the wire, the first varint of each binary frame. 0–3 are y-websocket's; those from 16 on are spoken only on a
 * connection that opened with the subprotocol `calepin.1`.
 * @see PROTOCOL.md
 */
export const messageTypes = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  /** relay → client: varuint n. The first n write frames (sync step 2 and update, in the order sent on this connection) are settled and durable. */
  stored: 16,
  /** relay → client: varuint index (1-based write frame), varuint code (close code), varstring reason code. */
  refused: 17,
  /** relay → client: varstring role ('none' | 'reader' | 'commenter' | 'keeper' | 'author' | 'contributor' | 'manager'). */
  access: 18,
  /** client → relay: varuint n; the relay answers `pong` n. */
  ping: 19,
  pong: 20,
  /** relay → client, once after the first sync step: varstring epoch, varuint seq, varuint schemaVersion. */
  hello: 21,
  /** client → relay, before its first sync step: varstring epoch, varuint seq, bytes first clocks that were not acknowledged. */
  resume: 22,
  /** relay → client, rarely: varuint seq; everything up to this row has been sent to you. */
  position: 23,
  /** relay → client, rarely: a signed head: varstring epoch, varuint seq, 32 bytes digest, varuint time, 64 bytes signature, 32 bytes public key. */
  proof: 24,
  // 26 to 30: on a mirror's socket, about the document before them.
  /** client → relay: varuint schema version, varstring epoch, varuint seq: send me the rows after it; answered with role, epoch, seq and schema version. */
  open: 26,
  /** client → relay: nothing; I do not need this document any more. */
  close: 27,
  /** relay → client: varuint close code, varstring reason; this document is not open (any more). The socket is. */
  closed: 28,
  /** client → relay: varuint count, then for each row varuint time on the device, bytes update. */
  batch: 29,
  /** relay → client: a row of the log as it is. */
  attributed: 30,
  /** relay → client, of a document whose home is another relay, on any `calepin.1` connection: varuint n, as `stored`, of the home. */
  upstream: 31,
  /** client → relay, on a mirror’s socket: varstring person, then as `batch`: rows of somebody who was stated here before. */
  stated: 32,
} as const;

/** The inner type of a `sync` message. */
export const syncTypes = { step1: 0, step2: 1, update: 2 } as const;

export const subprotocols = {
  /** The renderer's own provider: y-websocket plus the messages from 16 on. */
  calepin: 'calepin.1',
  /** A stock y-websocket client. */
  stock: 'y-sync.1',
  /** The second subprotocol offered carries the ticket, so that it is in no URL: `ticket.<value>`. */
  ticketPrefix: 'ticket.',
} as const;

/** Bytes, counts and times that both sides hold to (threat-model, section 6). */
export const limits = {
  maxFrameBytes: 8 * 1024 * 1024,
  maxUpdateBytes: 4 * 1024 * 1024,
  maxAwarenessBytes: 4 * 1024,
  /** A whole awareness message, which may repeat what everyone in a room said, and a state vector. */
  maxListBytes: 1024 * 1024,
  maxPartBytes: 256 * 1024,
  /** Rows of one `batch`, and its bytes, unless it is one row. */
  maxBatchRows: 1_000,
  maxBatchBytes: 256 * 1024,
  ticketLifeMs: 30_000,
  clientPingMs: 10_000,
  clientPongTimeoutMs: 5_000,
  relayPingMs: 25_000,
  /** A stock client hears something at least this often. */
  stockKeepAliveMs: 20_000,
} as const;

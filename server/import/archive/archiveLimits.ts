/** What an archive may hold; beyond it, it is refused before anything is made. */
export const archiveLimits = {
  /** Parts: two for each note, and the lists. */
  entries: 10_000,
  /** Bytes of all parts, unpacked: 1 GiB. Files take what they take of the archive itself. */
  bytes: 1024 * 1024 * 1024,
  /** Bytes of one part, 128 MiB: a log of millions of rows. */
  entryBytes: 128 * 1024 * 1024,
  /** Bytes of one log, unpacked, 512 MiB: a keystroke takes some 300. */
  journalBytes: 512 * 1024 * 1024,
  /** Megabytes that reading one log may take. */
  journalHeapMb: 2_048,
  /** Work at one log, in ms of the processor. */
  journalMs: 120_000,
  notes: 2_000,
} as const;

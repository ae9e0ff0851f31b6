/** What an import may hold; beyond it, it is refused before anything is made. */
export const importLimits = {
  /** Files in an archive. Larger: longer lists to look through. */
  entries: 10_000,
  /** Bytes of an archive, unpacked: 1 GiB. */
  bytes: 1024 * 1024 * 1024,
  /** Bytes of one file: those of an attachment, 25 MiB. */
  entryBytes: 25 * 1024 * 1024,
  /** Bytes of an archive that is packed in another, 128 MiB: it is held in memory. */
  packedBytes: 128 * 1024 * 1024,
  notes: 2_000,
  /** Bytes of one text, 2 MiB: more would not be one note. */
  textBytes: 2 * 1024 * 1024,
  /** Bytes of all texts, 64 MiB. */
  allTextBytes: 64 * 1024 * 1024,
  /** Work at one text, in ms of the processor: what takes longer is not read, and said. */
  pageMs: 10_000,
  /** How deep blocks stand in one another; what is deeper is said at that depth. Notes may have 64 (`maxDepth`), tables and lists take two or three each. */
  depth: 40,
} as const;

import { z } from 'zod';

export const manifestName = 'backup.json';
export const databaseName = 'calepin.sqlite';
export const attachmentsName = 'attachments';

/** What a backup says of itself, written last: a folder without it is not a whole backup. */
export const backupManifestSchema = z.object({
  format: z.literal(1),
  /** ISO 8601. */
  madeAt: z.iso.datetime(),
  documents: z.int().nonnegative(),
  rows: z.int().nonnegative(),
  attachments: z.int().nonnegative(),
  /** SHA-256 of the database file, in hexadecimal. */
  databaseDigest: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BackupManifest = z.infer<typeof backupManifestSchema>;

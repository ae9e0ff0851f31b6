import { z } from 'zod';
import { timeSchema } from './common.ts';

/** How often a copy of everything is made by itself. */
export const backupRhythms = ['off', 'day', 'week'] as const;
export type BackupRhythm = (typeof backupRhythms)[number];

/** At most so many copies are kept of those that were made by themselves. */
export const maxKeptBackups = 50;

/** Why a copy was not made, or could not be put back. */
export const backupFaults = ['folder_missing', 'not_allowed', 'full', 'damaged', 'failed'] as const;
export type BackupFault = (typeof backupFaults)[number];

const count = z.number().int().nonnegative();
/** A folder of this computer, by its whole path; null: none was chosen. */
const folder = z.string().min(1).max(4_096);

/** The rhythm, the folder, and how many copies are kept. */
export const backupPlanSchema = z.object({
  rhythm: z.enum(backupRhythms),
  folder: folder.nullable(),
  keep: z.number().int().min(1).max(maxKeptBackups),
});
export type BackupPlan = z.infer<typeof backupPlanSchema>;

/**
 * GET /api/backups → for the person of a computer. `last`: what became of the last copy, asked for or made by itself; `fault` null: it is there, and whole. `running`: one is being made. `restored`: what was put back
 * last, and can be taken back; `waits`: it will be in place when Calepin has started again.
 */
export const backupStateSchema = z.object({
  plan: backupPlanSchema,
  running: z.boolean(),
  last: z
    .object({
      at: timeSchema,
      /** The folder that was made, or in which it was to be. */
      folder: z.string(),
      fault: z.enum(backupFaults).nullable(),
      documents: count,
      attachments: count,
      /** Attachments that notes name and that were not there. */
      missing: count,
    })
    .nullable(),
  restored: z
    .object({
      at: timeSchema,
      madeAt: timeSchema,
      fault: z.enum(backupFaults).nullable(),
      canUndo: z.boolean(),
    })
    .nullable(),
  waits: z.boolean(),
});
export type BackupState = z.infer<typeof backupStateSchema>;

/** PUT /api/backups takes a plan; POST /api/backups/run makes a copy in a folder, now. Both answer as GET does. */
export const runBackupSchema = z.object({ folder });

/** POST /api/backups/list → the whole copies in a folder, or the one that it is; the newest first. */
export const listBackupsSchema = z.object({ folder });
export const listedBackupsSchema = z.object({
  backups: z.array(
    z.object({ folder: z.string(), madeAt: timeSchema, documents: count, rows: count, attachments: count }),
  ),
});
export type ListedBackups = z.infer<typeof listedBackupsSchema>;

/** POST /api/backups/restore puts a copy back, POST /api/backups/undo takes that back: at the next start, which follows at once where Calepin starts itself. Both answer as GET does. */
export const restoreBackupSchema = z.object({ folder });

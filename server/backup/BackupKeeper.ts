import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import { AppError } from '#shared/api/errorCodes.ts';
import {
  type BackupPlan,
  backupPlanSchema,
  type BackupState,
  backupStateSchema,
} from '#shared/api/backups.ts';
import type { Timers } from '../history/Timers.ts';
import type { SettingsStore } from '../storage/ports/SettingsStore.ts';
import type { MadeBackup } from './BackupMaker.ts';
import { manifestName } from './BackupManifest.ts';
import { faultOf } from './faultOf.ts';
import { intactFileIn } from './intactFileIn.ts';
import { isRestoreWanted, lastRestore, wantRestore } from './wantedRestore.ts';

/** A start is not the moment for it. */
const firstAfterMs = 60_000;
/** How often it is looked whether one is due, and tried again what failed. */
const everyMs = 15 * 60 * 1000;
const day = 24 * 60 * 60 * 1000;
const periods = { off: Infinity, day, week: 7 * day } as const;

const settingsKey = 'backups';
const storedSchema = z.object({
  plan: backupPlanSchema,
  last: backupStateSchema.shape.last,
  /** When the last whole copy was made, Unix milliseconds; 0: never. */
  madeAt: z.number(),
  /** The copies that were made by themselves, the oldest first: no others are ever thrown away. */
  made: z.array(z.string()),
});
type Stored = z.infer<typeof storedSchema>;
const nothing: Stored = { plan: { rhythm: 'off', folder: null, keep: 7 }, last: null, madeAt: 0, made: [] };

export interface BackupKeeperOptions {
  readonly dataFolder: string;
  readonly settings: SettingsStore;
  /** Copies the data folder into a new one below `into`. @see BackupMaker */
  readonly make: (into: string, now: number) => Promise<MadeBackup>;
  /** Ends this relay, so that it starts again; null where a person does that. */
  readonly restart: (() => void) | null;
  readonly timers: Timers;
  /** Gets codes and counts. */
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

/** Copies of everything on a computer, by a rhythm or when asked, and their putting back. What fails is told, and tried again. */
export class BackupKeeper {
  readonly #options: BackupKeeperOptions;
  #running: Promise<void> | null = null;
  #callOff: (() => void) | null = null;
  #isClosed = false;

  constructor(options: BackupKeeperOptions) {
    this.#options = options;
  }

  start(): void {
    this.#later(firstAfterMs);
  }

  async told(): Promise<BackupState> {
    const { dataFolder } = this.#options;
    const [{ plan, last }, done, waits] = await Promise.all([
      this.#read(),
      lastRestore(dataFolder),
      isRestoreWanted(dataFolder),
    ]);
    const restored =
      done === null
        ? null
        : { at: done.at, madeAt: done.madeAt, fault: done.fault, canUndo: done.keptIn !== null };
    return { plan, last, restored, waits, running: this.#running !== null };
  }

  /** @throws AppError `invalid_request` for a path that is not whole, or a rhythm without a folder. */
  async choose(plan: BackupPlan): Promise<void> {
    const isWhole = plan.folder === null ? plan.rhythm === 'off' : path.isAbsolute(plan.folder);
    if (!isWhole) throw new AppError('invalid_request', 'a whole path is needed');
    await this.#change(() => ({ plan }));
    void this.look();
  }

  /** Makes a copy in a folder now, and resolves when it is there or has failed; where one is being made, when that is. */
  async run(folder: string): Promise<void> {
    if (!path.isAbsolute(folder)) throw new AppError('invalid_request', 'a whole path is needed');
    await this.#once(() => this.#make(folder, null));
  }

  /** Makes the copy that is due, if one is. */
  async look(): Promise<void> {
    const { plan, madeAt } = await this.#read();
    const isDue = this.#options.timers.now() - madeAt >= periods[plan.rhythm];
    const { folder, keep } = plan;
    if (isDue && folder !== null && !this.#isClosed) await this.#once(() => this.#make(folder, keep));
    this.#later(everyMs);
  }

  /** Where a file lies as it was stored, in the newest copy of the chosen folder that has it so. @param digest - its own. @returns null where none has. */
  async intactFile(digest: string): Promise<string | null> {
    const { folder } = (await this.#read()).plan;
    return folder === null ? null : intactFileIn(folder, digest);
  }

  /** Puts a copy back at the next start. @throws AppError `conflict` where it is none. */
  async restore(backup: string): Promise<void> {
    const isThere =
      path.isAbsolute(backup) && (await stat(path.join(backup, manifestName)).catch(() => null));
    if (!isThere) throw new AppError('conflict', 'there is no backup in this folder');
    await wantRestore(this.#options.dataFolder, { act: 'restore', backup });
    this.#options.restart?.();
  }

  /** Puts back at the next start what was there before a copy was. @throws AppError `conflict` where nothing is kept of it. */
  async undo(): Promise<void> {
    const { dataFolder, restart } = this.#options;
    const keptIn = (await lastRestore(dataFolder))?.keptIn ?? null;
    if (keptIn === null) throw new AppError('conflict', 'nothing was put back');
    await wantRestore(dataFolder, { act: 'undo', keptIn });
    restart?.();
  }

  /** Begins nothing any more; resolves when the copy under way is made. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#callOff?.();
    await this.#running;
  }

  #later(afterMs: number): void {
    this.#callOff?.();
    if (!this.#isClosed) this.#callOff = this.#options.timers.after(afterMs, () => void this.look());
  }

  async #once(make: () => Promise<void>): Promise<void> {
    this.#running ??= make().finally(() => {
      this.#running = null;
    });
    await this.#running;
  }

  /** @param keep - how many of those made by themselves stay; null: this one was asked for, and none goes. */
  async #make(into: string, keep: number | null): Promise<void> {
    const { timers, make, logger } = this.#options;
    // Their folders are named by the second.
    const at = Math.max(timers.now(), (await this.#read()).madeAt + 1_000);
    try {
      // Never made: the place of a disk that is not plugged in would be filled in its stead.
      await stat(into);
      const { folder, ...counts } = await make(into, at);
      await this.#change(({ made }) => ({
        last: { at, folder, fault: null, ...counts },
        madeAt: at,
        made: keep === null ? made : [...made, folder],
      }));
      logger.info(counts, 'backup made');
    } catch (error) {
      const fault = faultOf(error);
      await this.#change(() => ({
        last: { at, folder: into, fault, documents: 0, attachments: 0, missing: 0 },
      }));
      logger.warn({ fault }, 'backup failed');
      return;
    }
    if (keep !== null) await this.#throwAway(keep);
  }

  async #throwAway(keep: number): Promise<void> {
    const { made } = await this.#read();
    for (const folder of made.slice(0, -keep)) {
      // One that is moved elsewhere stays there.
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    }
    await this.#change(() => ({ made: made.slice(-keep) }));
  }

  async #read(): Promise<Stored> {
    const text = await this.#options.settings.get(settingsKey);
    return text === null ? nothing : storedSchema.catch(nothing).parse(JSON.parse(text));
  }

  async #change(change: (stored: Stored) => Partial<Stored>): Promise<void> {
    const stored = await this.#read();
    await this.#options.settings.set(settingsKey, JSON.stringify({ ...stored, ...change(stored) }));
  }
}

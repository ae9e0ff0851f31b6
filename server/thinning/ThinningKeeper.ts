import type { Logger } from 'pino';
import { AppError } from '#shared/api/errorCodes.ts';
import type { KeptHistory, KeptMonths, ThinningPreview } from '#shared/api/thinning.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { Timers } from '../history/Timers.ts';
import type { SettingsStore } from '../storage/ports/SettingsStore.ts';
import type { UpdateLog } from '../storage/ports/UpdateLog.ts';
import { KeptKeystrokes, monthsBefore } from './KeptKeystrokes.ts';
import type { Thinned, ThinWanted } from './Thinned.ts';
import { thinEach, type ThinTally } from './thinEach.ts';

/** A start is not the moment for it. */
const firstAfterMs = 60_000;
const everyMs = 24 * 60 * 60 * 1000;
/** Where somebody had a note open. */
const againMs = 60 * 60 * 1000;
/** Of the time, at most this part is worked: after each note it rests for as long as that one took. */
const leastRestMs = 20;

export interface ThinningKeeperOptions {
  readonly settings: SettingsStore;
  readonly log: Pick<UpdateLog, 'documents' | 'recent' | 'cut'>;
  /** @see thinNote */
  readonly thin: (
    document: DocumentId,
    wanted: Omit<ThinWanted, 'document' | 'moments'>,
    signal: AbortSignal,
  ) => Promise<Thinned | null>;
  /** Whether somebody has a document open. */
  readonly isOpen: (document: DocumentId) => boolean;
  /** Called after a run that thinned notes. */
  readonly onThinned: (saved: { readonly notes: number; readonly bytes: number }) => Promise<void>;
  readonly timers: Timers;
  /** Gets ids, codes and counts. */
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/**
 * Lets go of keystrokes that are older than a relay keeps them, once a day, a note at a time and never one that is open; what is done is done, and the next run, or the one after a restart, goes on from there. Says beforehand what a
 * choice would save.
 */
export class ThinningKeeper {
  private readonly options: ThinningKeeperOptions;
  private readonly kept: KeptKeystrokes;
  private callOff: (() => void) | null = null;
  private run: { readonly stop: AbortController; readonly over: Promise<void>; tally: ThinTally } | null =
    null;
  private preview: {
    readonly stop: AbortController;
    readonly over: Promise<void>;
    told: ThinningPreview;
  } | null = null;
  private isClosed = false;

  constructor(options: ThinningKeeperOptions) {
    this.options = options;
    this.kept = new KeptKeystrokes(options.settings);
  }

  start(): void {
    this.later(firstAfterMs);
  }

  async told(): Promise<KeptHistory> {
    const [{ months, beginsAt }, last] = await Promise.all([this.kept.choice(), this.kept.last()]);
    const { run, preview } = this;
    const told = run === null ? null : tellRun(run.tally);
    return { months, beginsAt, run: told, last, preview: preview?.told ?? null };
  }

  /** Chooses how long each keystroke is kept; what is under way by another choice is stopped. @returns false where that was chosen already. */
  async choose(months: KeptMonths | null): Promise<boolean> {
    if (!(await this.kept.choose(months, this.options.timers.now()))) return false;
    this.run?.stop.abort();
    await Promise.all([this.run?.over, this.endPreview()]);
    await this.wake();
    return true;
  }

  /** Begins to work out what a choice would save; what was asked before is let go. */
  async beginPreview(months: KeptMonths): Promise<void> {
    await this.endPreview();
    const stop = new AbortController();
    const nothing = { months, done: 0, total: 0, notes: 0, bytes: 0, isOver: false, failed: 0 };
    const preview = { stop, over: Promise.resolve(), told: nothing as ThinningPreview };
    preview.over = this.workOut(months, preview.told, stop.signal, (told) => {
      preview.told = told;
    });
    this.preview = preview;
  }

  /** Nobody wants to know any more. */
  async endPreview(): Promise<void> {
    this.preview?.stop.abort();
    await this.preview?.over;
    this.preview = null;
  }

  /** Begins nothing any more; resolves when what is under way has stopped. The note that it was at stays as it is. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.callOff?.();
    this.run?.stop.abort();
    await Promise.all([this.run?.over, this.endPreview()]);
  }

  private later(delayMs: number): void {
    this.callOff?.();
    if (!this.isClosed) this.callOff = this.options.timers.after(delayMs, () => void this.wake());
  }

  /** Thins what is to be thinned, or waits until that may begin. */
  private async wake(): Promise<void> {
    const { logger, timers } = this.options;
    try {
      const { months, beginsAt } = await this.kept.choice();
      if (months === null || beginsAt === null || this.run !== null || this.isClosed) return;
      const waits = beginsAt - timers.now();
      if (waits > 0) this.later(waits);
      else this.begin(months);
    } catch (error) {
      logger.error({ err: error }, 'it is not known how long keystrokes are kept');
      this.later(everyMs);
    }
  }

  private begin(months: KeptMonths): void {
    const stop = new AbortController();
    const tally = { done: 0, total: 0, notes: 0, bytes: 0, busy: 0 };
    const run = { stop, over: Promise.resolve(), tally: tally as ThinTally };
    run.over = this.thinAll(months, stop.signal, (now) => {
      run.tally = now;
    }).then((again) => {
      this.run = null;
      if (!stop.signal.aborted) this.later(again);
    });
    this.run = run;
  }

  /** @returns after how long to look again. */
  private async thinAll(
    months: KeptMonths,
    signal: AbortSignal,
    onProgress: (tally: ThinTally) => void,
  ): Promise<number> {
    const { thin, isOpen, onThinned, timers, logger } = this.options;
    const time = timers.now();
    const before = monthsBefore(time, months);
    let tally: ThinTally = { done: 0, total: 0, notes: 0, bytes: 0, busy: 0 };
    try {
      await thinEach(
        {
          ...this.options,
          before,
          isBusy: isOpen,
          thin: (document, either) => thin(document, { before, time, isPreview: false }, either),
          onProgress: async (now, tookMs) => {
            const isThinned = now.notes > tally.notes;
            onProgress((tally = now));
            if (isThinned) await this.rest(Math.max(leastRestMs, tookMs), signal);
          },
          onFailure: (document, error) => {
            const code = error instanceof AppError ? error.code : 'internal';
            logger.warn({ document, code }, 'a note was not thinned');
          },
        },
        signal,
      );
    } catch (error) {
      logger.error({ err: error }, 'notes could not be thinned');
    }
    const { notes, bytes, busy } = tally;
    if (notes > 0) {
      try {
        await this.kept.keepLast({ at: timers.now(), notes, bytes });
        await onThinned({ notes, bytes });
      } catch (error) {
        logger.error({ err: error }, 'that notes were thinned was not kept');
      }
      logger.info({ notes, bytes, busy }, 'old keystrokes were let go');
    }
    return busy > 0 ? againMs : everyMs;
  }

  private async workOut(
    months: KeptMonths,
    nothing: ThinningPreview,
    signal: AbortSignal,
    onProgress: (told: ThinningPreview) => void,
  ): Promise<void> {
    const { thin, timers, logger } = this.options;
    const time = timers.now();
    const before = monthsBefore(time, months);
    let [told, failed] = [nothing, 0];
    try {
      await thinEach(
        {
          ...this.options,
          before,
          // Who has one open now closes it some day.
          isBusy: () => false,
          thin: (document, either) => thin(document, { before, time, isPreview: true }, either),
          onProgress: ({ busy: _, ...now }) => onProgress((told = { ...told, ...now, failed })),
          onFailure: () => {
            failed += 1;
          },
        },
        signal,
      );
      onProgress({ ...told, failed, isOver: true });
    } catch (error) {
      logger.error({ err: error }, 'what thinning would save was not worked out');
      onProgress({ ...told, failed: failed + 1, isOver: true });
    }
  }

  private async rest(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const callOff = this.options.timers.after(ms, resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    callOff();
  }
}

const tellRun = ({ busy: _, ...run }: ThinTally): Omit<ThinTally, 'busy'> => run;

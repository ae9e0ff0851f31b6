import type { Logger } from 'pino';

const everyMs = 6 * 60 * 60 * 1000;
/** A start is not the moment for it. */
const firstAfterMs = 60 * 1000;

/** Empties the trash of what has been there for its time, a few times a day. */
export class TrashKeeper {
  private readonly empty: (signal: AbortSignal) => Promise<number>;
  private readonly logger: Logger;
  private readonly stopped = new AbortController();
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;

  constructor(empty: (signal: AbortSignal) => Promise<number>, logger: Logger) {
    this.empty = empty;
    this.logger = logger;
  }

  start(afterMs = firstAfterMs): void {
    this.timer = setTimeout(() => void this.look(), afterMs);
    this.timer.unref();
  }

  /** Begins nothing any more; resolves when what is under way is done. */
  async close(): Promise<void> {
    this.stopped.abort();
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running;
  }

  /** Empties it now. What fails is logged, and tried again the next time. */
  async look(): Promise<void> {
    this.running ??= (async () => {
      try {
        const count = await this.empty(this.stopped.signal);
        if (count > 0) this.logger.info({ count }, 'what was in the trash for its time is destroyed');
      } catch (error) {
        this.logger.error({ err: error }, 'the trash could not be emptied');
      }
    })();
    await this.running;
    this.running = null;
    if (!this.stopped.signal.aborted) this.start(everyMs);
  }
}

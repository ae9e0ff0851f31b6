import type { Logger } from 'pino';

const everyMs = 6 * 60 * 60 * 1000;
/** A start is not the moment for it. */
const firstAfterMs = 60 * 1000;

/** What is said of it in the log. */
export interface TrashWords {
  readonly done: string;
  readonly failed: string;
}

const trashWords: TrashWords = {
  done: 'what was in the trash for its time is destroyed',
  failed: 'the trash could not be emptied',
};

/** Destroys that whose time has come, a few times a day: what is in the trash, by default. */
export class TrashKeeper {
  private readonly empty: (signal: AbortSignal) => Promise<number>;
  private readonly logger: Logger;
  private readonly words: TrashWords;
  private readonly stopped = new AbortController();
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;

  constructor(empty: (signal: AbortSignal) => Promise<number>, logger: Logger, words = trashWords) {
    this.empty = empty;
    this.words = words;
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
        if (count > 0) this.logger.info({ count }, this.words.done);
      } catch (error) {
        this.logger.error({ err: error }, this.words.failed);
      }
    })();
    await this.running;
    this.running = null;
    if (!this.stopped.signal.aborted) this.start(everyMs);
  }
}

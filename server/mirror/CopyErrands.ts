import { AppError } from '#shared/api/errorCodes.ts';
import type { CopyParts } from './CopyParts.ts';
import type { CopyRecord } from './CopyRecord.ts';

/** What a copy asks of its home beside its rows, once it is whole and nothing of it waits: what is asked then is asked about what is there. */
export class CopyErrands {
  /** Somebody named a version of it, here or there, or may have. */
  areVersionsDue = false;
  private readonly parts: Pick<CopyParts, 'duties' | 'logger'>;
  private readonly known: CopyRecord;

  constructor(parts: Pick<CopyParts, 'duties' | 'logger'>, known: CopyRecord) {
    this.parts = parts;
    this.known = known;
  }

  /** @throws AppError `home_unreachable`, `not_signed_in`: they are run again. */
  async run(): Promise<void> {
    await this.integrate();
    if (!this.areVersionsDue) return;
    this.areVersionsDue = false;
    try {
      await this.parts.duties.exchangeVersions(this.known.now);
    } catch (error) {
      this.areVersionsDue = true;
      if (error instanceof AppError && error.code === 'home_unreachable') throw error;
      // What is written is equal all the same.
      const { document } = this.known.now;
      this.parts.logger.warn({ err: error, document }, 'the names of versions were not exchanged');
    }
  }

  /** Puts it into the carnet that it was made for. */
  private async integrate(): Promise<void> {
    const { wish } = this.known.now;
    if (wish === null || wish.isRefused) return;
    const isDone = await this.parts.duties.integrate(this.known.now);
    await this.known.change({ wish: isDone ? null : { ...wish, isRefused: true } });
  }
}

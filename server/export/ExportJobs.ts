import { AppError, type ErrorCode } from '#shared/api/errorCodes.ts';
import type { ExportStatus } from '#shared/api/exports.ts';
import type { ExportId, PersonId } from '#shared/domain/ids.ts';
import type { BookContent, BookSubject, LoadBook } from './BookContent.ts';
import { exportFileName } from './exportFileName.ts';
import type { PageFormat } from './pageFormat.ts';
import type { PdfPrinter } from './PdfPrinter.ts';
import type { PrintedBook, PrintProgress } from './printBook.ts';

/** What a person asks for; see `startExportSchema`. `language` is that of the interface and sets nothing in the book. */
export type ExportRequest = BookSubject & { readonly format: PageFormat };

export interface ExportJobsOptions {
  /** Null where nothing can print: every start is then refused with `export_unavailable`. */
  readonly printer: PdfPrinter | null;
  /** Gathers the book for a person, rights included. */
  readonly loadBook: LoadBook;
  readonly newId: () => ExportId;
  /** How long a result is kept after it is ready, in ms; 15 minutes by default. Less may be gone before it is fetched. */
  readonly keepMs?: number;
  /** Most exports waiting at once; 20 by default. More are refused with `too_many_requests`. */
  readonly mostWaiting?: number;
  /** Most bytes of results kept; 256 MiB by default. The oldest go first. */
  readonly mostBytes?: number;
  /** Longest time for one export, in ms; 10 minutes by default. Less fails on carnets of thousands of pages, more keeps others waiting. */
  readonly longestMs?: number;
  /** Unix milliseconds. */
  readonly now?: () => number;
  /** Told of failures that are not the caller's; without content or names. */
  readonly onFailure?: (error: unknown) => void;
}

interface Job {
  readonly id: ExportId;
  readonly personId: PersonId;
  readonly request: ExportRequest;
  readonly abort: AbortController;
  step: ExportStatus['step'];
  progress: number;
  fileName: string;
  result: PrintedBook | null;
  errorCode: ErrorCode | null;
  endedAt: number | null;
}

const finalSteps: readonly ExportStatus['step'][] = ['done', 'failed', 'cancelled'];

/**
 * Exports to PDF, one at a time and in order, for people who come back for the result. Everything is kept in memory: an
 * export that a restart interrupts is asked for again.
 */
export class ExportJobs {
  readonly #options: ExportJobsOptions;
  readonly #jobs = new Map<ExportId, Job>();
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(options: ExportJobsOptions) {
    this.#options = options;
  }

  /** Whether anything can be printed here. */
  get available(): boolean {
    return this.#options.printer !== null && !this.#closed;
  }

  /**
   * Queues an export.
   * @throws AppError `export_unavailable` when nothing can print here, `too_many_requests` when too many wait.
   */
  start(request: ExportRequest, personId: PersonId): ExportStatus {
    if (!this.available) throw new AppError('export_unavailable', 'no printer');
    this.#forgetOld();
    const waiting = [...this.#jobs.values()].filter((job) => job.endedAt === null).length;
    if (waiting >= (this.#options.mostWaiting ?? 20))
      throw new AppError('too_many_requests', 'too many exports wait');
    const job: Job = {
      id: this.#options.newId(),
      personId,
      request,
      abort: new AbortController(),
      step: 'queued',
      progress: 0,
      fileName: '',
      result: null,
      errorCode: null,
      endedAt: null,
    };
    this.#jobs.set(job.id, job);
    this.#runNext();
    return statusOf(job);
  }

  /** The state of an export, for who started it; null for anyone else and for one that is forgotten. */
  status(id: ExportId, personId: PersonId): ExportStatus | null {
    const job = this.#find(id, personId);
    return job && statusOf(job);
  }

  /** What an export is of, for who started it: whether they may still read it is to be asked again. Null as for `status`. */
  subject(id: ExportId, personId: PersonId): BookSubject | null {
    return this.#find(id, personId)?.request ?? null;
  }

  /** The PDF of a finished export, for who started it; null while there is none. */
  file(id: ExportId, personId: PersonId): { readonly bytes: Uint8Array; readonly fileName: string } | null {
    const job = this.#find(id, personId);
    return job?.result ? { bytes: job.result.bytes, fileName: job.fileName } : null;
  }

  /** Stops an export, or throws its result away. False when this person has no such export. */
  cancel(id: ExportId, personId: PersonId): boolean {
    const job = this.#find(id, personId);
    if (!job) return false;
    job.abort.abort();
    job.result = null;
    if (job.step !== 'failed') this.#end(job, 'cancelled', 'export_cancelled');
    return true;
  }

  /** Stops everything; resolves when nothing runs any more. Safe to call twice. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#jobs.values()) if (job.endedAt === null) this.cancel(job.id, job.personId);
    await this.#running;
  }

  #find(id: ExportId, personId: PersonId): Job | null {
    this.#forgetOld();
    const job = this.#jobs.get(id);
    return job?.personId === personId ? job : null;
  }

  #runNext(): void {
    if (this.#running) return;
    const job = [...this.#jobs.values()].find((one) => one.step === 'queued');
    if (!job) return;
    this.#running = this.#run(job).finally(() => {
      this.#running = null;
      this.#runNext();
    });
  }

  async #run(job: Job): Promise<void> {
    const signal = AbortSignal.any([
      job.abort.signal,
      AbortSignal.timeout(this.#options.longestMs ?? 10 * 60_000),
    ]);
    const onProgress: PrintProgress = (step, progress) => {
      if (job.endedAt !== null) return;
      job.step = step;
      // A third pass must not make the bar go back.
      job.progress = Math.min(0.99, Math.max(job.progress, progress));
    };
    try {
      onProgress('gathering', 0.01);
      const { format } = job.request;
      const content: BookContent = await this.#options.loadBook(job.request, job.personId, signal);
      job.fileName = exportFileName(content);
      if (!this.#options.printer) throw new AppError('export_unavailable', 'no printer');
      // What makes a book (code colouring, PDF writing) is a third of the relay's code: a start does not wait for it.
      const { printBook } = await import('./printBook.ts');
      const result = await printBook(content, format, this.#options.printer, signal, onProgress);
      signal.throwIfAborted();
      job.result = result;
      this.#end(job, 'done', null);
    } catch (error) {
      if (job.abort.signal.aborted) return;
      const code = error instanceof AppError ? error.code : 'export_failed';
      if (!(error instanceof AppError) || code === 'export_failed') this.#options.onFailure?.(error);
      this.#end(job, 'failed', code);
    }
  }

  #end(job: Job, step: 'done' | 'failed' | 'cancelled', errorCode: ErrorCode | null): void {
    job.step = step;
    job.errorCode = errorCode;
    if (step === 'done') job.progress = 1;
    job.endedAt ??= this.#now();
    this.#forgetOld();
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }

  #forgetOld(): void {
    const oldest = this.#now() - (this.#options.keepMs ?? 15 * 60_000);
    for (const job of this.#jobs.values())
      if (job.endedAt !== null && job.endedAt < oldest) this.#jobs.delete(job.id);
    let bytes = [...this.#jobs.values()].reduce((sum, job) => sum + (job.result?.bytes.length ?? 0), 0);
    const finished = [...this.#jobs.values()].filter((job) => job.result !== null);
    // The newest result stays, whatever its size: somebody is waiting for it.
    for (const job of finished.slice(0, -1)) {
      if (bytes <= (this.#options.mostBytes ?? 256 * 1024 * 1024)) break;
      bytes -= job.result?.bytes.length ?? 0;
      this.#jobs.delete(job.id);
    }
  }
}

function statusOf(job: Job): ExportStatus {
  return {
    id: job.id,
    step: job.step,
    progress: job.progress,
    fileName: job.fileName,
    pages: job.result?.pages ?? null,
    bytes: job.result?.bytes.length ?? null,
    errorCode: finalSteps.includes(job.step) ? job.errorCode : null,
  };
}

import { createReadStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { AppError, type ErrorCode } from '#shared/api/errorCodes.ts';
import type { BookForm, BookOptions, ExportStatus } from '#shared/api/exports.ts';
import type { ExportId, PersonId } from '#shared/domain/ids.ts';
import type { Language } from '#shared/domain/Person.ts';
import type { Archive } from './Archive.ts';
import type { ArchiveSubject, LoadArchive } from './archive/ArchiveContent.ts';
import type { BookSubject, LoadBook } from './BookContent.ts';
import { bookFileName } from './fileNames.ts';
import type { PdfPrinter } from './PdfPrinter.ts';
import type { PrintProgress } from './book/printBook.ts';
import type { SiteStyle } from './site/SiteStyle.ts';
import { ZipWriter } from './ZipWriter.ts';

type BookRequest = BookSubject & { readonly to: BookForm } & BookOptions;
type ArchiveRequest = {
  readonly subject: 'archive';
  readonly of: ArchiveSubject;
  readonly language: Language;
};
type PersonRequest = { readonly subject: 'person'; readonly language: Language };

/** Gathers what is kept of a person: nothing of others beyond what this person may see. */
export type LoadPerson = (personId: PersonId, language: Language, signal: AbortSignal) => Promise<Archive>;

/** What a person asks for: a note or a carnet in one of the forms of a book, an archive, or all that is kept of them; see `startExportSchema`. The language of the interface sets nothing in a book. */
export type ExportRequest = BookRequest | ArchiveRequest | PersonRequest;

export interface ExportJobsOptions {
  /** Null where nothing can print: every start is then refused with `export_unavailable`. */
  readonly printer: PdfPrinter | null;
  /** Gathers the book for a person, rights included. */
  readonly loadBook: LoadBook;
  /** Gathers an archive for a person, rights included. */
  readonly loadArchive: (language: Language, ...asked: Parameters<LoadArchive>) => ReturnType<LoadArchive>;
  /** Gathers what is kept of a person. */
  readonly loadPerson: LoadPerson;
  /** The look of a site. */
  readonly loadSiteStyle: () => Promise<SiteStyle>;
  /** Where archives are kept until they are fetched: a folder of their own, emptied at the start and at the end. */
  readonly folder: string;
  readonly newId: () => ExportId;
  /** How long a result is kept after it is ready, in ms; 15 minutes by default. Less may be gone before it is fetched. */
  readonly keepMs?: number;
  /** The same for a person's data; 24 hours by default. More leaves a copy of it lying about for longer. */
  readonly keepPersonMs?: number;
  /** Most exports waiting at once; 20 by default. More are refused with `too_many_requests`. */
  readonly mostWaiting?: number;
  /** Most bytes of books kept in memory; 256 MiB by default. The oldest go first. */
  readonly mostBytes?: number;
  /** Most bytes of archives kept on the disk; 4 GiB by default. The oldest go first. */
  readonly mostFileBytes?: number;
  /** Longest time for one export, in ms; 10 minutes by default. Less fails on carnets of thousands of pages, more keeps others waiting. */
  readonly longestMs?: number;
  /** Unix milliseconds. */
  readonly now?: () => number;
  /** Told of failures that are not the caller's; without content or names. */
  readonly onFailure?: (error: unknown) => void;
}

/** What an export ended with: a book's bytes, or the path of an archive. */
interface Result {
  readonly held: Uint8Array<ArrayBuffer> | string;
  readonly bytes: number;
  readonly mediaType: string;
  readonly pages: number | null;
}

/** A finished export, to be sent. */
export interface ExportFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: number;
  open(): Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
}

interface Job {
  readonly id: ExportId;
  readonly personId: PersonId;
  readonly request: ExportRequest;
  readonly abort: AbortController;
  step: ExportStatus['step'];
  progress: number;
  fileName: string;
  result: Result | null;
  errorCode: ErrorCode | null;
  endedAt: number | null;
}

/** What is printed waits for the printer, archives for the disk: neither for the other. */
type Lane = 'print' | 'pack';
const isBook = (request: ExportRequest): request is BookRequest =>
  request.subject !== 'archive' && request.subject !== 'person';
const laneOf = (request: ExportRequest): Lane => (isBook(request) && request.to === 'pdf' ? 'print' : 'pack');

const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const finalSteps: readonly ExportStatus['step'][] = ['done', 'failed', 'cancelled'];

/**
 * Exports, for people who come back for the result: books to PDF, and archives to ZIP; one of each at a time and in order. What is
 * asked for is kept in memory: an export that a restart interrupts is asked for again.
 */
export class ExportJobs {
  readonly #options: ExportJobsOptions;
  readonly #jobs = new Map<ExportId, Job>();
  readonly #running = new Map<Lane, Promise<void>>();
  /** Archives that a sudden end left. */
  readonly #cleared: Promise<void>;
  #closed = false;

  constructor(options: ExportJobsOptions) {
    this.#options = options;
    this.#cleared = rm(options.folder, { recursive: true, force: true });
  }

  /** Whether anything can be printed here. */
  get available(): boolean {
    return this.#options.printer !== null && !this.#closed;
  }

  /**
   * Queues an export. A person's data that is being made already is that one; a former one is thrown away.
   * @throws AppError `export_unavailable` when it cannot be made here, `too_many_requests` when too many wait.
   */
  start(request: ExportRequest, personId: PersonId): ExportStatus {
    if (this.#closed || (laneOf(request) === 'print' && !this.available))
      throw new AppError('export_unavailable', 'no printer');
    this.#forgetOld();
    const former = request.subject === 'person' ? this.#ofPerson(personId) : undefined;
    if (former?.endedAt === null) return this.#statusOf(former);
    if (former !== undefined) this.#forget(former);
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
    this.#runNext(laneOf(request));
    return this.#statusOf(job);
  }

  /** The export of a person's own data, going on or over; null where there is none. */
  ofPerson(personId: PersonId): ExportStatus | null {
    this.#forgetOld();
    const job = this.#ofPerson(personId);
    return job === undefined ? null : this.#statusOf(job);
  }

  /** The state of an export, for who started it; null for anyone else and for one that is forgotten. */
  status(id: ExportId, personId: PersonId): ExportStatus | null {
    const job = this.#find(id, personId);
    return job && this.#statusOf(job);
  }

  /** What an export is of, for who started it: whether they may still read it is to be asked again. Null as for `status`. */
  subject(id: ExportId, personId: PersonId): ExportRequest | null {
    return this.#find(id, personId)?.request ?? null;
  }

  /** The file of a finished export, for who started it; null while there is none. */
  file(id: ExportId, personId: PersonId): ExportFile | null {
    const job = this.#find(id, personId);
    if (!job?.result) return null;
    const { held, bytes, mediaType } = job.result;
    return {
      fileName: job.fileName,
      mediaType,
      bytes,
      open: () =>
        typeof held === 'string'
          ? (Readable.toWeb(createReadStream(held)) as ReadableStream<Uint8Array>)
          : held,
    };
  }

  /** The PDF of a finished export, for who started it; null where there is none. */
  pdf(id: ExportId, personId: PersonId): Uint8Array | null {
    const held = this.#find(id, personId)?.result?.held;
    return held instanceof Uint8Array ? held : null;
  }

  /** Stops an export, or throws its result away. False when this person has no such export. */
  cancel(id: ExportId, personId: PersonId): boolean {
    const job = this.#find(id, personId);
    if (!job) return false;
    job.abort.abort();
    this.#discard(job);
    if (job.step !== 'failed') this.#end(job, 'cancelled', 'export_cancelled');
    return true;
  }

  /** Stops everything; resolves when nothing runs any more. Safe to call twice. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#jobs.values()) if (job.endedAt === null) this.cancel(job.id, job.personId);
    await Promise.all(this.#running.values());
    await this.#cleared;
    await rm(this.#options.folder, { recursive: true, force: true });
  }

  #ofPerson(personId: PersonId): Job | undefined {
    return [...this.#jobs.values()].findLast(
      (job) => job.personId === personId && job.request.subject === 'person',
    );
  }

  #find(id: ExportId, personId: PersonId): Job | null {
    this.#forgetOld();
    const job = this.#jobs.get(id);
    return job?.personId === personId ? job : null;
  }

  #runNext(lane: Lane): void {
    if (this.#running.has(lane)) return;
    const job = [...this.#jobs.values()].find((one) => one.step === 'queued' && laneOf(one.request) === lane);
    if (!job) return;
    const run = this.#run(job).finally(() => {
      this.#running.delete(lane);
      this.#runNext(lane);
    });
    this.#running.set(lane, run);
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
      const { request } = job;
      const result =
        request.subject === 'person'
          ? await this.#pack(
              job,
              await this.#options.loadPerson(job.personId, request.language, signal),
              signal,
              onProgress,
            )
          : request.subject === 'archive'
            ? await this.#archive(job, request, signal, onProgress)
            : await this.#book(job, request, signal, onProgress);
      if (signal.aborted && typeof result.held === 'string') await rm(result.held, { force: true });
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

  async #book(
    job: Job,
    request: BookRequest,
    signal: AbortSignal,
    onProgress: PrintProgress,
  ): Promise<Result> {
    const content = await this.#options.loadBook(request, job.personId, signal);
    // What makes a book (code colouring, PDF writing) is a third of the relay's code: a start does not wait for it.
    if (request.to === 'markdown') {
      const { writeMarkdown } = await import('./markdown/writeMarkdown.ts');
      return this.#pack(job, writeMarkdown(content, signal), signal, onProgress);
    }
    if (request.to === 'epub') {
      const { writeEpub } = await import('./epub/writeEpub.ts');
      return this.#pack(job, writeEpub(content, signal), signal, onProgress);
    }
    if (request.to === 'docx') {
      const { writeDocx } = await import('./docx/writeDocx.ts');
      job.fileName = `${bookFileName(content)}.docx`;
      const bytes = await writeDocx(content, request.format, signal, (share) =>
        onProgress('laying_out', share * 0.98),
      );
      return this.#keep(job, bytes, docxType);
    }
    if (request.to === 'site') {
      const { writeSite } = await import('./site/writeSite.ts');
      return this.#pack(
        job,
        writeSite(content, await this.#options.loadSiteStyle(), signal),
        signal,
        onProgress,
      );
    }
    job.fileName = `${bookFileName(content)}.pdf`;
    if (!this.#options.printer) throw new AppError('export_unavailable', 'no printer');
    const { printBook } = await import('./book/printBook.ts');
    const { bytes, pages } = await printBook(content, request, this.#options.printer, signal, onProgress);
    return { held: new Uint8Array(bytes), bytes: bytes.length, mediaType: 'application/pdf', pages };
  }

  async #archive(
    job: Job,
    { of, language }: ArchiveRequest,
    signal: AbortSignal,
    onProgress: PrintProgress,
  ): Promise<Result> {
    const content = await this.#options.loadArchive(language, of, job.personId, signal);
    const { archiveFileName, writeArchive } = await import('./archive/writeArchive.ts');
    await this.#cleared;
    await mkdir(this.#options.folder, { recursive: true, mode: 0o700 });
    job.fileName = archiveFileName(content);
    const held = path.join(this.#options.folder, `${job.id}.html`);
    const style = await this.#options.loadSiteStyle();
    const bytes = await writeArchive(content, style, held, signal, (share) =>
      onProgress('gathering', share * 0.98),
    );
    return { held, bytes, mediaType: 'text/html', pages: null };
  }

  /** Puts a file on the disk, where archives are. */
  async #keep(job: Job, bytes: Uint8Array, mediaType: string): Promise<Result> {
    await this.#cleared;
    await mkdir(this.#options.folder, { recursive: true, mode: 0o700 });
    const held = path.join(this.#options.folder, `${job.id}.file`);
    await writeFile(held, bytes, { mode: 0o600 });
    return { held, bytes: bytes.length, mediaType, pages: null };
  }

  async #pack(
    job: Job,
    { fileName, mediaType, parts }: Archive,
    signal: AbortSignal,
    onProgress: PrintProgress,
  ): Promise<Result> {
    await this.#cleared;
    await mkdir(this.#options.folder, { recursive: true, mode: 0o700 });
    job.fileName = fileName;
    const held = path.join(this.#options.folder, `${job.id}.zip`);
    const zip = await ZipWriter.create(held);
    try {
      for await (const { path: where, bytes, changedAt, packs, progress } of parts) {
        signal.throwIfAborted();
        await zip.add(where, bytes, changedAt, packs);
        onProgress('gathering', progress * 0.98);
      }
      return { held, bytes: await zip.finish(), mediaType, pages: null };
    } catch (error) {
      await zip.abandon();
      throw error;
    }
  }

  #end(job: Job, step: 'done' | 'failed' | 'cancelled', errorCode: ErrorCode | null): void {
    job.step = step;
    job.errorCode = errorCode;
    if (step === 'done') job.progress = 1;
    job.endedAt ??= this.#now();
    this.#forgetOld();
    // Nobody may come back to ask.
    setTimeout(() => this.#forgetOld(), this.#keepMs(job) + 1).unref();
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }

  #keepMs(job: Job): number {
    return job.request.subject === 'person'
      ? (this.#options.keepPersonMs ?? 24 * 60 * 60_000)
      : (this.#options.keepMs ?? 15 * 60_000);
  }

  #forget(job: Job): void {
    this.#discard(job);
    this.#jobs.delete(job.id);
  }

  #discard(job: Job): void {
    const held = job.result?.held;
    job.result = null;
    // Who is fetching it goes on: the file is open.
    if (typeof held === 'string')
      rm(held, { force: true }).catch((error: unknown) => this.#options.onFailure?.(error));
  }

  #forgetOld(): void {
    for (const job of this.#jobs.values())
      if (job.endedAt !== null && job.endedAt < this.#now() - this.#keepMs(job)) this.#forget(job);
    this.#lighten('print', this.#options.mostBytes ?? 256 * 1024 * 1024);
    this.#lighten('pack', this.#options.mostFileBytes ?? 4 * 1024 * 1024 * 1024);
  }

  #lighten(lane: Lane, mostBytes: number): void {
    const finished = [...this.#jobs.values()].filter(
      (job) => job.result !== null && laneOf(job.request) === lane,
    );
    let bytes = finished.reduce((sum, job) => sum + (job.result?.bytes ?? 0), 0);
    // The newest result stays, whatever its size: somebody is waiting for it.
    for (const job of finished.slice(0, -1)) {
      if (bytes <= mostBytes) break;
      bytes -= job.result?.bytes ?? 0;
      this.#forget(job);
    }
  }

  #statusOf(job: Job): ExportStatus {
    return {
      id: job.id,
      step: job.step,
      progress: job.progress,
      fileName: job.fileName,
      pages: job.result?.pages ?? null,
      bytes: job.result?.bytes ?? null,
      errorCode: finalSteps.includes(job.step) ? job.errorCode : null,
      expiresAt: job.result === null || job.endedAt === null ? null : job.endedAt + this.#keepMs(job),
    };
  }
}

import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError, type ErrorCode } from '#shared/api/errorCodes.ts';
import type { ImportPlace, ImportStatus, MakeImport } from '#shared/api/imports.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { ImportId, PersonId } from '#shared/domain/ids.ts';
import type { ArchiveManifest } from '../archive/archiveFormat.ts';
import type { ArchiveMaking } from '../operations/archive/ArchiveMaking.ts';
import type { ImportMaking, MadeImport } from '../operations/makeImport.ts';
import { isArchive } from './archive/ArchiveReader.ts';
import { JournalReader } from './archive/JournalReader.ts';
import type { ArchivePlan, Meet } from './archive/ArchivePlan.ts';
import { planArchive } from './archive/planArchive.ts';
import { type ImportSource, openSource } from './ImportSource.ts';
import { PageReader } from './PageReader.ts';
import type { MetBeside } from './metBeside.ts';
import { type ImportPlan, planImport } from './planImport.ts';
import type { PageBeside } from './praxisPage.ts';

export interface ImportJobsOptions {
  /** Where what was sent is kept until it is made: a folder of its own, emptied at the start and at the end. */
  readonly folder: string;
  readonly newId: () => ImportId;
  /** Makes the notes of an import: all, or none. */
  readonly make: (making: ImportMaking) => Promise<MadeImport>;
  /** Makes what an archive brings: all, or nothing. */
  readonly makeArchive: (making: ArchiveMaking) => Promise<MadeImport>;
  /** What a person has here of an archive. */
  readonly meetArchive: (person: PersonId, manifest: ArchiveManifest) => Meet;
  /** What pages of other platforms name, as this person has it here. */
  readonly meet: (person: PersonId, besides: readonly PageBeside[]) => Promise<MetBeside>;
  /** How long an import that nobody asks about is kept, in ms; one hour by default. More keeps files lying about for longer. */
  readonly keepMs?: number;
  /** Most imports at once; 20 by default. More are refused with `too_many_requests`. */
  readonly mostJobs?: number;
  /** Most bytes of a file that is sent: `maxImportBytes`. */
  readonly mostBytes: number;
  /** Unix milliseconds. */
  readonly now?: () => number;
  /** Told of failures that are not the caller's; without content or names. */
  readonly onFailure?: (error: unknown) => void;
}

/** What is sent. */
export interface ImportFile {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Of notes that do not say theirs. */
  readonly language: string;
}

interface Job {
  readonly id: ImportId;
  readonly person: PersonId;
  readonly fileName: string;
  readonly language: string;
  readonly abort: AbortController;
  step: ImportStatus['step'];
  progress: number;
  source: ImportSource | null;
  plan: ImportPlan | ArchivePlan | null;
  into: ImportPlace | null;
  made: MadeImport | null;
  errorCode: ErrorCode | null;
  /** Of what it does now. */
  running: Promise<void>;
  touchedAt: number;
}

/** Stops a stream that is longer than allowed. */
async function* bounded(bytes: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const part of bytes) {
    length += part.length;
    if (length > most) throw new AppError('import_too_large', 'more bytes than an import takes');
    yield part;
  }
}

const isFull = (error: unknown): boolean => (error as { code?: unknown }).code === 'ENOSPC';

/**
 * Imports: each is sent, read, shown, and made once its person agrees; one at a time is made. What is sent is kept on the disk; an import that a restart interrupts is sent again.
 */
export class ImportJobs {
  readonly #options: ImportJobsOptions;
  readonly #jobs = new Map<ImportId, Job>();
  readonly #reader = new PageReader();
  readonly #journals = new JournalReader();
  readonly #cleared: Promise<void>;
  #making: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: ImportJobsOptions) {
    this.#options = options;
    this.#cleared = rm(options.folder, { recursive: true, force: true });
  }

  /**
   * Takes a file in and begins to read it. A former import of the person is thrown away, unless it is being made.
   * @throws AppError `import_too_large`; `too_many_requests` while one of theirs is being made, or where too many are kept; `storage_full`.
   */
  async receive(person: PersonId, file: ImportFile): Promise<ImportStatus> {
    await this.#cleared;
    this.#forgetOld();
    const own = [...this.#jobs.values()].filter((job) => job.person === person);
    if (this.#closed || own.some(({ step }) => step === 'making'))
      throw new AppError('too_many_requests', 'an import is being made');
    for (const job of own) this.#forget(job);
    if (this.#jobs.size >= (this.#options.mostJobs ?? 20))
      throw new AppError('too_many_requests', 'too many imports are kept');
    const job: Job = {
      id: this.#options.newId(),
      person,
      fileName: file.name.slice(0, 255),
      language: file.language,
      abort: new AbortController(),
      step: 'reading',
      progress: 0,
      source: null,
      plan: null,
      into: null,
      made: null,
      errorCode: null,
      running: Promise.resolve(),
      touchedAt: this.#now(),
    };
    this.#jobs.set(job.id, job);
    try {
      await mkdir(this.#folderOf(job), { recursive: true, mode: 0o700 });
      const target = createWriteStream(this.#sourceOf(job), { mode: 0o600, flags: 'wx' });
      await pipeline(bounded(file.bytes, this.#options.mostBytes), target, { signal: job.abort.signal });
    } catch (error) {
      this.#forget(job);
      throw isFull(error) ? new AppError('storage_full', 'no room for an import', { cause: error }) : error;
    }
    job.running = this.#read(job);
    return statusOf(job);
  }

  /** The state of an import, for who sent it; null for anyone else and for one that is forgotten. */
  status(id: ImportId, person: PersonId): ImportStatus | null {
    const job = this.#find(id, person);
    return job === null ? null : statusOf(job);
  }

  /** Begins to make it. Null as for `status`. @throws AppError `conflict` when it is not ready. */
  make(id: ImportId, person: PersonId, asked: MakeImport): ImportStatus | null {
    const job = this.#find(id, person);
    if (job === null) return null;
    if (job.step !== 'ready') throw new AppError('conflict', 'the import is not ready');
    job.step = 'making';
    job.progress = 0;
    job.into = asked.into;
    const before = this.#making;
    job.running = before.then(() => this.#make(job, asked));
    this.#making = job.running;
    return statusOf(job);
  }

  /** What it made, to be undone: once. Null as for `status`. @throws AppError `conflict` when nothing is made of it. */
  takeMade(
    id: ImportId,
    person: PersonId,
  ): { made: MadeImport; madeCarnet: boolean; status: ImportStatus } | null {
    const job = this.#find(id, person);
    if (job === null) return null;
    if (job.step !== 'done' || job.made === null) throw new AppError('conflict', 'nothing was made of it');
    job.step = 'undone';
    return { made: job.made, madeCarnet: job.into?.kind === 'new', status: statusOf(job) };
  }

  /** Stops it and throws it away; what was being made is taken away before this resolves. False when this person has no such import. */
  async cancel(id: ImportId, person: PersonId): Promise<boolean> {
    const job = this.#find(id, person);
    if (job === null) return false;
    job.abort.abort();
    await job.running;
    this.#forget(job);
    return true;
  }

  /** Stops everything; resolves when nothing runs any more. Safe to call twice. */
  async close(): Promise<void> {
    this.#closed = true;
    const jobs = [...this.#jobs.values()];
    for (const job of jobs) job.abort.abort();
    await Promise.all(jobs.map((job) => job.running));
    await this.#reader.close();
    await this.#journals.close();
    await this.#cleared;
    await rm(this.#options.folder, { recursive: true, force: true });
  }

  async #read(job: Job): Promise<void> {
    try {
      job.plan = (await isArchive(this.#sourceOf(job)))
        ? await this.#planArchive(job)
        : await this.#planFiles(job);
      job.step = 'ready';
      job.progress = 1;
    } catch (error) {
      await this.#fail(job, error);
    }
  }

  async #planFiles(job: Job): Promise<ImportPlan> {
    const source = await openSource(this.#sourceOf(job), job.fileName);
    job.source = source;
    return planImport({
      source,
      reader: this.#reader,
      folder: this.#folderOf(job),
      fileName: job.fileName,
      language: job.language,
      meet: (besides) => this.#options.meet(job.person, besides),
      ...this.#following(job),
    });
  }

  #planArchive(job: Job): Promise<ArchivePlan> {
    return planArchive({
      file: this.#sourceOf(job),
      folder: this.#folderOf(job),
      journals: this.#journals,
      meetArchive: (manifest) => this.#options.meetArchive(job.person, manifest),
      ...this.#following(job),
    });
  }

  /** How a job is stopped, and says how far it is. */
  #following(job: Job): Pick<ImportMaking, 'signal' | 'onProgress'> {
    return {
      signal: job.abort.signal,
      onProgress: (share) => {
        job.progress = Math.min(0.99, share);
      },
    };
  }

  async #make(job: Job, asked: MakeImport): Promise<void> {
    const { plan, source } = job;
    try {
      job.abort.signal.throwIfAborted();
      if (plan?.kind === 'archive')
        job.made = await this.#options.makeArchive({
          person: job.person,
          plan,
          asBefore: asked.asBefore,
          rowsOf: (file, signal) => this.#journals.rows(file, signal),
          ...this.#following(job),
        });
      else {
        if (plan === null || source === null) throw new AppError('internal', 'an import that was not read');
        job.made = await this.#options.make({
          person: job.person,
          plan,
          ...asked,
          bodyOf: async (file) =>
            JSON.parse(await readFile(path.join(this.#folderOf(job), file), 'utf8')) as BodyNode,
          read: (medium) =>
            medium.isOwnFile
              ? readFile(path.join(this.#folderOf(job), medium.path))
              : source.read(medium.path),
          ...this.#following(job),
        });
      }
      job.step = 'done';
      job.progress = 1;
      job.touchedAt = this.#now();
      await this.#letGo(job);
    } catch (error) {
      await this.#fail(job, error);
    }
  }

  async #fail(job: Job, error: unknown): Promise<void> {
    job.step = 'failed';
    job.errorCode = error instanceof AppError ? error.code : isFull(error) ? 'storage_full' : 'internal';
    if (job.errorCode === 'internal' && !job.abort.signal.aborted) this.#options.onFailure?.(error);
    await this.#letGo(job);
  }

  /** Takes away what was sent: nothing more is read of it. */
  async #letGo(job: Job): Promise<void> {
    const { source } = job;
    job.source = null;
    try {
      if (job.plan?.kind === 'archive') await job.plan.reader.close();
      await source?.close();
      await rm(this.#folderOf(job), { recursive: true, force: true });
    } catch (error) {
      this.#options.onFailure?.(error);
    }
  }

  #find(id: ImportId, person: PersonId): Job | null {
    this.#forgetOld();
    const job = this.#jobs.get(id);
    if (job?.person !== person) return null;
    job.touchedAt = this.#now();
    return job;
  }

  #forget(job: Job): void {
    job.abort.abort();
    this.#jobs.delete(job.id);
    void job.running.then(() => this.#letGo(job));
  }

  #forgetOld(): void {
    const before = this.#now() - (this.#options.keepMs ?? 60 * 60_000);
    for (const job of this.#jobs.values())
      if (job.step !== 'making' && job.touchedAt < before) this.#forget(job);
  }

  #folderOf(job: Job): string {
    return path.join(this.#options.folder, job.id);
  }

  #sourceOf(job: Job): string {
    return path.join(this.#folderOf(job), 'source');
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }
}

function statusOf(job: Job): ImportStatus {
  const { id, step, progress, fileName, plan, errorCode, made } = job;
  return {
    id,
    step,
    progress,
    fileName,
    preview: plan?.preview ?? null,
    errorCode,
    made:
      made === null
        ? null
        : { notes: [...made.notes], carnet: made.carnet, unfiled: made.unfiled, terms: [...made.terms] },
  };
}

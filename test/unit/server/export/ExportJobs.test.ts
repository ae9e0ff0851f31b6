import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/api/errorCodes.ts';
import * as build from '#shared/document/buildContent.ts';
import type { ExportId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { ArchivePart } from '#server/export/Archive.ts';
import { safeName } from '#server/export/fileNames.ts';
import { ExportJobs, type ExportJobsOptions } from '#server/export/ExportJobs.ts';
import type { PdfPrinter } from '#server/export/PdfPrinter.ts';
import { newSecret } from '#server/secrets.ts';
import { bookContent, bookOptions } from '../../../support/bookContent.ts';
import { bookNote } from '../../../support/bookNote.ts';
import { readZip } from '../../../support/readZip.ts';
import { retryUntil } from '../../../support/retryUntil.ts';

const person = 'ana' as PersonId;
const request = { subject: 'note', subjectId: 'n' as NoteId, to: 'pdf', ...bookOptions() } as const;

const named = { fileName: 'Données.zip', mediaType: 'application/zip' };
const content = bookContent({
  subject: 'note',
  title: 'Une note',
  notes: [bookNote({ id: 'n', title: 'Une note', body: build.body() })],
});

/** Prints a page of nothing, `print` deciding when. */
function printerOf(
  print: (signal: AbortSignal) => Promise<void> = () => Promise.resolve(),
): PdfPrinter & { open: PdfPrinter['open']; opened: number; closed: number } {
  const printer = {
    opened: 0,
    closed: 0,
    open: (_html: string, _assets: unknown, signal: AbortSignal) => {
      printer.opened += 1;
      return Promise.resolve({
        print: async () => {
          await print(signal);
          const document = await PDFDocument.create();
          document.addPage();
          return await document.save();
        },
        evaluate: () => Promise.resolve(0),
        close: () => {
          printer.closed += 1;
          return Promise.resolve();
        },
      });
    },
  };
  return printer;
}

/** Resolves when the signal is aborted, by rejecting, as a closed browser does. */
function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(new Error('closed'))),
  );
}

/** Files of a person's data. @param until - before the last one. */
async function* partsOf(count: number, until?: () => Promise<void>): AsyncGenerator<ArchivePart> {
  for (let at = 1; at <= count; at++) {
    if (at === count) await until?.();
    const bytes = Buffer.from(`${'é'.repeat(100)} ${at}`);
    yield {
      path: `notes/${at}.txt`,
      bytes,
      changedAt: Date.UTC(2024, 1, 12),
      packs: at > 1,
      progress: at / count,
    };
  }
}

let count = 0;
function jobsOf(options: Partial<ExportJobsOptions>): ExportJobs {
  return new ExportJobs({
    printer: printerOf(),
    loadBook: () => Promise.resolve(content),
    loadArchive: () => Promise.reject(new Error('not a book')),
    loadPerson: () => Promise.resolve({ ...named, parts: partsOf(0) }),
    loadSiteStyle: () => Promise.resolve({ css: '', files: new Map() }),
    folder: path.join(tmpdir(), `calepin-exports-${newSecret()}`),
    newId: () => `export-${(count += 1)}` as ExportId,
    ...options,
  });
}

async function ended(jobs: ExportJobs, id: ExportId): Promise<void> {
  await retryUntil('the export to end', () =>
    ['done', 'failed', 'cancelled'].includes(jobs.status(id, person)?.step ?? ''),
  );
}

describe('exports', () => {
  it('end with a file, for who asked and for nobody else', async () => {
    const jobs = jobsOf({});
    const started = jobs.start(request, person);
    expect(started).toMatchObject({ pages: null, bytes: null, errorCode: null });
    await ended(jobs, started.id);
    const status = jobs.status(started.id, person);
    expect(status).toMatchObject({
      step: 'done',
      progress: 1,
      fileName: 'Une note.pdf',
      pages: 1,
      errorCode: null,
    });
    expect(jobs.file(started.id, person)?.open()).toHaveLength(status?.bytes ?? -1);
    const other = 'tom' as PersonId;
    expect([
      jobs.status(started.id, other),
      jobs.file(started.id, other),
      jobs.cancel(started.id, other),
    ]).toEqual([null, null, false]);
  });

  it('run one at a time, in order', async () => {
    let running = 0;
    let most = 0;
    const printer = printerOf(async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
    });
    const jobs = jobsOf({ printer });
    const ids = [1, 2, 3].map(() => jobs.start(request, person).id);
    expect(jobs.status(ids[2] ?? ids[0]!, person)?.step).toBe('queued');
    for (const id of ids) await ended(jobs, id);
    // Each opens its book, and where its pictures are made small.
    expect([most, printer.opened, printer.closed]).toEqual([1, 6, 6]);
  });

  it('can be cancelled while they wait and while they print, and the next one runs', async () => {
    let first = true;
    const printer = printerOf((signal) => {
      if (!first) return Promise.resolve();
      first = false;
      return untilAborted(signal);
    });
    const jobs = jobsOf({ printer });
    const [one, two, three] = [1, 2, 3].map(() => jobs.start(request, person).id) as [
      ExportId,
      ExportId,
      ExportId,
    ];
    await retryUntil('the printer to be open', () => printer.opened === 2);
    expect([jobs.cancel(two, person), jobs.cancel(one, person)]).toEqual([true, true]);
    await ended(jobs, three);
    expect([one, two, three].map((id) => jobs.status(id, person)?.step)).toEqual([
      'cancelled',
      'cancelled',
      'done',
    ]);
    expect([printer.opened, printer.closed]).toEqual([4, 4]);
  });

  it('fail with a code', async () => {
    const failures: unknown[] = [];
    const onFailure = (error: unknown): void => void failures.push(error);
    const refused = jobsOf({ loadBook: () => Promise.reject(new AppError('not_allowed', 'no')), onFailure });
    const broken = jobsOf({ printer: printerOf(() => Promise.reject(new Error('crashed'))), onFailure });
    const codes: unknown[] = [];
    for (const jobs of [refused, broken]) {
      const { id } = jobs.start(request, person);
      await ended(jobs, id);
      codes.push(jobs.status(id, person)?.errorCode);
    }
    expect(codes).toEqual(['not_allowed', 'export_failed']);
    expect(failures).toEqual([new Error('crashed')]);
  });

  it('fail when they take too long, and the printer is closed', async () => {
    const printer = printerOf(untilAborted);
    const jobs = jobsOf({ printer, longestMs: 30 });
    const { id } = jobs.start(request, person);
    await ended(jobs, id);
    expect(jobs.status(id, person)).toMatchObject({ step: 'failed', errorCode: 'export_failed' });
    expect([printer.opened, printer.closed]).toEqual([2, 2]);
  });

  it('are refused where nothing can print, where too many wait, and after closing', async () => {
    expect(() => jobsOf({ printer: null }).start(request, person)).toThrow(
      expect.objectContaining({ code: 'export_unavailable' }),
    );
    const jobs = jobsOf({ printer: printerOf(untilAborted), mostWaiting: 2 });
    const { id } = jobs.start(request, person);
    jobs.start(request, person);
    expect(() => jobs.start(request, person)).toThrow(expect.objectContaining({ code: 'too_many_requests' }));
    await jobs.close();
    await jobs.close();
    expect(jobs.status(id, person)?.step).toBe('cancelled');
    expect(() => jobs.start(request, person)).toThrow(
      expect.objectContaining({ code: 'export_unavailable' }),
    );
  });

  it('are forgotten after a while, the oldest first when they weigh too much', async () => {
    let now = 0;
    const jobs = jobsOf({ now: () => now, keepMs: 1000, mostBytes: 1 });
    const first = jobs.start(request, person).id;
    await ended(jobs, first);
    const second = jobs.start(request, person).id;
    await ended(jobs, second);
    expect([jobs.status(first, person), jobs.status(second, person)?.step]).toEqual([null, 'done']);
    now = 1001;
    expect(jobs.file(second, person)).toBe(null);
  });
});

describe("a person's data", () => {
  const own = { subject: 'person', language: 'fr' } as const;
  const folderOf = () => path.join(tmpdir(), `calepin-exports-${newSecret()}`);

  it('is one archive, made beside the books and where nothing can print', async () => {
    const folder = folderOf();
    const jobs = jobsOf({
      printer: null,
      folder,
      loadPerson: () => Promise.resolve({ ...named, parts: partsOf(3) }),
    });
    const { id } = jobs.start(own, person);
    await ended(jobs, id);
    const status = jobs.ofPerson(person);
    expect(status).toMatchObject({ id, step: 'done', fileName: 'Données.zip', pages: null });
    expect(jobs.ofPerson('tom' as PersonId)).toBeNull();
    const file = await readFile(path.join(folder, `${id}.zip`));
    expect([file.length, jobs.file(id, person)?.mediaType]).toEqual([status?.bytes, 'application/zip']);
    const entries = readZip(file);
    expect([...entries.keys()]).toEqual(['notes/1.txt', 'notes/2.txt', 'notes/3.txt']);
    expect(entries.get('notes/3.txt')?.toString()).toBe(`${'é'.repeat(100)} 3`);
    await jobs.close();
    expect(existsSync(folder)).toBe(false);
  });

  it('asked for twice is made once, and anew once it is over', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const jobs = jobsOf({ loadPerson: () => Promise.resolve({ ...named, parts: partsOf(2, () => held) }) });
    const first = jobs.start(own, person);
    expect(jobs.start(own, person).id).toBe(first.id);
    release();
    await ended(jobs, first.id);
    const second = jobs.start(own, person);
    expect([second.id === first.id, jobs.status(first.id, person)]).toEqual([false, null]);
    await ended(jobs, second.id);
    await jobs.close();
  });

  it('leaves nothing on the disk when it is cancelled, expires, or was left by a sudden end', async () => {
    let now = 0;
    const folder = folderOf();
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'left.zip'), 'x');
    let isHeld = true;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const jobs = jobsOf({
      folder,
      now: () => now,
      keepPersonMs: 1000,
      loadPerson: () =>
        Promise.resolve({ ...named, parts: partsOf(2, () => (isHeld ? held : Promise.resolve())) }),
    });
    const first = jobs.start(own, person).id;
    await retryUntil('it to have begun', async () =>
      (await readdir(folder).catch((): string[] => [])).includes(`${first}.zip`),
    );
    expect(await readdir(folder)).toEqual([`${first}.zip`]);
    expect(jobs.cancel(first, person)).toBe(true);
    isHeld = false;
    release();
    await retryUntil('it to be gone', async () => (await readdir(folder)).length === 0);
    const second = jobs.start(own, person);
    await ended(jobs, second.id);
    expect(jobs.status(second.id, person)?.expiresAt).toBe(1000);
    now = 1001;
    expect(jobs.file(second.id, person)).toBeNull();
    await retryUntil('it to be gone too', async () => (await readdir(folder)).length === 0);
    await jobs.close();
  });
});

describe('the name of the file', () => {
  it.each([
    ['Le carnet des voisinages', 'Le carnet des voisinages'],
    ['a/b\\c:d*e?f"g<h>i|j\u0000k', 'a b c d e f g h i j k'],
    ['../../etc/passwd', 'etc passwd'],
    ['  ', 'Sans titre'],
    ['CON', 'CON_'],
    ['é'.repeat(300), 'é'.repeat(100)],
  ])('of %j is %j', (title, name) => {
    expect(safeName(title, 'Sans titre')).toBe(name);
  });
});

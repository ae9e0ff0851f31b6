import { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/api/errorCodes.ts';
import * as build from '#shared/document/buildContent.ts';
import type { ExportId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { BookContent } from '#server/export/BookContent.ts';
import { exportFileName } from '#server/export/exportFileName.ts';
import { ExportJobs, type ExportJobsOptions } from '#server/export/ExportJobs.ts';
import type { PdfPrinter } from '#server/export/PdfPrinter.ts';
import { retryUntil } from '../../../support/retryUntil.ts';

const person = 'ana' as PersonId;
const request = { subject: 'note', subjectId: 'n' as NoteId, format: 'a5' } as const;

const content: BookContent = {
  subject: 'note',
  title: 'Une note',
  description: '',
  authors: [],
  language: 'fr',
  date: 0,
  notes: [
    {
      id: 'n' as NoteId,
      title: 'Une note',
      language: 'fr',
      body: build.body(),
      authors: [],
      modifiedAt: 0,
      isWhole: true,
    },
  ],
  outsideTitle: () => null,
  loadAttachment: () => Promise.resolve(null),
};

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

let count = 0;
function jobsOf(options: Partial<ExportJobsOptions>): ExportJobs {
  return new ExportJobs({
    printer: printerOf(),
    loadBook: () => Promise.resolve(content),
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
    expect(jobs.file(started.id, person)?.bytes.length).toBe(status?.bytes);
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
    expect([most, printer.opened, printer.closed]).toEqual([1, 3, 3]);
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
    await retryUntil('the printer to be open', () => printer.opened === 1);
    expect([jobs.cancel(two, person), jobs.cancel(one, person)]).toEqual([true, true]);
    await ended(jobs, three);
    expect([one, two, three].map((id) => jobs.status(id, person)?.step)).toEqual([
      'cancelled',
      'cancelled',
      'done',
    ]);
    expect([printer.opened, printer.closed]).toEqual([2, 2]);
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
    expect(printer.closed).toBe(1);
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

describe('the name of the file', () => {
  it.each([
    ['Le carnet des voisinages', 'Le carnet des voisinages.pdf'],
    ['a/b\\c:d*e?f"g<h>i|j\u0000k', 'a b c d e f g h i j k.pdf'],
    ['../../etc/passwd', 'etc passwd.pdf'],
    ['  ', 'Sans titre.pdf'],
    ['CON', 'CON_.pdf'],
    ['é'.repeat(300), `${'é'.repeat(100)}.pdf`],
  ])('of %j is %j', (title, name) => {
    expect(exportFileName({ title, language: 'fr' })).toBe(name);
  });
});

import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { KeptPast, UpdateLog } from '../../storage/ports/UpdateLog.ts';
import { WorkerFault, WorkerLane } from '../../WorkerLane.ts';
import { workerUrl } from '../../workerUrl.ts';
import { Turns } from '../Turns.ts';
import type {
  ChronicleAnswers,
  ChronicleQuestions,
  ChronicleReply,
  ChronicleRequest,
  Question,
  QuestionKind,
} from './ChronicleQuestion.ts';

/** One step of work; far above what any takes on a machine that is not busy. */
const maxMs = 30_000;
/** Rows that go to the worker at a time: some tens of milliseconds of work, after which others have their turn. */
const rowsAtOnce = 4_000;
/** Who looks at the past of a note reads what they see before they ask again: a long log is not to be read anew then. */
const idleMs = 5 * 60_000;

/** Raised when chronicles are packed otherwise, or tell anything else of the same rows: what was kept before is made anew. */
const format = 4;
/** What was kept is kept anew when so many rows came since, or, of a long log, this part of it. */
const leastGrowth = 1_000;
const leastGrowthShare = 1 / 20;

/** What a chronicler reads of a log, and keeps beside it. */
export type ReadLog = Pick<UpdateLog, 'read' | 'bindings' | 'head' | 'past' | 'savePast' | 'forgetPasts'>;

/**
 * Answers questions about the past of notes, in a worker thread that has the chronicles of the last ones. Long work is done in steps: who waits for something short waits for one step, and what
 * nobody waits for any more is not gone on with. The chronicle of a long note is kept with its log (`KeptPast`), so that a worker which knows nothing reads the rows since, and not all.
 */
export class Chronicler {
  private readonly log: ReadLog;
  private readonly leastKeptRows: number;
  private readonly lane = new WorkerLane<ChronicleRequest, ChronicleReply>(
    workerUrl(import.meta.url, './chronicleWorker'),
    { maxMs, maxAnswers: 20_000, idleMs },
  );
  private readonly turns = new Turns<DocumentId>();
  private readonly keeping = new Set<Promise<void>>();
  /** How often `forget` was called. */
  private forgotten = 0;

  /** @param leastKeptRows - of a shorter log nothing is kept. Default 4,000, some tenths of a second of reading. Smaller: more is written; larger: some wait longer. */
  constructor(log: ReadLog, leastKeptRows = 4_000) {
    this.log = log;
    this.leastKeptRows = leastKeptRows;
  }

  /**
   * @param through - the last row that the answer must know of.
   * @param signal - aborted when nobody waits any more: no further step is begun.
   * @throws AppError `too_large` when a step took too long, `internal` when it failed or was called off, `document_damaged`.
   */
  ask<K extends QuestionKind>(
    document: DocumentId,
    through: number,
    question: { readonly kind: K } & ChronicleQuestions[K],
    signal?: AbortSignal,
  ): Promise<ChronicleAnswers[K]> {
    const asked = question as unknown as Question;
    // One after the other: two who ask about the same note feed its chronicle once.
    return this.turns.do(
      document,
      async () => (await this.answer(document, through, asked, signal)) as ChronicleAnswers[K],
    );
  }

  /** Somebody became one with another: what was read of them is read again. */
  forget(): void {
    this.forgotten += 1;
    this.lane.renew();
  }

  /** Rows of a document are gone: what was read of them is read again, and nothing of it stays kept. */
  async forgetRows(document: DocumentId): Promise<void> {
    this.forget();
    await Promise.all(this.keeping);
    await this.log.forgetPasts(document);
  }

  /** Resolves when what is being kept is. */
  async close(): Promise<void> {
    await Promise.all(this.keeping);
    await this.lane.close();
  }

  private async answer(
    document: DocumentId,
    through: number,
    question: Question,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    const about = { document, through, question };
    const nothing = { after: 0, rows: [], bindings: [], kept: null };
    let reply = await this.send({ ...about, ...nothing }, signal);
    let mayBeKept = true;
    // Each step goes on, unless the worker was stopped, or had to let this chronicle go: then it begins anew.
    for (let steps = 0; steps < 4 + (3 * through) / rowsAtOnce; steps += 1) {
      if ('answer' in reply) {
        this.keepGrown(document, reply);
        return reply.answer;
      }
      const after = reply.knownTo;
      if (reply.isRefused) {
        mayBeKept = false;
        await this.log.forgetPasts(document);
      }
      const kept = mayBeKept && after === 0 ? await this.readKept(document) : null;
      const read =
        kept === null ? await this.read(document, after, through, steps < 2 || after === 0) : nothing;
      const step = { ...about, ...read, after, kept };
      if (kept === null) {
        reply = await this.send(step, signal);
        continue;
      }
      // Reading what was kept and answering are two steps: who went on to another view meanwhile keeps nobody waiting for a long answer.
      reply = await this.send({ ...step, question: { kind: 'rows', from: through, to: through } }, signal);
      if ('answer' in reply) reply = await this.send({ ...about, ...nothing }, signal);
    }
    throw new AppError('internal', 'the past of a note was not read');
  }

  /** What is kept of a document, where it is one that goes with its log as it is. */
  private async readKept(document: DocumentId): Promise<KeptPast | null> {
    const kept = await this.log.past(document);
    if (kept === null) return null;
    const head = await this.log.head(document);
    return kept.format === format && kept.epoch === head?.epoch && kept.seq <= head.seq ? kept : null;
  }

  private keepGrown(document: DocumentId, { rows, unkept }: { rows: number; unkept: number }): void {
    if (rows < this.leastKeptRows || unkept < Math.max(leastGrowth, rows * leastGrowthShare)) return;
    const work = this.keep(document)
      // A help that is not there: the rows are read instead.
      .catch(() => undefined)
      .finally(() => this.keeping.delete(work));
    this.keeping.add(work);
  }

  private async keep(document: DocumentId): Promise<void> {
    const head = await this.log.head(document);
    if (head === null) return;
    const packed = await this.ask(document, 1, { kind: 'pack' });
    if (packed !== null && packed.seq >= this.leastKeptRows)
      await this.log.savePast({ document, epoch: head.epoch, format, ...packed });
  }

  /** The rows of one step, and whose each client id is; read again where somebody became one with another meanwhile. */
  private async read(
    document: DocumentId,
    after: number,
    through: number,
    withBindings: boolean,
  ): Promise<Pick<ChronicleRequest, 'rows' | 'bindings'>> {
    for (;;) {
      const { forgotten } = this;
      const bindings = withBindings ? await this.log.bindings(document) : [];
      const near = await this.log.read(document, after, Math.min(through, after + rowsAtOnce));
      // A range that was thinned is one row, which bears the number of its last.
      const some = near.length > 0 ? near : await this.log.read(document, after, through);
      if (some.length === 0) throw new AppError('document_damaged', `row ${after + 1} is missing`);
      if (forgotten !== this.forgotten) continue;
      const rows = some.map(({ seq, time, person, operation, bytes }) => ({
        seq,
        time,
        person,
        operation,
        bytes,
      }));
      return { rows, bindings };
    }
  }

  private async send(
    request: ChronicleRequest,
    signal: AbortSignal | undefined,
  ): Promise<Exclude<ChronicleReply, { error: string }>> {
    if (signal?.aborted) throw new AppError('internal', 'nobody waits for the answer');
    try {
      const reply = await this.lane.ask(request);
      if ('error' in reply) throw new AppError('internal', `the past was not read: ${reply.error}`);
      return reply;
    } catch (error) {
      if (error instanceof WorkerFault && error.kind === 'too_long')
        throw new AppError('too_large', error.message);
      throw error;
    }
  }
}

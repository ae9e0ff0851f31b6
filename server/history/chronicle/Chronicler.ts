import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { UpdateLog } from '../../storage/ports/UpdateLog.ts';
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

/**
 * Answers questions about the past of notes, in a worker thread that keeps the chronicles of the last ones. Long work is done in steps: who waits for something short waits for one step, and what
 * nobody waits for any more is not gone on with.
 */
export class Chronicler {
  private readonly log: Pick<UpdateLog, 'read' | 'bindings' | 'head'>;
  private readonly lane = new WorkerLane<ChronicleRequest, ChronicleReply>(
    workerUrl(import.meta.url, './chronicleWorker'),
    { maxMs, maxAnswers: 20_000 },
  );
  private readonly turns = new Turns<DocumentId>();

  constructor(log: Pick<UpdateLog, 'read' | 'bindings' | 'head'>) {
    this.log = log;
  }

  /**
   * @param through - the last row that the answer must know of.
   * @param signal - aborted when nobody waits any more: no further step is begun.
   * @throws AppError `too_large` when a step took too long, `internal` when it failed or was called off, `document_damaged`.
   */
  async ask<K extends QuestionKind>(
    document: DocumentId,
    through: number,
    question: { readonly kind: K } & ChronicleQuestions[K],
    signal?: AbortSignal,
  ): Promise<ChronicleAnswers[K]> {
    for (let tries = 0; tries < 3; tries += 1) {
      const asked = question as unknown as Question;
      const reply = await this.send({ document, through, question: asked }, signal);
      if ('answer' in reply) return reply.answer as ChronicleAnswers[K];
      // One after the other: two who ask for the same note feed it once.
      await this.turns.do(document, () => this.feed(document, through, signal));
    }
    throw new AppError('internal', 'the past of a note was not read');
  }

  close(): Promise<void> {
    return this.lane.close();
  }

  private async feed(document: DocumentId, through: number, signal: AbortSignal | undefined): Promise<void> {
    let known = await this.knownTo({ document, after: 0, rows: [], bindings: [] }, signal);
    if (known >= through) return;
    const first = known;
    const bindings = await this.log.bindings(document);
    while (known < through) {
      const read = await this.log.read(document, known, Math.min(through, known + rowsAtOnce));
      // A range that was thinned is one row, which bears the number of its last.
      const some = read.length > 0 ? read : await this.log.read(document, known, through);
      if (some.length === 0) throw new AppError('document_damaged', `row ${known + 1} is missing`);
      const rows = some.map(({ seq, time, person, operation, bytes }) => ({
        seq,
        time,
        person,
        operation,
        bytes,
      }));
      known = await this.knownTo(
        { document, after: known, rows, bindings: known === first ? bindings : [] },
        signal,
      );
    }
  }

  private async knownTo(request: ChronicleRequest, signal: AbortSignal | undefined): Promise<number> {
    const reply = await this.send(request, signal);
    if ('knownTo' in reply) return reply.knownTo;
    throw new AppError('internal', 'rows are answered with where they end');
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

import type { Worker } from 'node:worker_threads';
import { AppError } from '#shared/api/errorCodes.ts';
import { startWorker } from './startWorker.ts';

/** How many times longer than it works a worker may take, where others want the processor too. */
const patience = 20;

export interface WorkerLaneOptions {
  /** How long the worker may work at one answer, in ms; then it is stopped. Default: as long as it likes. */
  readonly maxMs?: number;
  /**
   * Answers after which a worker is let go, and the next question gets another. Default 300. V8 keeps the memory that it once needed for as long as the worker lives: of a relay in which much is written
   * that came to hundreds of megabytes. Smaller: more starts, of a few tenths of a second each.
   */
  readonly maxAnswers?: number;
  /** How long a worker that nobody asks is kept, in ms. Default 30,000. Larger: its memory is held for longer; smaller: what it knew is read again sooner. */
  readonly idleMs?: number;
  /** What each worker is started with. */
  readonly workerData?: unknown;
  /** Megabytes of V8's heap beyond which a worker ends. Default: V8's own measure. */
  readonly maxHeapMb?: number | undefined;
}

/** Why a question has no answer: the worker ended, or took too long, or nobody waits for it any more. */
export class WorkerFault extends AppError {
  readonly kind: 'ended' | 'too_long' | 'called_off';

  constructor(kind: WorkerFault['kind'], message: string) {
    super('internal', message);
    this.kind = kind;
  }
}

/** A worker thread, started when it is needed and let go when it is not, that answers one question at a time. */
export class WorkerLane<Question, Answer> {
  private readonly url: URL;
  private readonly maxMs: number;
  private readonly maxAnswers: number;
  private readonly idleMs: number;
  private readonly workerData: unknown;
  private readonly maxHeapMb: number | undefined;
  private answers = 0;
  private worker: Worker | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private idleTimer: NodeJS.Timeout | null = null;
  private closed = false;

  /** @param url - of the worker's file. @see workerUrl */
  constructor(
    url: URL,
    { maxMs = Infinity, maxAnswers = 300, idleMs = 30_000, workerData, maxHeapMb }: WorkerLaneOptions = {},
  ) {
    this.url = url;
    this.maxMs = maxMs;
    this.maxAnswers = maxAnswers;
    this.idleMs = idleMs;
    this.workerData = workerData;
    this.maxHeapMb = maxHeapMb;
  }

  /**
   * @param moved - buffers of the question that go to the worker.
   * @param signal - aborted when nobody waits for the answer any more: a worker that is at it is stopped.
   * @throws WorkerFault
   */
  ask(question: Question, moved: readonly ArrayBuffer[] = [], signal?: AbortSignal): Promise<Answer> {
    const answer = this.last.then(() => this.run(question, moved, signal));
    this.last = answer.catch(() => null);
    return answer;
  }

  /** The next question gets another worker, which knows nothing of those before. */
  renew(): void {
    this.last = this.last.then(() => this.stop());
  }

  /** Begins no other answer; resolves when the one under way is given. */
  async close(): Promise<void> {
    this.closed = true;
    await this.last;
    await this.stop();
  }

  private async run(
    question: Question,
    moved: readonly ArrayBuffer[],
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    if (this.closed || signal?.aborted) throw new WorkerFault('called_off', 'nobody waits for the answer');
    if (this.idleTimer !== null) clearTimeout(this.idleTimer);
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    // A worker that ran out of memory or time says nothing of what it was asked about.
    const fail = (kind: WorkerFault['kind'], message: string): void => {
      reject(new WorkerFault(kind, message));
      void this.stop();
    };
    const onEnd = (): void => fail('ended', 'a worker stopped');
    const onAbort = (): void => fail('called_off', 'nobody waits for the answer');
    const isNew = this.worker === null;
    const worker = this.start();
    const stopWatching = this.watch(worker, isNew, () => {
      fail('too_long', `no answer from a worker within ${this.maxMs} ms`);
    });
    worker.ref();
    worker.once('message', resolve).once('error', onEnd).once('exit', onEnd);
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      worker.postMessage(question, moved);
      return await promise;
    } finally {
      stopWatching();
      signal?.removeEventListener('abort', onAbort);
      worker.off('message', resolve).off('error', onEnd).off('exit', onEnd);
      worker.unref();
      this.answers += 1;
      if (this.answers >= this.maxAnswers) void this.stop();
      else if (!this.closed) {
        this.idleTimer = setTimeout(() => void this.stop(), this.idleMs);
        this.idleTimer.unref();
      }
    }
  }

  private start(): Worker {
    if (this.worker === null) this.answers = 0;
    this.worker ??= startWorker(this.url, this.workerData, this.maxHeapMb);
    return this.worker;
  }

  /** Counts the time that a worker works, from when it runs. @returns the way to stop. */
  private watch(worker: Worker, isNew: boolean, onTooLong: () => void): () => void {
    const { maxMs } = this;
    if (maxMs === Infinity) return () => undefined;
    let isAnswered = false;
    let timer: NodeJS.Timeout | null = null;
    const begin = (): void => {
      // One that has stopped has nothing to say; its end is heard elsewhere.
      const before = worker.cpuUsage().catch(() => undefined);
      const end = performance.now() + maxMs * patience;
      const look = async (): Promise<void> => {
        const since = await before;
        const used = since === undefined ? undefined : await worker.cpuUsage(since).catch(() => undefined);
        if (isAnswered) return;
        const left = maxMs - (used === undefined ? Infinity : (used.user + used.system) / 1000);
        if (left <= 0 || performance.now() > end) onTooLong();
        else timer = setTimeout(() => void look(), left);
      };
      timer = setTimeout(() => void look(), maxMs);
    };
    if (isNew) worker.once('online', begin);
    else begin();
    return () => {
      isAnswered = true;
      if (timer !== null) clearTimeout(timer);
      worker.off('online', begin);
    };
  }

  private async stop(): Promise<void> {
    if (this.idleTimer !== null) clearTimeout(this.idleTimer);
    const { worker } = this;
    this.worker = null;
    await worker?.terminate();
  }
}

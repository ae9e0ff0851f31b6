import type { PackedRows } from './packRows.ts';

/** Places in the shared numbers. */
const wakes = 0;
const replies = 1;
/** Number of the request in the lane; 0: none. */
const request = 2;
const rowCount = 3;
const byteCount = 4;
/** How many sequence numbers the reply has; -1: it comes as a message, being a failure. */
const seqCount = 5;
const numbers = 6;

// The sequence numbers begin at a multiple of eight.
const headBytes = numbers * Int32Array.BYTES_PER_ELEMENT;
const maxSeqs = 1_024;
const bodyAt = headBytes + maxSeqs * Float64Array.BYTES_PER_ELEMENT;
const maxBodyBytes = 256 * 1024;

/**
 * The way of commits between the main thread and the worker that owns the file: memory that both see. A message between threads costs each side tens of microseconds, hundreds of
 * times a second; writing here and waking the other costs a few. One commit at a time; whatever does not fit goes as a message. The worker sleeps on it between two pieces
 * of work, so it is woken here for messages too.
 */
export class CommitLane {
  readonly shared: SharedArrayBuffer;
  private readonly head: Int32Array;
  private readonly seqs: Float64Array;
  private readonly body: Uint8Array;
  /** Worker: the last commit that it answered. */
  private answered = 0;

  /** @param shared - the other side's; none: this is the first. */
  constructor(shared = new SharedArrayBuffer(bodyAt + maxBodyBytes)) {
    this.shared = shared;
    this.head = new Int32Array(shared, 0, numbers);
    this.seqs = new Float64Array(shared, headBytes, maxSeqs);
    this.body = new Uint8Array(shared, bodyAt);
  }

  /** Main thread: a message is waiting for the worker, or a commit in the lane. */
  wake(): void {
    Atomics.add(this.head, wakes, 1);
    Atomics.notify(this.head, wakes);
  }

  /** Main thread: whether the lane is free, and these rows fit. */
  isOpenTo({ count, buffer, newNames, forgetNames }: PackedRows): boolean {
    const fits = count <= maxSeqs && buffer.byteLength <= maxBodyBytes;
    return fits && newNames.length === 0 && !forgetNames && Atomics.load(this.head, request) === 0;
  }

  /** Main thread: puts rows in the lane and wakes the worker. Resolves once there is an answer. */
  async send(id: number, { count, buffer }: PackedRows): Promise<void> {
    this.body.set(new Uint8Array(buffer));
    this.head[rowCount] = count;
    this.head[byteCount] = buffer.byteLength;
    const answered = Atomics.waitAsync(this.head, replies, Atomics.load(this.head, replies));
    Atomics.store(this.head, request, id);
    this.wake();
    await answered.value;
  }

  /** Main thread: the answer, which leaves the lane free. @returns null when it comes as a message. */
  takeReply(): number[] | null {
    const count = this.head[seqCount] as number;
    const seqs = count < 0 ? null : [...this.seqs.subarray(0, count)];
    Atomics.store(this.head, request, 0);
    return seqs;
  }

  /** Worker: how often it was woken so far; look for work after asking this, and sleep with it. */
  get woken(): number {
    return Atomics.load(this.head, wakes);
  }

  /** Worker: sleeps unless it was woken since. */
  sleep(woken: number): void {
    Atomics.wait(this.head, wakes, woken);
  }

  /** Worker: number of the commit in the lane, or 0. */
  get waiting(): number {
    const id = Atomics.load(this.head, request);
    return id === this.answered ? 0 : id;
  }

  /** Worker: its rows. */
  take(): PackedRows {
    const buffer = this.body.slice(0, this.head[byteCount]).buffer;
    return { count: this.head[rowCount] as number, buffer, newNames: [], forgetNames: false };
  }

  /** Worker: answers the commit in the lane. @param seqs - null: the answer was sent as a message. */
  answer(seqs: readonly number[] | null): void {
    this.head[seqCount] = seqs?.length ?? -1;
    if (seqs !== null) this.seqs.set(seqs);
    this.answered = Atomics.load(this.head, request);
    Atomics.add(this.head, replies, 1);
    Atomics.notify(this.head, replies);
  }
}

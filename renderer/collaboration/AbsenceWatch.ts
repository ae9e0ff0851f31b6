import type { SaveLedger } from './SaveLedger.ts';

/** A time in which a document's home was out of reach. */
export interface Absence {
  /** The last row of its log that was known before. */
  readonly fromSeq: number;
  /** When it began, Unix milliseconds. */
  readonly since: number;
  /** Whether something was written here meanwhile. */
  readonly wrote: boolean;
}

/** A shorter one is a hiccup of the network, even where somebody was typing through it. */
const minWrittenMs = 30_000;
/** From here on also who only read is told what they missed: a sitting ends after as long. */
const minReadMs = 600_000;

/**
 * Follows when an open document loses its home and finds it again, so that people can be told what happened on both sides. It ends
 * when the home has all that was written here: from then on both sides are in one order.
 */
export class AbsenceWatch {
  readonly #ledger: Pick<SaveLedger, 'made' | 'acknowledged' | 'hasPending'>;
  #left: { readonly fromSeq: number; readonly since: number; readonly acknowledged: number } | null = null;
  #ended: Absence | null = null;
  #last: Absence | null = null;

  /** @param ledger - counts what is written here, and how much of it the home has. */
  constructor(ledger: Pick<SaveLedger, 'made' | 'acknowledged' | 'hasPending'>) {
    this.#ledger = ledger;
  }

  /** The last one that was worth telling, until there is another. */
  get last(): Absence | null {
    return this.#last;
  }

  /**
   * The home cannot be reached, or has not been yet while something of another day waits for it. Said again while it lasts, nothing changes.
   * @param fromSeq - the last row that is known here; null where none is for certain: then there is nothing to tell.
   */
  left(fromSeq: number | null, now: number): void {
    const { acknowledged } = this.#ledger;
    // Lost again before all was sent: the same absence goes on.
    if (this.#ended !== null) this.#left = { ...this.#ended, acknowledged };
    this.#ended = null;
    if (fromSeq !== null) this.#left ??= { fromSeq, since: now, acknowledged };
  }

  /** The home is there again, and its rows are here. */
  cameBack(now: number): void {
    if (this.#left === null) return;
    const { fromSeq, since, acknowledged } = this.#left;
    const wrote = this.#ledger.made > acknowledged;
    this.#left = null;
    if (now - since < (wrote ? minWrittenMs : minReadMs)) return;
    this.#ended = { fromSeq, since, wrote };
    this.settle();
  }

  /** To be told once the home has everything that was written here. */
  settle(): void {
    if (this.#ended === null || this.#ledger.hasPending) return;
    this.#last = this.#ended;
    this.#ended = null;
  }
}

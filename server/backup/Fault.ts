/** Something that is not as it was written. */
export interface Fault {
  /**
   * `row`: altered; `gap`: one or several are missing; `swapped`: it stands in the place of another; `segment`: of several packed rows, which one cannot be said;
   * `unreadable`: whole, but no update; `head`: not what the relay signed; `checkpoint`: made again at the next need; `attachment`: altered or missing.
   */
  readonly kind:
    | 'row'
    | 'gap'
    | 'swapped'
    | 'segment'
    | 'unreadable'
    | 'head'
    | 'checkpoint'
    | 'attachment'
    | 'database';
  readonly document: string | null;
  /** The row, or the last of those that are missing. */
  readonly seq: number | null;
  /** The first of the rows that it speaks of, where it speaks of several. */
  readonly from?: number;
  /** One sentence. */
  readonly message: string;
}

import type { PersonId } from '#shared/domain/ids.ts';
import type { LogRow } from '../storage/ports/UpdateLog.ts';
import { DocumentState } from '../room/update/DocumentState.ts';
import { type ParsedUpdate, parseUpdate } from '../room/update/parseUpdate.ts';
import type { LoadedDocument } from '../storage/ports/UpdateLog.ts';

const noLimits = { maxStringBytes: Infinity };

/** A row that the home does not have, as far as is known here. */
export interface WaitingRow {
  /** Its number here, which changes as the home's rows come before it. */
  seq: number;
  /** When it was written on this computer. */
  readonly time: number;
  /** Who wrote it; null: nobody who is known. */
  readonly person: PersonId | null;
  readonly bytes: Uint8Array;
  readonly parsed: ParsedUpdate;
  /** The write frame with which it was sent on the present connection; null: not yet. */
  frame: number | null;
  /** For whom it was sent then. */
  speaker: 'self' | PersonId | null;
}

/**
 * The rows of a copy that its home does not have, and what the home has. A row is the home's once all that it brings is in the home's rows: as one of them, as several, or as what somebody else brought.
 */
export class Outbox {
  rows: WaitingRow[] = [];
  /** The home's last row that is here. */
  homeSeq: number;
  private readonly home = new DocumentState();
  /** Client ids under which this computer brings nothing: they are somebody's at the home who brings it. */
  private readonly others = new Set<number>();

  /** @param loaded - the copy. */
  constructor({ head, checkpoint, rows }: LoadedDocument) {
    this.homeSeq = head.homeSeq ?? 0;
    if (checkpoint !== null) this.home.addCheckpoint(checkpoint);
    for (const row of rows) {
      if (row.seq <= this.homeSeq) this.home.addStored(parseUpdate(row.bytes, noLimits));
      else this.add(row);
    }
  }

  /** The last row that is known. */
  get last(): number {
    return this.homeSeq + this.rows.length;
  }

  get since(): number | null {
    return this.rows[0]?.time ?? null;
  }

  add({ seq, time, deviceTime, person, bytes }: LogRow): void {
    this.rows.push({
      seq,
      person,
      time: deviceTime ?? time,
      bytes,
      parsed: parseUpdate(bytes, noLimits),
      frame: null,
      speaker: null,
    });
  }

  /** Rows of the home come. @returns the numbers of those that it has now. */
  homeRows(rows: readonly { readonly bytes: Uint8Array }[]): number[] {
    for (const { bytes } of rows) this.home.addStored(parseUpdate(bytes, noLimits));
    return this.rows.filter(({ parsed }) => this.isThere(parsed)).map(({ seq }) => seq);
  }

  /** They are in their place. @param settled - as `homeRows` said. */
  moved(homeSeq: number, settled: readonly number[]): void {
    const gone = new Set(settled);
    this.homeSeq = homeSeq;
    this.rows = this.rows.filter(({ seq }) => !gone.has(seq));
    for (const [at, row] of this.rows.entries()) row.seq = homeSeq + at + 1;
  }

  /** The connection is another: what was sent and is not the home's is sent again. */
  sendAgain(): void {
    for (const row of this.rows) row.frame = null;
  }

  /** It is for others to bring what is written as this row is. */
  leaveToOthers({ parsed }: WaitingRow): void {
    for (const { client } of parsed.sections) this.others.add(client);
  }

  isForOthers({ parsed }: WaitingRow): boolean {
    return this.others.size > 0 && parsed.sections.some(({ client }) => this.others.has(client));
  }

  private isThere(parsed: ParsedUpdate): boolean {
    const news = this.home.compare(parsed);
    return news !== null && news.structs.length === 0 && news.deletes.length === 0;
  }
}

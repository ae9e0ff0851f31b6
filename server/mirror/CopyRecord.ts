import type { ErrorCode } from '#shared/api/errorCodes.ts';
import type { MirrorProblem } from '#shared/domain/MirrorState.ts';
import type { MirrorRecord } from '../storage/ports/MirrorStore.ts';
import type { CopyParts } from './CopyParts.ts';

/** How often it is kept when the home was last heard of, in ms. Smaller: more is written. */
const savedEveryMs = 10_000;

/** What is known of a copy beside its log, and kept. */
export class CopyRecord {
  private record: MirrorRecord;
  private savedAt = 0;
  private readonly parts: Pick<CopyParts, 'now' | 'save' | 'changed'>;

  constructor(record: MirrorRecord, parts: Pick<CopyParts, 'now' | 'save' | 'changed'>) {
    this.record = record;
    this.parts = parts;
  }

  get now(): MirrorRecord {
    return this.record;
  }

  /** It was damaged here, and is not whole again. */
  get isMending(): boolean {
    return this.record.problem === 'damaged';
  }

  /** It was made here, and never was at the home. */
  get isOnlyHere(): boolean {
    const { reason, homeEpoch, lastContact } = this.record;
    return reason === 'created' && homeEpoch === null && lastContact === null;
  }

  /** The home was heard of. */
  async contact(change: Partial<MirrorRecord>): Promise<void> {
    const lastContact = this.parts.now();
    const before = this.record;
    this.record = { ...before, ...change, lastContact };
    const isNews = (Object.keys(change) as (keyof MirrorRecord)[]).some((key) => before[key] !== change[key]);
    if (isNews || lastContact - this.savedAt > savedEveryMs) await this.save();
    if (isNews) this.parts.changed();
  }

  async change(change: Partial<MirrorRecord>): Promise<void> {
    this.set(change);
    await this.save();
    this.parts.changed();
  }

  /** Until it is saved with something else. */
  set(change: Partial<MirrorRecord>): void {
    this.record = { ...this.record, ...change };
  }

  async save(): Promise<void> {
    this.savedAt = this.parts.now();
    await this.parts.save(this.record);
  }
}

/** What a failure is told as. */
export function problemOf(code: ErrorCode): MirrorProblem {
  if (code === 'home_unreachable' || code === 'not_signed_in' || code === 'not_allowed') return code;
  return 'storage_failed';
}

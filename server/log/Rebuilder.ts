import { AppError } from '#shared/api/errorCodes.ts';
import type { PackedUpdates } from '../storage/packedUpdates.ts';
import { WorkerLane } from '../WorkerLane.ts';
import { workerUrl } from '../workerUrl.ts';
import type { NoteIn } from './noteIn.ts';
import type { Collected } from './rebuild.ts';
import { type TreeLimits, treeLimits } from './treeFault.ts';

export interface RebuildRequest {
  readonly kind: Rebuilt['kind'];
  readonly updates: PackedUpdates;
  readonly limits: TreeLimits;
}

/** The answer to each kind of request. */
export type Rebuilt =
  | { readonly kind: 'collect'; readonly collected: Collected }
  | { readonly kind: 'uncollected'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'note'; readonly note: NoteIn }
  | { readonly kind: 'soundPrefix'; readonly count: number }
  | { readonly kind: 'soundState'; readonly state: Omit<Collected, 'fault'> };

export type RebuildReply = { readonly rebuilt: Rebuilt } | { readonly error: string };

/** Builds documents in a worker thread. One request at a time. */
export class Rebuilder {
  private readonly lane: WorkerLane<RebuildRequest, RebuildReply>;
  private readonly limits: TreeLimits;

  /** @param maxMs - how long one document may take; then the worker is stopped. */
  constructor(maxMs: number, limits: Partial<TreeLimits> = {}) {
    this.lane = new WorkerLane(workerUrl(import.meta.url, './rebuildWorker'), { maxMs });
    this.limits = { ...treeLimits, ...limits };
  }

  /** @throws AppError `document_damaged` when Yjs cannot read the updates, `internal` when the worker failed or took too long. */
  async collect(updates: PackedUpdates): Promise<Collected> {
    return (await this.next('collect', updates)).collected;
  }

  /** How many of these updates make a sound document. @throws as `collect` */
  async soundPrefix(updates: PackedUpdates): Promise<number> {
    return (await this.next('soundPrefix', updates)).count;
  }

  /** What can be shown of a document of which some updates are lost. @throws as `collect` */
  async soundState(updates: PackedUpdates): Promise<Omit<Collected, 'fault'>> {
    return (await this.next('soundState', updates)).state;
  }

  /** The state with deleted text. @throws as `collect` */
  async uncollected(updates: PackedUpdates): Promise<Uint8Array> {
    return (await this.next('uncollected', updates)).bytes;
  }

  /** What a note's document says. @throws as `collect` */
  async note(updates: PackedUpdates): Promise<NoteIn> {
    return (await this.next('note', updates)).note;
  }

  close(): Promise<void> {
    return this.lane.close();
  }

  private async next<K extends Rebuilt['kind']>(
    kind: K,
    updates: PackedUpdates,
  ): Promise<Extract<Rebuilt, { kind: K }>> {
    const reply = await this.lane.ask({ kind, updates, limits: this.limits });
    if ('error' in reply) throw new AppError('document_damaged', reply.error);
    return reply.rebuilt as Extract<Rebuilt, { kind: K }>;
  }
}

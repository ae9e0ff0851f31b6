import type { z } from 'zod';
import type { ExportStatus, startExportSchema } from '#shared/api/exports.ts';
import type { ExportId } from '#shared/domain/ids.ts';

const over = new Set<ExportStatus['step']>(['done', 'failed', 'cancelled']);

export type ExportBody = z.input<typeof startExportSchema>;

/** Where an export is: not begun, going on or over, or refused. */
export type ExportState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly status: ExportStatus | null }
  | { readonly kind: 'over'; readonly status: ExportStatus }
  | { readonly kind: 'refused'; readonly error: unknown };

interface Ways {
  readonly start: (body: ExportBody) => Promise<ExportStatus>;
  readonly status: (id: ExportId, signal: AbortSignal) => Promise<ExportStatus>;
  readonly cancel: (id: ExportId) => Promise<unknown>;
  /** Told of an export that is over while nobody looks at it. */
  readonly onUnseen: (state: ExportState) => void;
  /** Between two questions about an export that goes on, in ms; 400 by default. */
  readonly pollMs?: number;
}

interface Run {
  readonly abort: AbortController;
  state: ExportState;
}

const idle: ExportState = { kind: 'idle' };

/** The exports of this window, each known by what is exported: they go on while nobody looks at them, and are found again by who comes back. */
export class ExportRuns {
  private readonly ways: Ways;
  private readonly runs = new Map<string, Run>();
  /** Who looks at which. */
  private readonly watchers = new Map<string, Set<() => void>>();

  constructor(ways: Ways) {
    this.ways = ways;
  }

  state(key: string): ExportState {
    return this.runs.get(key)?.state ?? idle;
  }

  /** @returns the way to look no more; an export that is over by then is forgotten. */
  watch(key: string, onChange: () => void): () => void {
    this.forgetExpired(key);
    const those = this.watchers.get(key) ?? new Set();
    this.watchers.set(key, those.add(onChange));
    return () => {
      those.delete(onChange);
      if (those.size > 0) return;
      this.watchers.delete(key);
      const { kind } = this.state(key);
      if (kind === 'over' || kind === 'refused') this.runs.delete(key);
    };
  }

  /** Starts an export; one of the same that goes on is stopped. */
  begin(key: string, body: ExportBody): void {
    this.cancel(key);
    const run: Run = { abort: new AbortController(), state: { kind: 'running', status: null } };
    this.runs.set(key, run);
    this.tell(key);
    void this.follow(key, run, body);
  }

  /** Stops an export, or forgets it. */
  cancel(key: string): void {
    const run = this.runs.get(key);
    if (run === undefined) return;
    this.runs.delete(key);
    run.abort.abort();
    if (run.state.kind === 'running' && run.state.status !== null) this.letGo(run.state.status);
    this.tell(key);
  }

  /** Of a file that the relay has thrown away there is nothing to show. */
  private forgetExpired(key: string): void {
    const state = this.state(key);
    if (state.kind === 'over' && (state.status.expiresAt ?? Infinity) <= Date.now()) this.runs.delete(key);
  }

  private async follow(key: string, run: Run, body: ExportBody): Promise<void> {
    const { signal } = run.abort;
    try {
      let status = await this.ways.start(body);
      // Stopped before the relay said which one it is.
      if (signal.aborted) return this.letGo(status);
      while (!over.has(status.step)) {
        this.set(key, run, { kind: 'running', status });
        await new Promise((resolve) => setTimeout(resolve, this.ways.pollMs ?? 400));
        if (signal.aborted) return;
        status = await this.ways.status(status.id, signal);
      }
      this.set(key, run, { kind: 'over', status });
    } catch (error) {
      this.set(key, run, { kind: 'refused', error });
    }
  }

  private set(key: string, run: Run, state: ExportState): void {
    if (this.runs.get(key) !== run) return;
    run.state = state;
    if (state.kind !== 'running' && !this.watchers.has(key)) this.ways.onUnseen(state);
    this.tell(key);
  }

  private letGo({ id, step }: ExportStatus): void {
    // Whether the relay heard or the export had just ended, nothing is left to do here.
    if (!over.has(step)) this.ways.cancel(id).catch(() => undefined);
  }

  private tell(key: string): void {
    for (const onChange of this.watchers.get(key) ?? []) onChange();
  }
}

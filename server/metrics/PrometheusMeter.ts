import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Meter } from './Meter.ts';

/** Seconds: from a commit on a fast disk to one that people notice. */
const buckets = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

/** Counts for Prometheus: the process (memory, CPU, event-loop lag, garbage collection) and the relay. */
export class PrometheusMeter implements Meter {
  readonly #registry = new Registry();
  readonly #rows: Counter;
  readonly #commits: Counter<'result'>;
  readonly #commitSeconds: Histogram;
  readonly #acknowledgeSeconds: Histogram;
  readonly #refusals: Counter<'code'>;
  readonly #closes: Counter<'code'>;
  readonly #upgrades: Counter<'status'>;

  /** @param stats - what is open, asked at each reading. */
  constructor(stats: () => { readonly rooms: number; readonly connections: number }) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    new Gauge({
      name: 'calepin_rooms',
      help: 'Documents that are open.',
      registers,
      collect() {
        this.set(stats().rooms);
      },
    });
    new Gauge({
      name: 'calepin_sockets',
      help: 'Sockets that are open.',
      registers,
      collect() {
        this.set(stats().connections);
      },
    });
    this.#rows = new Counter({ name: 'calepin_rows_total', help: 'Rows stored in the log.', registers });
    this.#commits = new Counter({
      name: 'calepin_commits_total',
      help: 'Groups of rows that were stored, or failed.',
      labelNames: ['result'],
      registers,
    });
    this.#commitSeconds = new Histogram({
      name: 'calepin_commit_seconds',
      help: 'How long one group took to be on the disk (append and fsync).',
      buckets,
      registers,
    });
    this.#acknowledgeSeconds = new Histogram({
      name: 'calepin_acknowledge_seconds',
      help: 'From a write frame that came in to its being on the disk.',
      buckets,
      registers,
    });
    this.#refusals = new Counter({
      name: 'calepin_refusals_total',
      help: 'Write frames refused, by code (threat model, section 4).',
      labelNames: ['code'],
      registers,
    });
    this.#closes = new Counter({
      name: 'calepin_closes_total',
      help: 'Sockets that the relay closed, by code.',
      labelNames: ['code'],
      registers,
    });
    this.#upgrades = new Counter({
      name: 'calepin_upgrades_refused_total',
      help: 'Sockets refused before they were one, by HTTP status.',
      labelNames: ['status'],
      registers,
    });
  }

  committed(rows: number, seconds: number, isStored: boolean): void {
    this.#commits.inc({ result: isStored ? 'stored' : 'failed' });
    if (!isStored) return;
    this.#rows.inc(rows);
    this.#commitSeconds.observe(seconds);
  }

  acknowledged(seconds: number): void {
    this.#acknowledgeSeconds.observe(seconds);
  }

  refused(code: number): void {
    this.#refusals.inc({ code: String(code) });
  }

  closed(code: number): void {
    this.#closes.inc({ code: String(code) });
  }

  upgradeRefused(status: number): void {
    this.#upgrades.inc({ status: String(status) });
  }

  /** Everything counted, in the text format of Prometheus. */
  async read(): Promise<{ type: string; text: string }> {
    return { type: this.#registry.contentType, text: await this.#registry.metrics() };
  }
}

import type { RelayEvent } from '#shared/api/events.ts';

/**
 * Passes on the relay's hints, the first at once and then no more often than every `spacingMs`, each once. Where many people write, hints come several times a second: a page that
 * asked again at each would stop its own questions before their answers are there, and draw itself anew all the time.
 */
export class EventGatherer {
  readonly #apply: (event: RelayEvent) => void;
  readonly #spacingMs: number;
  readonly #waiting = new Map<string, RelayEvent>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** @param spacingMs - default 1,000. Larger: less is asked, and what others do shows that much later. */
  constructor(apply: (event: RelayEvent) => void, spacingMs = 1_000) {
    this.#apply = apply;
    this.#spacingMs = spacingMs;
  }

  add(event: RelayEvent): void {
    this.#waiting.set(JSON.stringify(event), event);
    if (this.#timer === null) this.#passOn();
  }

  /** Nothing is passed on any more. */
  close(): void {
    this.#waiting.clear();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #passOn(): void {
    this.#timer = null;
    if (this.#waiting.size === 0) return;
    const events = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#timer = setTimeout(() => this.#passOn(), this.#spacingMs);
    for (const event of events) this.#apply(event);
  }
}

import { type RelayEvent, relayEventSchema } from '#shared/api/events.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import type { HomeProblem } from '#shared/api/homes.ts';
import type { Timers } from '../history/Timers.ts';

/** Between two tries, in milliseconds: the first at once after a line that was open, then ever longer. */
const firstDelayMs = 1_000;
const longestDelayMs = 60_000;
/** The home writes something every 20 s: after so long without, the line is lost. */
const silenceMs = 50_000;

export interface HomeLineOptions {
  /** A request over the person's session. @throws AppError `home_unreachable`, `not_signed_in`. */
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
  readonly timers: Timers;
  /** Between 0 and 1; spreads the tries of many computers. Default: `Math.random`. */
  readonly random?: () => number;
  readonly onOpen: () => void;
  readonly onLost: (problem: HomeProblem) => void;
  readonly onEvent: (event: RelayEvent) => void;
}

/** The line on which a followed relay says what changed there: as long as it is open, the relay is within reach. It is opened again by itself. */
export class HomeLine {
  readonly #options: HomeLineOptions;
  #tries = 0;
  #isClosed = false;
  #present: AbortController | null = null;
  #callOff: (() => void) | null = null;

  constructor(options: HomeLineOptions) {
    this.#options = options;
    void this.#open();
  }

  /** Tries now, if it waits. */
  retry(): void {
    if (this.#present !== null || this.#isClosed) return;
    this.#callOff?.();
    this.#callOff = null;
    void this.#open();
  }

  /** Something else found the relay out of reach: an open line that says nothing is not believed. */
  doubt(): void {
    this.#present?.abort();
  }

  close(): void {
    this.#isClosed = true;
    this.#callOff?.();
    this.#present?.abort();
  }

  async #open(): Promise<void> {
    const present = new AbortController();
    this.#present = present;
    let problem: HomeProblem = 'home_unreachable';
    try {
      const answer = await this.#options.fetch('/api/events', {
        headers: { accept: 'text/event-stream' },
        signal: present.signal,
      });
      if (answer.ok && answer.body !== null) await this.#read(answer.body, present);
      else await answer.body?.cancel();
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_signed_in') problem = 'not_signed_in';
    }
    this.#present = null;
    if (this.#isClosed) return;
    this.#options.onLost(problem);
    // Without a session it is opened again once there is one.
    if (problem === 'not_signed_in') return;
    const { timers, random = Math.random } = this.#options;
    const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** this.#tries) * (0.5 + random() / 2);
    this.#tries += 1;
    this.#callOff = timers.after(delay, () => {
      this.#callOff = null;
      void this.#open();
    });
  }

  async #read(body: ReadableStream<Uint8Array>, present: AbortController): Promise<void> {
    const { timers, onOpen, onEvent } = this.#options;
    this.#tries = 0;
    onOpen();
    let stopWatching = timers.after(silenceMs, () => present.abort());
    const decoder = new TextDecoder();
    let text = '';
    try {
      for await (const part of body) {
        stopWatching();
        stopWatching = timers.after(silenceMs, () => present.abort());
        text += decoder.decode(part, { stream: true });
        const lines = text.split('\n');
        text = lines.pop() ?? '';
        for (const line of lines) {
          const event = line.startsWith('data:') ? readEvent(line.slice('data:'.length)) : null;
          if (event !== null) onEvent(event);
        }
      }
    } finally {
      stopWatching();
    }
  }
}

function readEvent(data: string): RelayEvent | null {
  try {
    // A newer relay may tell of what this one does not know.
    return relayEventSchema.safeParse(JSON.parse(data)).data ?? null;
  } catch {
    return null;
  }
}

import type { WebContents } from 'electron';

/** As long as a browser lets a page act on a person's gesture. */
const lastingMs = 5_000;

const gestures: ReadonlySet<string> = new Set([
  'mouseDown',
  'mouseUp',
  'rawKeyDown',
  'keyDown',
  'touchEnd',
  'gestureTap',
]);

/** Knows, from main's own sight and not from what a page says, whether a person has just clicked or typed in it. */
export class UserGestures {
  readonly #last = new Map<number, number>();
  readonly #now: () => number;

  /** @param now - milliseconds of a clock that never goes back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Watches one page; call once, when it is made. */
  watch(contents: WebContents): void {
    const { id } = contents;
    contents.on('input-event', (_event, input) => {
      if (gestures.has(input.type)) this.#last.set(id, this.#now());
    });
    contents.once('destroyed', () => this.#last.delete(id));
  }

  /** True once for each gesture, and within five seconds of it: a page that somebody else commands opens nothing by itself, and not a hundred things for one click. */
  take(contentsId: number): boolean {
    const last = this.#last.get(contentsId);
    this.#last.delete(contentsId);
    return last !== undefined && this.#now() - last <= lastingMs;
  }
}

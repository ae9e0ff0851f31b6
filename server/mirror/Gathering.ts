/** How long rows gather before they are put in their place, in times of what the last took: local writing has the rest. */
const restTimes = 3;
const longestRestMs = 500;

/** When rows of a home that came are put in their place: some at once, and not so often that nobody else has their turn. */
export class Gathering {
  private isDue = false;
  private lastMs = 0;

  /**
   * Does the work in a while, once for all that asks for it until it begins.
   * @param work - is given what it calls when it begins; resolves when it is done, or will not be.
   */
  soon(work: (begun: () => void) => Promise<void>): void {
    if (this.isDue) return;
    this.isDue = true;
    const begun = (): void => {
      this.isDue = false;
    };
    const begin = (): void => void work(begun).finally(begun);
    const rest = Math.min(longestRestMs, this.lastMs * restTimes);
    if (rest < 1) setImmediate(begin);
    else setTimeout(begin, rest).unref();
  }

  /** @param ms - how long the last took. */
  took(ms: number): void {
    this.lastMs = ms;
  }
}

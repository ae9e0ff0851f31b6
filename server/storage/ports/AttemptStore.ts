/** How often something was tried, so that nobody tries for ever. */
export interface AttemptStore {
  /**
   * Counts one more try, in one step.
   * @param key - what is tried and for whom; a hash, since it outlives the request.
   * @param windowMs - counting starts anew so long after the first try.
   * @returns how many tries there were in the window, this one included.
   */
  add(key: string, now: number, windowMs: number): Promise<number>;
  /** It went well: the next try is the first. */
  forget(key: string): Promise<void>;
}

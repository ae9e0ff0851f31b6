/** Does pieces of work one after the other for each key, and for different keys at once. */
export class Turns<Key> {
  private readonly lasts = new Map<Key, Promise<unknown>>();

  do<T>(key: Key, work: () => Promise<T>): Promise<T> {
    const before = this.lasts.get(key) ?? Promise.resolve();
    const result = before.then(work);
    const settled = result.then(
      () => null,
      () => null,
    );
    this.lasts.set(key, settled);
    void settled.then(() => {
      if (this.lasts.get(key) === settled) this.lasts.delete(key);
    });
    return result;
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await Promise.all(this.lasts.values());
  }
}

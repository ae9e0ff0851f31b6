/** What is shown in a list of a note that is held. */
export interface HeldText {
  readonly title: string;
  readonly excerpt: string;
}

/** Some kilobytes each. */
const mostTexts = 500;

/**
 * The titles and first words of notes as they were after a row, so that a page that lists many notes that are held builds each once: what a row says never changes. Who may see them is decided by who
 * asks, each time. Those asked for longest ago go first.
 */
export class HeldTexts {
  readonly #texts = new Map<string, HeldText>();

  /** @param key - the note, its row, and all else that the text is made from. @param read - null is not kept. */
  async of(key: string, read: () => Promise<HeldText | null>): Promise<HeldText | null> {
    const known = this.#texts.get(key);
    this.#texts.delete(key);
    const text = known ?? (await read());
    if (text === null) return null;
    this.#texts.set(key, text);
    if (this.#texts.size > mostTexts) this.#texts.delete(this.#texts.keys().next().value ?? '');
    return text;
  }
}

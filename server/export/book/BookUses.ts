/** Where a book speaks of what stands elsewhere in it, by address: the ids of the links, in order. */
export class BookUses {
  readonly #places = new Map<string, string[]>();
  readonly #outside = new Map<string, { number: number; words: string; places: string[] }>();

  /** Ids of the links to `#…`, in order. */
  of(href: string): readonly string[] {
    return this.#places.get(href) ?? [];
  }

  /** The addresses outside the book, in the order in which they first come, with the first words that were linked to each. */
  get outside(): readonly {
    readonly url: string;
    readonly words: string;
    readonly places: readonly string[];
  }[] {
    return [...this.#outside].map(([url, one]) => ({ url, ...one }));
  }

  /** Notes a link inside the book. */
  add(href: string, id: string): void {
    const places = this.#places.get(href);
    if (places) places.push(id);
    else this.#places.set(href, [id]);
  }

  /** Notes a link out of the book. @returns its number in the list of links, from 1. */
  addOutside(url: string, words: string, id: string): number {
    const known = this.#outside.get(url);
    if (known) {
      known.places.push(id);
      return known.number;
    }
    const number = this.#outside.size + 1;
    this.#outside.set(url, { number, words, places: [id] });
    return number;
  }
}

/** What Markdown has no way to say. */
export const markdownLosses = [
  'alignment',
  'colours',
  'mediaLayout',
  'passageLanguage',
  'missingMedia',
  'hiddenLinks',
] as const;
export type MarkdownLoss = (typeof markdownLosses)[number];

/** Gathers what a conversion could not keep, so that people are told. */
export class MarkdownLosses {
  readonly #found = new Map<MarkdownLoss, Set<string>>();

  /** @param title - of the note where it was. */
  add(loss: MarkdownLoss, title: string): void {
    const titles = this.#found.get(loss) ?? new Set();
    this.#found.set(loss, titles.add(title));
  }

  /** In a steady order, each with the titles of the notes where it was. */
  list(): readonly { readonly loss: MarkdownLoss; readonly titles: readonly string[] }[] {
    return markdownLosses.flatMap((loss) => {
      const titles = this.#found.get(loss);
      return titles === undefined ? [] : [{ loss, titles: [...titles] }];
    });
  }
}

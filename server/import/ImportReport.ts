import { type ImportLoss, importLosses, maxImportExamples, maxImportTitles } from '#shared/api/imports.ts';

/** What one page loses: each loss with what it was about, in the order that it was met. */
export type PageLosses = Partial<Record<ImportLoss, readonly string[]>>;

/** Gathers what a page loses. */
export class LossList {
  readonly #found = new Map<ImportLoss, Set<string>>();

  /** @param example - an address, the name of a file or of an element; may be empty. */
  add(loss: ImportLoss, example = ''): void {
    const examples = this.#found.get(loss) ?? new Set();
    this.#found.set(loss, examples);
    if (example !== '' && examples.size < maxImportExamples) examples.add(example.slice(0, 200));
  }

  addAll(losses: PageLosses): void {
    for (const loss of importLosses) {
      const examples = losses[loss];
      if (examples === undefined) continue;
      this.add(loss);
      for (const example of examples) this.add(loss, example);
    }
  }

  all(): PageLosses {
    return Object.fromEntries([...this.#found].map(([loss, examples]) => [loss, [...examples]]));
  }
}

interface ReportLine {
  readonly loss: ImportLoss;
  readonly notes: number;
  readonly titles: string[];
  readonly examples: string[];
}

/** What all notes lose, in a steady order, each with the notes where it was. */
export function reportOf(
  pages: readonly { readonly title: string; readonly losses: PageLosses }[],
): ReportLine[] {
  return importLosses.flatMap((loss) => {
    const found = pages.filter((page) => page.losses[loss] !== undefined);
    if (found.length === 0) return [];
    const examples = [...new Set(found.flatMap((page) => page.losses[loss] ?? []))];
    return [
      {
        loss,
        notes: found.length,
        titles: found.slice(0, maxImportTitles).map(({ title }) => title),
        examples: examples.slice(0, maxImportExamples),
      },
    ];
  });
}

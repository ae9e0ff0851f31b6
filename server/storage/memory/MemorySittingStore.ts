import type { DocumentId } from '#shared/domain/ids.ts';
import { partOfTime } from '../partOfTime.ts';
import type {
  CountedSitting,
  CutTime,
  DensityPart,
  SittingCount,
  SittingStore,
} from '../ports/SittingStore.ts';

interface Kept {
  readonly at: Omit<SittingCount, 'total'>;
  readonly sittings: readonly CountedSitting[];
}

/** The reference reading of the port, for tests. */
export class MemorySittingStore implements SittingStore {
  private readonly documents = new Map<DocumentId, Kept>();

  async counted(document: DocumentId): Promise<SittingCount | null> {
    const kept = this.documents.get(document);
    return kept === undefined ? null : { ...kept.at, total: kept.sittings.length };
  }

  async replace(
    document: DocumentId,
    from: number,
    sittings: readonly CountedSitting[],
    at: Pick<SittingCount, 'epoch' | 'seq'>,
  ): Promise<void> {
    const known = this.documents.get(document);
    const before = known?.sittings.slice(0, from) ?? [];
    this.documents.set(document, {
      at: { ...at, settled: known?.at.settled ?? 0 },
      sittings: structuredClone([...before, ...sittings]),
    });
  }

  async settle(document: DocumentId, upTo: number): Promise<void> {
    const known = this.documents.get(document);
    if (known === undefined) return;
    const settled = known.sittings.filter(({ fromSeq }) => fromSeq <= upTo).length;
    const at = { ...known.at, settled: Math.max(known.at.settled, settled) };
    this.documents.set(document, { ...known, at });
  }

  async page(document: DocumentId, from: number, to: number): Promise<readonly CountedSitting[]> {
    return this.documents.get(document)?.sittings.slice(from, to) ?? [];
  }

  async density(document: DocumentId, before: number, time: CutTime): Promise<readonly DensityPart[]> {
    const parts = new Map<number, DensityPart>();
    for (const { fromTime, people } of await this.page(document, 0, before)) {
      const part = partOfTime(fromTime, time);
      if (part === null) continue;
      const known = parts.get(part) ?? { part, sittings: 0, written: 0, removed: 0 };
      parts.set(part, {
        part,
        sittings: known.sittings + 1,
        written: people.reduce((sum, { written }) => sum + Math.max(0, written), known.written),
        removed: people.reduce((sum, { removed }) => sum + Math.max(0, removed), known.removed),
      });
    }
    return [...parts.values()].toSorted((a, b) => a.part - b.part);
  }

  async removeAll(document: DocumentId): Promise<void> {
    this.documents.delete(document);
  }

  async clear(): Promise<void> {
    for (const [document, { at, sittings }] of this.documents) {
      const last = sittings[at.settled - 1];
      if (last === undefined) this.documents.delete(document);
      else
        this.documents.set(document, {
          at: { ...at, seq: last.toSeq },
          sittings: sittings.slice(0, at.settled),
        });
    }
  }
}

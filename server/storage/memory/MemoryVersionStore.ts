import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId, VersionId } from '#shared/domain/ids.ts';
import type { VersionNaming, VersionRecord, VersionsAsked, VersionStore } from '../ports/VersionStore.ts';

/** The reference reading of the port, for tests. */
export class MemoryVersionStore implements VersionStore {
  /** In the order in which they were added. */
  private versions: VersionRecord[] = [];

  async add(version: VersionRecord): Promise<void> {
    if (this.versions.some((one) => one.id === version.id)) {
      throw new AppError('conflict', `version ${version.id} exists`);
    }
    this.versions.push(version);
  }

  async get(document: DocumentId, id: VersionId): Promise<VersionRecord | null> {
    return this.versions.find((one) => one.id === id && one.documentId === document) ?? null;
  }

  async list(document: DocumentId): Promise<readonly VersionRecord[]> {
    return this.versions
      .filter((one) => one.documentId === document)
      .toReversed()
      .toSorted((a, b) => b.seq - a.seq);
  }

  async page(
    document: DocumentId,
    { before, limit, kinds }: VersionsAsked,
  ): Promise<readonly VersionRecord[]> {
    const all = await this.list(document);
    const place = before === null ? 0 : all.findIndex(({ id }) => id === before) + 1;
    if (before !== null && place === 0) return [];
    return all
      .slice(place)
      .filter(({ kind }) => kinds === null || kinds.includes(kind))
      .slice(0, limit);
  }

  async between(document: DocumentId, fromSeq: number, toSeq: number): Promise<readonly VersionRecord[]> {
    return (await this.list(document)).filter(({ seq }) => seq >= fromSeq && seq <= toSeq);
  }

  async recent(
    documents: readonly DocumentId[],
    before: { readonly createdAt: number; readonly id: string } | null,
    limit: number,
  ): Promise<readonly VersionRecord[]> {
    const { createdAt, id } = before ?? { createdAt: Infinity, id: '' };
    return this.versions
      .filter((one) => documents.includes(one.documentId))
      .filter((one) => one.createdAt < createdAt || (one.createdAt === createdAt && one.id > id))
      .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
      .slice(0, limit);
  }

  async since(document: DocumentId, createdAt: number): Promise<readonly VersionRecord[]> {
    return (await this.list(document)).filter((one) => one.createdAt >= createdAt);
  }

  async latest(document: DocumentId, upTo = Infinity): Promise<VersionRecord | null> {
    return (await this.list(document)).find(({ seq }) => seq <= upTo) ?? null;
  }

  async removeAll(document: DocumentId): Promise<void> {
    this.versions = this.versions.filter((one) => one.documentId !== document);
  }

  async renumber(document: DocumentId, numbers: ReadonlyMap<number, number>): Promise<void> {
    this.versions = this.versions.map((one) =>
      one.documentId === document ? { ...one, seq: numbers.get(one.seq) ?? one.seq } : one,
    );
  }

  async count(document: DocumentId): Promise<number> {
    return (await this.list(document)).length;
  }

  async latestSeqs(): Promise<ReadonlyMap<DocumentId, number>> {
    const seqs = new Map<DocumentId, number>();
    for (const { documentId, seq } of this.versions) {
      seqs.set(documentId, Math.max(seq, seqs.get(documentId) ?? 0));
    }
    return seqs;
  }

  async rename(
    document: DocumentId,
    id: VersionId,
    { name, remark, kind, personId }: VersionNaming,
  ): Promise<VersionRecord | null> {
    const at = this.versions.findIndex((one) => one.id === id && one.documentId === document);
    const known = this.versions[at];
    if (known === undefined) return null;
    const renamed = { ...known, name, remark, kind, personId };
    this.versions[at] = renamed;
    return renamed;
  }
}

import type { AttachmentId, DocumentId } from '#shared/domain/ids.ts';
import type { MirrorRecord, MirrorStore } from '../ports/MirrorStore.ts';

/** Which copies are kept, in memory. */
export class MemoryMirrorStore implements MirrorStore {
  readonly #records = new Map<DocumentId, MirrorRecord>();
  readonly #files = new Map<DocumentId, Set<AttachmentId>>();

  async list(): Promise<readonly MirrorRecord[]> {
    return [...this.#records.values()];
  }

  async put(record: MirrorRecord): Promise<void> {
    this.#records.set(record.document, record);
  }

  async remove(document: DocumentId): Promise<void> {
    this.#records.delete(document);
    this.#files.delete(document);
  }

  async filesThere(document: DocumentId): Promise<readonly AttachmentId[]> {
    return [...(this.#files.get(document) ?? [])];
  }

  async addFileThere(document: DocumentId, file: AttachmentId): Promise<void> {
    this.#files.set(document, (this.#files.get(document) ?? new Set()).add(file));
  }
}

import type { AttachmentId, DocumentId, VersionId } from '#shared/domain/ids.ts';
import type { MirrorRecord, MirrorStore, NamedThere } from '../ports/MirrorStore.ts';

/** Which copies are kept, in memory. */
export class MemoryMirrorStore implements MirrorStore {
  readonly #records = new Map<DocumentId, MirrorRecord>();
  readonly #files = new Map<DocumentId, Set<AttachmentId>>();
  readonly #named = new Map<DocumentId, Map<VersionId, NamedThere>>();

  async list(): Promise<readonly MirrorRecord[]> {
    return [...this.#records.values()];
  }

  async put(record: MirrorRecord): Promise<void> {
    this.#records.set(record.document, record);
  }

  async remove(document: DocumentId): Promise<void> {
    this.#records.delete(document);
    this.#files.delete(document);
    this.#named.delete(document);
  }

  async filesThere(document: DocumentId): Promise<readonly AttachmentId[]> {
    return [...(this.#files.get(document) ?? [])];
  }

  async addFileThere(document: DocumentId, file: AttachmentId): Promise<void> {
    this.#files.set(document, (this.#files.get(document) ?? new Set()).add(file));
  }

  async namedThere(document: DocumentId): Promise<readonly NamedThere[]> {
    return [...(this.#named.get(document)?.values() ?? [])];
  }

  async putNamedThere(document: DocumentId, named: NamedThere): Promise<void> {
    this.#named.set(document, (this.#named.get(document) ?? new Map()).set(named.version, named));
  }
}

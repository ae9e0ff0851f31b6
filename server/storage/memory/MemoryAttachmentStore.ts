import type { AttachmentId, CollectionId, CommunityId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { AttachmentRecord, AttachmentStore } from '../ports/AttachmentStore.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** What the catalogue knows of attachments, in memory. */
export class MemoryAttachmentStore implements AttachmentStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async add(record: AttachmentRecord, note: NoteId | null): Promise<void> {
    this.#tables.attachments.set(record.id, { record, notes: new Set(note === null ? [] : [note]) });
  }

  async get(id: AttachmentId): Promise<AttachmentRecord | null> {
    return this.#tables.attachments.get(id)?.record ?? null;
  }

  async grant(ids: readonly AttachmentId[], note: NoteId): Promise<void> {
    for (const id of ids) this.#tables.attachments.get(id)?.notes.add(note);
  }

  async notesHolding(id: AttachmentId): Promise<readonly NoteId[]> {
    return [...(this.#tables.attachments.get(id)?.notes ?? [])];
  }

  async heldBy(note: NoteId): Promise<readonly AttachmentId[]> {
    return [...this.#tables.attachments].flatMap(([id, { notes }]) => (notes.has(note) ? [id] : []));
  }

  async bytesOf(person: PersonId): Promise<number> {
    return (await this.bytesByPerson()).get(person) ?? 0;
  }

  async bytesByPerson(): Promise<ReadonlyMap<PersonId | null, number>> {
    const used = new Map<PersonId | null, number>();
    for (const { record } of this.#tables.attachments.values())
      used.set(record.person, (used.get(record.person) ?? 0) + record.bytes);
    return used;
  }

  async communityShowing(id: AttachmentId): Promise<CommunityId | null> {
    return [...this.#tables.communities.values()].find((one) => one.image === id)?.id ?? null;
  }

  async collectionsShowing(id: AttachmentId): Promise<readonly CollectionId[]> {
    return [...this.#tables.collections.values()]
      .filter(({ cover }) => cover.image === id)
      .map((one) => one.id);
  }
}

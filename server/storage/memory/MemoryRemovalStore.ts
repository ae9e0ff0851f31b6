import type { AttachmentId, CarnetId, CollectionId, DocumentId, NoteId } from '#shared/domain/ids.ts';
import type { RegisterEntry } from '#shared/domain/Register.ts';
import type { RemovalStore, Trashed } from '../ports/RemovalStore.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** The end of notes, carnets and bases, in memory. */
export class MemoryRemovalStore implements RemovalStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async trashedBefore(time: number): Promise<readonly Trashed[]> {
    const notes = [...this.#tables.notes.values()].map((note) => ({ ...note, kind: 'note' as const }));
    return [...notes, ...this.#tables.collections.values()]
      .flatMap(({ id, kind, trashedAt }) =>
        trashedAt !== null && trashedAt < time ? [{ id, kind, trashedAt }] : [],
      )
      .sort((a, b) => a.trashedAt - b.trashedAt)
      .map(({ id, kind }) => ({ id, kind }));
  }

  statementsToRemove(): null {
    return null;
  }

  async remove(id: DocumentId, audit: RegisterEntry): Promise<void> {
    const tables = this.#tables;
    tables.notes.delete(id as NoteId);
    for (const [key, one] of tables.collections)
      if (one.template === id) tables.collections.set(key, { ...one, template: null });
    tables.noteIndexes.delete(id as NoteId);
    tables.dismissedTerms.delete(id as NoteId);
    tables.searchEntries.delete(id as NoteId);
    tables.collections.delete(id as CollectionId);
    tables.collectionIndexes.delete(id as CollectionId);
    tables.editions.delete(id as CarnetId);
    tables.publishedRows = tables.publishedRows.filter(
      ({ carnet, note }) => carnet !== (id as string) && note !== (id as string),
    );
    tables.changeEditions((one) => {
      const { [id as NoteId]: _note, ...notes } = one.facts.notes;
      return { ...one, facts: { ...one.facts, notes } };
    });
    tables.requests.delete(id as NoteId);
    for (const marks of tables.readMarks.values()) marks.delete(id as NoteId);
    tables.notices = tables.notices.filter((notice) => notice.subjectId !== id);
    for (const [thread, { note }] of tables.threads) if (note === id) tables.threads.delete(thread);
    for (const [message, { thread }] of tables.messages)
      if (!tables.threads.has(thread)) tables.messages.delete(message);
    for (const { notes } of tables.attachments.values()) notes.delete(id as NoteId);
    for (const [invitation, { subjectId }] of tables.invitations)
      if (subjectId === id) tables.invitations.delete(invitation);
    tables.write({ audit: [audit], notices: [] });
  }

  async forgetFiles(before: number, only?: readonly AttachmentId[]): Promise<readonly string[]> {
    const { attachments, communities, collections } = this.#tables;
    const shown = new Set([
      ...[...this.#tables.editions.values()].flat().map(({ facts }) => facts.cover.image),
      ...[...communities.values()].map((community) => community.image),
      ...[...collections.values()].map(({ cover }) => cover.image),
    ]);
    const gone: string[] = [];
    for (const [id, { record, notes }] of attachments) {
      const isMeant = only === undefined ? record.createdAt < before : only.includes(id);
      if (notes.size > 0 || shown.has(id) || !isMeant) continue;
      attachments.delete(id);
      gone.push(record.digest);
    }
    const kept = new Set([...attachments.values()].map(({ record }) => record.digest));
    return [...new Set(gone)].filter((digest) => !kept.has(digest));
  }

  async wipe(): Promise<void> {
    // Nothing stays.
  }
}

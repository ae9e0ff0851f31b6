import type { Attachment } from '#shared/api/attachments.ts';
import type { AttachmentId, CollectionId, CommunityId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { AttachmentRecord, AttachmentStore } from '../../ports/AttachmentStore.ts';
import { type CatalogueDatabase, slices } from './CatalogueDatabase.ts';

/** What the catalogue knows of attachments, over SQLite. */
export class SqliteAttachmentStore implements AttachmentStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async add(attachment: AttachmentRecord, note: NoteId | null): Promise<void> {
    const { createdAt, ...columns } = attachment;
    const { kysely } = this.#db;
    await this.#db.atomic([
      kysely.insertInto('attachment').values({ ...columns, created_at: createdAt }),
      ...(note === null
        ? []
        : [kysely.insertInto('attachment_note').values({ attachment: attachment.id, note })]),
    ]);
  }

  async get(id: AttachmentId): Promise<AttachmentRecord | null> {
    const row = await this.#db.kysely
      .selectFrom('attachment')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return null;
    const { created_at: createdAt, ...columns } = row;
    return {
      ...columns,
      id: row.id as AttachmentId,
      kind: row.kind as Attachment['kind'],
      person: row.person as PersonId | null,
      createdAt,
    };
  }

  async grant(ids: readonly AttachmentId[], note: NoteId): Promise<void> {
    for (const slice of slices([...new Set(ids)])) {
      await this.#db.kysely
        .insertInto('attachment_note')
        .columns(['attachment', 'note'])
        .expression((eb) =>
          eb
            .selectFrom('attachment')
            .select((select) => ['attachment.id', select.val(note).as('note')])
            .where('attachment.id', 'in', slice),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  }

  async notesHolding(id: AttachmentId): Promise<readonly NoteId[]> {
    const rows = await this.#db.kysely
      .selectFrom('attachment_note')
      .select('note')
      .where('attachment', '=', id)
      .execute();
    return rows.map((row) => row.note as NoteId);
  }

  async heldBy(note: NoteId): Promise<readonly AttachmentId[]> {
    const rows = await this.#db.kysely
      .selectFrom('attachment_note')
      .select('attachment')
      .where('note', '=', note)
      .execute();
    return rows.map((row) => row.attachment as AttachmentId);
  }

  async bytesOf(person: PersonId): Promise<number> {
    const row = await this.#db.kysely
      .selectFrom('attachment')
      .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('bytes'), eb.val(0)).as('used'))
      .where('person', '=', person)
      .executeTakeFirstOrThrow();
    return row.used;
  }

  async bytesByPerson(): Promise<ReadonlyMap<PersonId | null, number>> {
    const rows = await this.#db.kysely
      .selectFrom('attachment')
      .select((eb) => ['person', eb.fn.sum<number>('bytes').as('used')])
      .groupBy('person')
      .execute();
    return new Map(rows.map(({ person, used }) => [person as PersonId | null, used]));
  }

  async communityShowing(id: AttachmentId): Promise<CommunityId | null> {
    const row = await this.#db.kysely
      .selectFrom('community')
      .select('id')
      .where('image', '=', id)
      .executeTakeFirst();
    return (row?.id ?? null) as CommunityId | null;
  }

  async collectionsShowing(id: AttachmentId): Promise<readonly CollectionId[]> {
    const rows = await this.#db.kysely
      .selectFrom('collection')
      .select('id')
      .where('cover_image', '=', id)
      .execute();
    return rows.map((row) => row.id as CollectionId);
  }
}

import { z } from 'zod';
import { documentIdSchema, epochSchema } from '#shared/api/common.ts';
import { mirrorProblems, mirrorReasons } from '#shared/domain/MirrorState.ts';
import type { AttachmentId, DocumentId } from '#shared/domain/ids.ts';
import type { MirrorRecord, MirrorStore } from '../../ports/MirrorStore.ts';
import type { CatalogueDatabase } from './CatalogueDatabase.ts';

const rowSchema = z.object({
  document: documentIdSchema,
  relay: z.string(),
  kind: z.enum(['note', 'carnet', 'base']),
  reason: z.enum(mirrorReasons),
  role: z.string().nullable(),
  home_epoch: epochSchema.nullable(),
  last_contact: z.number().nullable(),
  is_whole: z.number(),
  problem: z.enum(mirrorProblems).nullable(),
});

/** Which copies are kept, over SQLite. */
export class SqliteMirrorStore implements MirrorStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  async list(): Promise<readonly MirrorRecord[]> {
    const rows = await this.#db.kysely.selectFrom('mirror_document').selectAll().execute();
    return rows.map((row) => {
      const parsed = rowSchema.parse(row);
      const { last_contact: lastContact, is_whole: isWhole, home_epoch: homeEpoch, ...rest } = parsed;
      return { ...rest, homeEpoch, lastContact, isWhole: isWhole === 1 };
    });
  }

  async put({ document, lastContact, isWhole, homeEpoch, ...rest }: MirrorRecord): Promise<void> {
    const known = {
      ...rest,
      home_epoch: homeEpoch,
      last_contact: lastContact,
      is_whole: isWhole ? 1 : 0,
    };
    await this.#db.kysely
      .insertInto('mirror_document')
      .values({ document, ...known })
      .onConflict((conflict) => conflict.column('document').doUpdateSet(known))
      .execute();
  }

  async remove(document: DocumentId): Promise<void> {
    await this.#db.kysely.deleteFrom('mirror_document').where('document', '=', document).execute();
  }

  async filesThere(document: DocumentId): Promise<readonly AttachmentId[]> {
    const rows = await this.#db.kysely
      .selectFrom('mirror_file')
      .select('attachment')
      .where('document', '=', document)
      .execute();
    return rows.map(({ attachment }) => attachment as AttachmentId);
  }

  async addFileThere(document: DocumentId, file: AttachmentId): Promise<void> {
    await this.#db.kysely
      .insertInto('mirror_file')
      .values({ document, attachment: file })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

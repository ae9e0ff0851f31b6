import { z } from 'zod';
import { carnetIdSchema, categoryIdSchema, documentIdSchema, epochSchema } from '#shared/api/common.ts';
import { mirrorProblems, mirrorReasons } from '#shared/domain/MirrorState.ts';
import type { AttachmentId, DocumentId, VersionId } from '#shared/domain/ids.ts';
import type { MirrorRecord, MirrorStore, NamedThere } from '../../ports/MirrorStore.ts';
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
  carnet: carnetIdSchema.nullable(),
  carnet_category: categoryIdSchema.nullable(),
  carnet_refused: z.number(),
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
      const { document, relay, kind, reason, role, problem, carnet } = parsed;
      return {
        ...{ document, relay, kind, reason, role, problem },
        homeEpoch: parsed.home_epoch,
        lastContact: parsed.last_contact,
        isWhole: parsed.is_whole === 1,
        wish: carnet && { carnet, category: parsed.carnet_category, isRefused: parsed.carnet_refused === 1 },
      };
    });
  }

  async put({ document, lastContact, isWhole, homeEpoch, wish, ...rest }: MirrorRecord): Promise<void> {
    const known = {
      ...rest,
      home_epoch: homeEpoch,
      last_contact: lastContact,
      is_whole: isWhole ? 1 : 0,
      carnet: wish?.carnet ?? null,
      carnet_category: wish?.category ?? null,
      carnet_refused: wish?.isRefused === true ? 1 : 0,
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

  async namedThere(document: DocumentId): Promise<readonly NamedThere[]> {
    const rows = await this.#db.kysely
      .selectFrom('mirror_version')
      .select(['version', 'there', 'name', 'remark'])
      .where('document', '=', document)
      .execute();
    return rows.map((row) => ({
      ...row,
      version: row.version as VersionId,
      there: row.there as VersionId,
    }));
  }

  async putNamedThere(document: DocumentId, { version, ...known }: NamedThere): Promise<void> {
    await this.#db.kysely
      .insertInto('mirror_version')
      .values({ document, version, ...known })
      .onConflict((conflict) => conflict.columns(['document', 'version']).doUpdateSet(known))
      .execute();
  }
}

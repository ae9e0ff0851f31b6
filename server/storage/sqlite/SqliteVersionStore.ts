import { z } from 'zod';
import { documentIdSchema, personIdSchema, timeSchema, versionIdSchema } from '#shared/api/common.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId, VersionId } from '#shared/domain/ids.ts';
import { versionKinds } from '#shared/domain/Version.ts';
import type { VersionNaming, VersionRecord, VersionsAsked, VersionStore } from '../ports/VersionStore.ts';
import type { SqliteDatabase } from './SqliteDatabase.ts';

const columns = 'id, document, seq, kind, name, remark, created_at, person, contributors, change_count';
const newestFirst = 'ORDER BY seq DESC, number DESC';

const rowSchema = z.object({
  id: versionIdSchema,
  document: documentIdSchema,
  seq: z.number().int(),
  kind: z.enum(versionKinds),
  name: z.string().nullable(),
  remark: z.string().nullable(),
  created_at: timeSchema,
  person: personIdSchema.nullable(),
  contributors: z.string(),
  change_count: z.number().int(),
});
const contributorsSchema = z.array(personIdSchema);

function readRow(row: unknown): VersionRecord {
  try {
    const stored = rowSchema.parse(row);
    return {
      id: stored.id,
      documentId: stored.document,
      seq: stored.seq,
      kind: stored.kind,
      name: stored.name,
      remark: stored.remark,
      createdAt: stored.created_at,
      personId: stored.person,
      contributors: contributorsSchema.parse(JSON.parse(stored.contributors)),
      changeCount: stored.change_count,
    };
  } catch (cause) {
    throw new AppError('storage_failed', 'a stored version cannot be read', { cause });
  }
}

/** The versions in SQLite, beside the log. */
export class SqliteVersionStore implements VersionStore {
  private readonly database: SqliteDatabase;

  /** @param database - with `migrations` applied; it is closed by who opened it. */
  constructor(database: SqliteDatabase) {
    this.database = database;
  }

  async add(version: VersionRecord): Promise<void> {
    await this.database.query(`INSERT INTO version (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
      version.id,
      version.documentId,
      version.seq,
      version.kind,
      version.name,
      version.remark,
      version.createdAt,
      version.personId,
      JSON.stringify(version.contributors),
      version.changeCount,
    ]);
  }

  async get(document: DocumentId, id: VersionId): Promise<VersionRecord | null> {
    const sql = `SELECT ${columns} FROM version WHERE document = ? AND id = ?`;
    const { rows } = await this.database.query(sql, [document, id]);
    return rows[0] === undefined ? null : readRow(rows[0]);
  }

  async list(document: DocumentId): Promise<readonly VersionRecord[]> {
    const sql = `SELECT ${columns} FROM version WHERE document = ? ${newestFirst}`;
    return (await this.database.query(sql, [document])).rows.map(readRow);
  }

  async page(
    document: DocumentId,
    { before, limit, kinds }: VersionsAsked,
  ): Promise<readonly VersionRecord[]> {
    const behind =
      before === null
        ? ''
        : 'AND (seq, number) < (SELECT seq, number FROM version WHERE document = ? AND id = ?)';
    const of = kinds === null ? '' : 'AND kind IN (SELECT value FROM json_each(?))';
    const sql = `SELECT ${columns} FROM version WHERE document = ? ${behind} ${of} ${newestFirst} LIMIT ?`;
    const values = [
      document,
      ...(before === null ? [] : [document, before]),
      ...(kinds === null ? [] : [JSON.stringify(kinds)]),
      limit,
    ];
    return (await this.database.query(sql, values)).rows.map(readRow);
  }

  async between(document: DocumentId, fromSeq: number, toSeq: number): Promise<readonly VersionRecord[]> {
    const sql = `SELECT ${columns} FROM version WHERE document = ? AND seq BETWEEN ? AND ? ${newestFirst}`;
    return (await this.database.query(sql, [document, fromSeq, toSeq])).rows.map(readRow);
  }

  async recent(
    documents: readonly DocumentId[],
    before: { readonly createdAt: number; readonly id: string } | null,
    limit: number,
  ): Promise<readonly VersionRecord[]> {
    const { createdAt, id } = before ?? { createdAt: Number.MAX_SAFE_INTEGER, id: '' };
    const sql = `SELECT ${columns} FROM version WHERE document IN (SELECT value FROM json_each(?))
      AND (created_at < ? OR (created_at = ? AND id > ?)) ORDER BY created_at DESC, id LIMIT ?`;
    const asked = [JSON.stringify(documents), createdAt, createdAt, id, limit];
    return (await this.database.query(sql, asked)).rows.map(readRow);
  }

  async since(document: DocumentId, createdAt: number): Promise<readonly VersionRecord[]> {
    const sql = `SELECT ${columns} FROM version WHERE document = ? AND created_at >= ? ${newestFirst}`;
    return (await this.database.query(sql, [document, createdAt])).rows.map(readRow);
  }

  async latest(document: DocumentId, upTo = Number.MAX_SAFE_INTEGER): Promise<VersionRecord | null> {
    const sql = `SELECT ${columns} FROM version WHERE document = ? AND seq <= ? ${newestFirst} LIMIT 1`;
    const { rows } = await this.database.query(sql, [document, upTo]);
    return rows[0] === undefined ? null : readRow(rows[0]);
  }

  async removeAll(document: DocumentId): Promise<void> {
    await this.database.query('DELETE FROM version WHERE document = ?', [document]);
  }

  async renumber(document: DocumentId, numbers: ReadonlyMap<number, number>): Promise<void> {
    const first = Math.min(...numbers.keys());
    for (const { id, seq } of await this.between(document, first, Number.MAX_SAFE_INTEGER)) {
      const next = numbers.get(seq) ?? seq;
      if (next !== seq) await this.database.query('UPDATE version SET seq = ? WHERE id = ?', [next, id]);
    }
  }

  async count(document: DocumentId): Promise<number> {
    const sql = 'SELECT count(*) AS count FROM version WHERE document = ?';
    return (await this.database.query<{ count: number }>(sql, [document])).rows[0]?.count ?? 0;
  }

  async latestSeqs(): Promise<ReadonlyMap<DocumentId, number>> {
    const sql = 'SELECT document, max(seq) AS seq FROM version GROUP BY document';
    const { rows } = await this.database.query<{ document: DocumentId; seq: number }>(sql);
    return new Map(rows.map(({ document, seq }) => [document, seq]));
  }

  async rename(
    document: DocumentId,
    id: VersionId,
    { name, remark, kind, personId }: VersionNaming,
  ): Promise<VersionRecord | null> {
    const sql = 'UPDATE version SET name = ?, remark = ?, kind = ?, person = ? WHERE document = ? AND id = ?';
    await this.database.query(sql, [name, remark, kind, personId, document, id]);
    return this.get(document, id);
  }
}

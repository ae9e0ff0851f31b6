import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { DocumentId } from '#shared/domain/ids.ts';
import { log } from '#server/storage/sqlite/migrations/0001-log.ts';
import { segments } from '#server/storage/sqlite/migrations/0005-segments.ts';
import { readSizes } from '#server/storage/sqlite/readSizes.ts';

test('documents are measured page by page, each once, with its rows, segments and checkpoint, however many there are', () => {
  const database = new Database(':memory:');
  for (const statement of [...log.statements, ...segments.statements]) database.exec(statement);
  const documents = 4_001;
  const names = Array.from({ length: documents }, (_, n) => `document ${n}` as DocumentId);
  const add = {
    document: database.prepare(`INSERT INTO log_document VALUES (?, ?, 'note', 'e', 1, NULL)`),
    row: database.prepare(
      `INSERT INTO log_row VALUES (?, ?, 0, NULL, NULL, NULL, 'sync', NULL, zeroblob(?), 0)`,
    ),
    segment: database.prepare(
      `INSERT INTO log_segment (number, first_seq, last_seq, digest, checksum, bytes) VALUES (?, ?, ?, x'00', 0, zeroblob(?))`,
    ),
    checkpoint: database.prepare(`INSERT INTO log_checkpoint VALUES (?, 1, zeroblob(?), x'00', 0, 0)`),
  };
  const expected = new Map<DocumentId, number>();
  database.transaction(() => {
    for (const [n, name] of names.entries()) {
      // Numbers have gaps where documents were destroyed.
      const number = 3 * n + 1;
      add.document.run(number, name);
      add.row.run(number, 1, 5);
      add.row.run(number, 2, n);
      if (n % 2 === 0) add.segment.run(number, 1, 1, 100);
      if (n % 3 === 0) add.checkpoint.run(number, 1_000);
      expected.set(name, 5 + n + (n % 2 === 0 ? 100 : 0) + (n % 3 === 0 ? 1_000 : 0));
    }
  })();
  const measured: (readonly [DocumentId, number])[] = [];
  let pages = 0;
  for (let after: number | null = 0; after !== null; pages++) {
    const page = readSizes(database, null, after);
    measured.push(...page.sizes);
    after = page.next;
  }
  database.close();
  expect(pages).toBeGreaterThan(1);
  expect(measured).toHaveLength(documents);
  expect(new Map(measured)).toEqual(expected);
});

import type { Migration } from './Migration.ts';

/** Carnets as they were frozen: which row of each document, and what the catalogue said then. */
export const editions: Migration = {
  name: '0085-editions',
  statements: [
    `CREATE TABLE edition (
      carnet TEXT NOT NULL REFERENCES collection (id) ON DELETE CASCADE, number INTEGER NOT NULL,
      title TEXT NOT NULL, remark TEXT, by_person TEXT NOT NULL, at INTEGER NOT NULL, seq INTEGER NOT NULL, digest TEXT NOT NULL,
      options TEXT NOT NULL, facts TEXT NOT NULL, cover_image TEXT, withdrawn_by TEXT, withdrawn_at INTEGER,
      PRIMARY KEY (carnet, number)
    ) STRICT`,
    `CREATE INDEX edition_cover ON edition (cover_image) WHERE cover_image IS NOT NULL`,
  ],
};

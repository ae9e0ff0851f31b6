import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { assertDurable, openDatabase } from '#server/storage/sqlite/openDatabase.ts';

function newFile(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'calepin-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, 'calepin.sqlite');
}

function opened(open: (file: string) => Database.Database = openDatabase): Database.Database {
  const database = open(newFile());
  onTestFinished(() => void database.close());
  return database;
}

test('a database is opened with everything that durability rests on', () => {
  const database = opened();
  const setting = (name: string): unknown => database.pragma(name, { simple: true });
  expect(setting('journal_mode')).toBe('wal');
  expect(setting('synchronous')).toBe(2);
  expect(setting('mmap_size')).toBe(0);
  expect(setting('foreign_keys')).toBe(1);
  expect(setting('secure_delete')).toBe(1);
});

test('a database that cannot have a WAL is not opened', () => {
  expect(() => openDatabase(':memory:')).toThrow('journal_mode at memory, not wal');
});

test.each([
  ['journal_mode = DELETE', 'journal_mode at delete, not wal'],
  ['synchronous = NORMAL', 'synchronous at 1, not 2'],
  ['mmap_size = 1048576', 'mmap_size at 1048576, not 0'],
])('with %s nothing is acknowledged: it is said', (setting, sentence) => {
  const database = opened();
  database.pragma(setting);
  expect(() => assertDurable(database)).toThrow(sentence);
});

test.each(['3.51.2', '3.50.9', '2.99.9'])('SQLite %s is too old', (version) => {
  expect(() => assertDurable(opened(), version)).toThrow(`SQLite ${version} is older than 3.51.3`);
});

test.each(['3.51.3', '3.52.0', '4.0.0'])('SQLite %s is new enough', (version) => {
  expect(() => assertDurable(opened(), version)).not.toThrow();
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { PersonId } from '#shared/domain/ids.ts';
import { catalogueDatabase } from '#server/storage/sqlite/catalogue/CatalogueDatabase.ts';
import { SqliteRegister } from '#server/storage/sqlite/catalogue/SqliteRegister.ts';
import { migrate } from '#server/storage/sqlite/migrate.ts';
import { migrations } from '#server/storage/sqlite/migrations/index.ts';
import { SqliteDatabase } from '#server/storage/sqlite/SqliteDatabase.ts';

/** A relay of before there was one register: every step until then. */
async function openOld() {
  const folder = await mkdtemp(path.join(tmpdir(), 'calepin-'));
  const database = await SqliteDatabase.open(path.join(folder, 'calepin.sqlite'));
  onTestFinished(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });
  const end = migrations.findIndex(({ name }) => name === '0049-register');
  await migrate(database, migrations.slice(0, end));
  return database;
}

const people = { ada: 'A'.repeat(22), bob: 'B'.repeat(22), gone: 'G'.repeat(22) };

test('[R180] of both registers of before every line is in the one that follows, in the order of their times', async () => {
  const database = await openOld();
  for (const [name, id] of Object.entries(people).slice(0, 2))
    await database.query(
      "INSERT INTO person (id, kind, name, colour, created_at) VALUES (?, 'account', ?, 'azur', 1)",
      [id, name],
    );
  const audit = (at: number, act: string, subject: string, person: string | null, value: string | null) =>
    database.query(
      'INSERT INTO audit (at, by_person, act, subject_id, person, value) VALUES (?, ?, ?, ?, ?, ?)',
      [at, act === 'destroyed' ? null : people.ada, act, subject, person, value],
    );
  const access = (
    at: number,
    kind: string,
    person: string | null,
    subject: string | null,
    detail = null as string | null,
  ) =>
    database.query('INSERT INTO access_event (at, kind, person, subject, detail) VALUES (?, ?, ?, ?, ?)', [
      at,
      kind,
      person,
      subject,
      detail,
    ]);
  await audit(10, 'note.visibility', 'note', null, 'public');
  await audit(30, 'carnet.role', 'carnet', people.bob, 'manager');
  await audit(30, 'note.role', 'note', people.gone, 'author');
  await audit(40, 'destroyed', 'carnet', null, null);
  await audit(41, 'destroyed', 'note', null, null);
  await audit(42, 'destroyed', 'unknown', null, null);
  await access(5, 'account_created', people.ada, 'invitation', 'administrator');
  await access(20, 'signed_in', people.ada, null, 'passkey');
  await access(21, 'sign_in_refused', null, null);
  await access(30, 'role_changed', people.ada, people.bob, 'administrator');
  await access(31, 'role_changed', people.bob, 'invitation', 'administrator');
  await access(32, 'invited', people.ada, 'invitation', 'member');
  await access(33, 'invitation_revoked', people.ada, 'invitation');
  await access(34, 'exported', people.ada, 'note', 'note');
  await access(35, 'exported', people.ada, null, 'person');
  await access(36, 'recovery_link_made', people.ada, people.bob);
  await access(37, 'account_deleted', people.gone, null);

  expect(await migrate(database, migrations)).toContain('0049-register');
  const register = new SqliteRegister(catalogueDatabase(database));
  const lines = (await register.page({}, null, 100)).toReversed();
  expect(
    lines.map(({ at, by, act, subjectId, person, value }) => [at, by, act, subjectId, person, value]),
  ).toEqual([
    [5, people.ada, 'account.created', 'invitation', null, 'administrator'],
    [10, people.ada, 'note.visibility', 'note', null, 'public'],
    [20, people.ada, 'account.signed_in', null, null, 'passkey'],
    [21, null, 'account.refused', null, null, null],
    [30, people.ada, 'carnet.role', 'carnet', people.bob, 'manager'],
    [30, people.ada, 'note.role', 'note', people.gone, 'author'],
    [30, people.ada, 'relay.role', null, people.bob, 'administrator'],
    [31, people.bob, 'relay.role', 'invitation', null, 'administrator'],
    [32, people.ada, 'relay.invited', 'invitation', null, 'member'],
    [33, people.ada, 'relay.invitation_revoked', 'invitation', null, null],
    [34, people.ada, 'note.exported', 'note', null, null],
    [35, people.ada, 'account.exported', null, null, null],
    [36, people.ada, 'account.recovery_link_made', null, people.bob, null],
    [37, people.gone, 'account.deleted', null, null, null],
    [40, null, 'carnet.destroyed', 'carnet', null, null],
    [41, null, 'note.destroyed', 'note', null, null],
    [42, null, 'document.destroyed', 'unknown', null, null],
  ]);
  // From where they came was not kept then.
  expect(lines.every(({ session, device }) => session === null && device === null)).toBe(true);
  expect((await register.of(people.bob as PersonId)).map(({ act }) => act)).toEqual([
    'carnet.role',
    'relay.role',
    'relay.role',
    'account.recovery_link_made',
  ]);
  const { rows } = await database.query(
    "SELECT name FROM sqlite_master WHERE name IN ('audit', 'access_event')",
  );
  expect(rows).toEqual([]);
});

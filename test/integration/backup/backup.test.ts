import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { backUp } from '#server/backup/backUp.ts';
import { restoreBackup } from '#server/backup/restoreBackup.ts';
import { verifyLog } from '#server/backup/verifyLog.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { newClient, type TestClient } from '../../support/newClient.ts';
import { newFullRelay, type FullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';

const run = promisify(execFile);
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAYAAACddGYaAAAAEklEQVR4nGP8z8Dwn4EIwAiiAQBjAQMBCmTm1AAAAABJRU5ErkJggg==',
  'base64',
);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'calepin-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

async function open(dataDir: string): Promise<FullRelay> {
  const full = await newFullRelay({ dataDir });
  onTestFinished(() => full.close());
  return full;
}

async function join(full: FullRelay, who: TestVisitor, note: string): Promise<TestClient> {
  const { ticket } = await who.json<{ ticket: string }>('POST', '/api/tickets', { document: note });
  const client = newClient(`${full.url.replace('http', 'ws')}/sync`, note as DocumentId, ticket);
  onTestFinished(() => client.close());
  await client.synced();
  return client;
}

/** A relay with a note that holds « un deux » and an image. */
async function relayWithNote(data: string) {
  const full = await open(data);
  const owner = await full.signIn();
  const { note } = await owner.json<NotePage>('POST', '/api/notes', { title: 'À garder' });
  const upload = await owner.fetch(`/api/attachments?note=${note.id}&name=plan.png`, {
    method: 'POST',
    body: png as unknown as BodyInit,
    headers: { 'content-type': 'image/png' },
  });
  const { id: attachment } = (await upload.json()) as { id: string };
  const client = await join(full, owner, note.id);
  const title = client.doc.getText('title');
  title.insert(title.length, ' un');
  title.insert(title.length, ' deux');
  const titleNow = async () => (await owner.json<NotePage>('GET', `/api/notes/${note.id}`)).note.title;
  await retryUntil('the title to be stored', async () => (await titleNow()) === 'À garder un deux');
  return { full, owner, note: note.id, attachment, client, titleNow };
}

function change(data: string, sql: string): void {
  const database = new Database(path.join(data, 'calepin.sqlite'));
  database.exec(sql);
  database.close();
}

describe('a backup', () => {
  test('of a relay that runs holds what was stored when it began, attachments too, and is a whole Calepin', async () => {
    const data = path.join(folder, 'data');
    const { client, note, attachment } = await relayWithNote(data);
    const title = client.doc.getText('title');
    // Somebody goes on typing.
    const typing = setInterval(() => title.insert(title.length, '.'), 3);
    const seen: number[] = [];
    const {
      folder: backup,
      manifest,
      missing,
    } = await backUp(data, path.join(folder, 'backups'), (done) => seen.push(done));
    clearInterval(typing);
    expect(missing).toEqual([]);
    expect([manifest.attachments, seen]).toEqual([1, [1]]);
    expect((await verifyLog(backup)).faults).toEqual([]);

    const elsewhere = path.join(folder, 'elsewhere');
    const { keptIn } = await restoreBackup(backup, elsewhere);
    expect(keptIn).toBeNull();
    const again = await open(elsewhere);
    const owner = await again.signIn();
    const page = await owner.json<NotePage>('GET', `/api/notes/${note}`);
    expect(page.note.title).toMatch(/^À garder un deux\.*$/);
    const file = await owner.fetch(`/api/attachments/${attachment}`);
    expect(Buffer.from(await file.arrayBuffer()).equals(png)).toBe(true);
  });

  test('leaves nothing half made when it fails', async () => {
    await expect(backUp(path.join(folder, 'nowhere'), folder)).rejects.toThrow('There is no Calepin');
    const data = path.join(folder, 'data');
    const { full } = await relayWithNote(data);
    await full.close();
    const into = path.join(folder, 'backups');
    const { folder: backup } = await backUp(data, into, () => {}, Date.UTC(2026, 10, 23, 9, 14, 7));
    expect(path.basename(backup)).toBe('calepin-2026-11-23-0914-07');
    await expect(backUp(data, into, () => {}, Date.UTC(2026, 10, 23, 9, 14, 7))).rejects.toThrow(
      'there already',
    );
    change(data, 'DROP TABLE log_row');
    await expect(backUp(data, into)).rejects.toThrow('log_row');
    expect(await readdir(into)).toEqual(['calepin-2026-11-23-0914-07']);
  });

  test('says which attachments were not there', async () => {
    const data = path.join(folder, 'data');
    const { full } = await relayWithNote(data);
    await full.close();
    await rm(path.join(data, 'attachments'), { recursive: true });
    expect((await backUp(data, folder)).missing.length).toBe(1);
  });
});

describe('restoring', () => {
  test('begins a new epoch: who knows what came after the backup does not merge it', async () => {
    const data = path.join(folder, 'data');
    const { full, owner, note, client } = await relayWithNote(data);
    const { epoch } = await owner.json<{ epoch: string }>('POST', '/api/tickets', { document: note });
    const { folder: backup } = await backUp(data, path.join(folder, 'backups'));
    client.doc.getText('title').insert(0, 'Après : ');
    await full.close();
    const { keptIn } = await restoreBackup(backup, data, { replace: true, now: Date.UTC(2026, 10, 23) });
    expect(keptIn).toBe(path.join(data, 'before-restore-2026-11-23-0000-00'));
    expect((await verifyLog(keptIn ?? '')).faults).toEqual([]);

    const again = await open(data);
    const back = await again.signIn();
    const page = await back.json<NotePage>('GET', `/api/notes/${note}`);
    expect(page.note.title).toBe('À garder un deux');
    const answer = await back.fetch('/api/tickets', { method: 'POST', json: { document: note, epoch } });
    expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([
      409,
      'epoch_changed',
    ]);
  });

  test('refuses a folder in use, one that holds a Calepin, and what is not a whole backup', async () => {
    const data = path.join(folder, 'data');
    const { full } = await relayWithNote(data);
    await full.close();
    const { folder: backup } = await backUp(data, path.join(folder, 'backups'));
    await expect(restoreBackup(backup, data)).rejects.toThrow('holds a Calepin already');
    const { lockDataFolder } = await import('#server/lockDataFolder.ts');
    const lock = lockDataFolder(data);
    await expect(restoreBackup(backup, data, { replace: true })).rejects.toMatchObject({ code: 'conflict' });
    lock.close();
    await expect(restoreBackup(folder, data, { replace: true })).rejects.toThrow('is not a backup');
    change(backup, "UPDATE setting SET value = 'x'");
    await expect(restoreBackup(backup, data, { replace: true })).rejects.toThrow(
      'not the one that was backed up',
    );
    await writeFile(path.join(backup, 'backup.json'), '{"format":2}');
    await expect(restoreBackup(backup, data, { replace: true })).rejects.toThrow(
      'cannot be read by this version',
    );
    // Nothing was touched.
    expect((await verifyLog(data)).faults).toEqual([]);
    expect(existsSync(path.join(data, 'restoring'))).toBe(false);
  });
});

describe('verify', () => {
  async function stored(): Promise<{ data: string; number: number; document: string }> {
    const data = path.join(folder, 'data');
    const { full, note, client } = await relayWithNote(data);
    const title = client.doc.getText('title');
    for (let at = 0; at < 6; at += 1) {
      title.insert(title.length, String(at));
      await client.synced();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await full.close();
    const database = new Database(path.join(data, 'calepin.sqlite'), { readonly: true });
    const number = database
      .prepare('SELECT number FROM log_document WHERE document = ?')
      .pluck()
      .get(note) as number;
    database.close();
    return { data, number, document: note };
  }

  test('finds nothing in what was written, and names each row that was altered, dropped or swapped', async () => {
    const { data, number, document } = await stored();
    const { faults, rows, attachments } = await verifyLog(data);
    expect([faults, attachments]).toEqual([[], 1]);
    expect(rows).toBeGreaterThan(10);
    const found = async () =>
      (await verifyLog(data)).faults
        .filter((one) => one.document === document)
        .map(({ kind, seq }) => [kind, seq]);

    change(data, `UPDATE log_row SET time = time + 1 WHERE number = ${number} AND seq = 3`);
    expect(await found()).toEqual([['row', 3]]);
    change(data, `UPDATE log_row SET time = time - 1 WHERE number = ${number} AND seq = 3`);
    expect(await found()).toEqual([]);

    change(
      data,
      `UPDATE log_row SET seq = -4 WHERE number = ${number} AND seq = 4;
       UPDATE log_row SET seq = 4 WHERE number = ${number} AND seq = 5;
       UPDATE log_row SET seq = 5 WHERE number = ${number} AND seq = -4`,
    );
    expect(await found()).toEqual([['swapped', 5]]);

    change(data, `DELETE FROM log_row WHERE number = ${number} AND seq IN (4, 5)`);
    expect(await found()).toEqual([['gap', 5]]);
    expect((await verifyLog(data)).faults[0]?.message).toContain('rows 4 to 5 are missing');
  });

  test('finds a checkpoint that was altered, and an attachment', async () => {
    const { data } = await stored();
    const bytes = Buffer.alloc(4);
    change(
      data,
      `INSERT OR REPLACE INTO log_checkpoint SELECT number, 1, x'${bytes.toString('hex')}', x'00', 0, 7 FROM log_document LIMIT 1`,
    );
    const [file] = (
      await readdir(path.join(data, 'attachments'), { recursive: true, withFileTypes: true })
    ).filter((one) => one.isFile());
    await writeFile(path.join(file?.parentPath ?? '', file?.name ?? ''), 'autre');
    expect((await verifyLog(data)).faults.map(({ kind }) => kind).sort()).toEqual([
      'attachment',
      'checkpoint',
    ]);
  });

  test('is a command, as are the others: they say in a sentence what they did, or what to do', async () => {
    const { data, document } = await stored();
    const calepin = (...words: string[]) =>
      run(process.execPath, ['scripts/calepin.mjs', ...words], {
        env: { ...process.env, CALEPIN_DATA: data },
      }).catch((error: { code: number; stdout: string; stderr: string }) => error);
    expect((await calepin('verify')).stdout).toMatch(/rows, 1 attachments read: all as written\.\n$/);
    const { stdout } = await calepin('backup', path.join(folder, 'out'));
    const backup = /are in (.*)\n/.exec(stdout)?.[1] ?? '';
    expect(existsSync(path.join(backup, 'backup.json'))).toBe(true);
    expect((await calepin('restore', backup)).stderr).toContain('add --replace');
    expect((await calepin('restore', backup, '--replace')).stdout).toContain('What was there is kept in');
    change(data, 'UPDATE log_row SET time = 1 WHERE seq = 2');
    const after = await calepin('verify');
    expect(after).toMatchObject({ code: 1 });
    expect(after.stdout).toContain(`Document ${document}: row 2 is not what was written.`);
    expect(await calepin('verifie')).toMatchObject({ code: 2, stderr: expect.stringContaining('Usage') });
  });
});

import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import type { DocumentId } from '#shared/domain/ids.ts';
import { encodePing, encodeUpdate } from '#shared/protocol/encodeMessage.ts';
import { verifyLog } from '#server/backup/verifyLog.ts';
import type { SqliteDatabase } from '#server/storage/sqlite/SqliteDatabase.ts';
import { SqliteUpdateLog } from '#server/storage/sqlite/SqliteUpdateLog.ts';
import { newDatabase } from '../../support/newDatabase.ts';
import { newRelay, type TestRelay } from '../../support/newRelay.ts';
import { rawClient } from '../../support/rawClient.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { alice, benoit } from './support.ts';

const quiet = { unloadCheckpointRows: 1e6, idleCheckpointMs: 1e8, cutDelayMs: 1e8, headMs: 1 };

/** A relay over a database that outlives it. */
async function openOnDisk() {
  const { database, file, close } = await newDatabase();
  onTestFinished(close);
  let relay: TestRelay;
  const start = async () => {
    relay = await newRelay({ log: new SqliteUpdateLog(database), limits: quiet });
  };
  const stop = async () => {
    await relay.close();
    await relay.log.close();
  };
  onTestFinished(stop);
  await start();
  const enter = (document: DocumentId, who: typeof alice) => {
    const values = { ...who, wire: 'calepin.1' } as const;
    const client = rawClient(relay.url, document, relay.ticket(document, values));
    onTestFinished(() => client.socket.terminate());
    return client;
  };
  return {
    database,
    file,
    enter,
    get relay() {
      return relay;
    },
    restart: async () => {
      await stop();
      await start();
    },
  };
}

type Disk = Awaited<ReturnType<typeof openOnDisk>>;

/** Operations of the relay: one row each, under a client id of its own. */
async function write(relay: TestRelay, document: DocumentId, name: string, text: string): Promise<void> {
  await relay.documents.change(document, { person: alice.person.id, operation: 'test' }, (doc) => {
    doc.getText(name).insert(doc.getText(name).length, text);
  });
}

/** Six rows: `a` and `b` in turn, each letter after the one before it. */
async function sixRows({ relay }: Disk): Promise<DocumentId> {
  const document = await relay.newDocument();
  for (const letter of '123') {
    await write(relay, document, 'a', letter);
    await write(relay, document, 'b', letter);
  }
  await retryUntil('the room to be let go', () => relay.documents.stats().rooms === 0);
  return document;
}

const textsOf = (doc: Y.Doc) => [doc.getText('a').toJSON(), doc.getText('b').toJSON()];

async function stored(database: SqliteDatabase) {
  const tables = ['log_row', 'log_segment', 'log_checkpoint'].map((name) =>
    database.query(`SELECT * FROM ${name} ORDER BY 1, 2`).then(({ rows }) => rows),
  );
  return Promise.all(tables);
}

async function damageRow(database: SqliteDatabase, seq: number): Promise<void> {
  await database.query(`UPDATE log_row SET bytes = zeroblob(length(bytes)) WHERE seq = ${seq}`);
}

async function checkpoint(relay: TestRelay, document: DocumentId): Promise<void> {
  await relay.documents.read(document);
  const core = relay.documents as unknown as { checkpoints: { now: (id: DocumentId) => Promise<void> } };
  await core.checkpoints.now(document);
}

interface Case {
  readonly what: string;
  /** Rows beyond the six, and what is done to the disk. */
  readonly damage: (disk: Disk, document: DocumentId) => Promise<void>;
  /** What can be read of `a` and `b`. */
  readonly left: readonly [string, string];
  /** The row that a newcomer is said to have everything up to. */
  readonly wholeTo: number;
  readonly verified: RegExp;
}

const cases: Case[] = [
  {
    what: 'a row among others',
    damage: ({ database }) => damageRow(database, 3),
    left: ['1', '123'],
    wholeTo: 2,
    verified: /row 3 is not what was written/,
  },
  {
    what: 'the first row',
    damage: ({ database }) => damageRow(database, 1),
    left: ['', '123'],
    wholeTo: 0,
    verified: /row 1 is not what was written/,
  },
  {
    what: 'a row that is gone',
    damage: async ({ database }) => void (await database.query('DELETE FROM log_row WHERE seq = 4')),
    left: ['123', '1'],
    wholeTo: 3,
    verified: /row 4 is missing/,
  },
  {
    what: 'a row after a checkpoint',
    damage: async ({ database, relay }, document) => {
      await checkpoint(relay, document);
      await write(relay, document, 'a', '4');
      await write(relay, document, 'a', '5');
      await write(relay, document, 'b', '4');
      await damageRow(database, 7);
    },
    left: ['123', '1234'],
    wholeTo: 6,
    verified: /row 7 is not what was written/,
  },
  {
    what: 'a checkpoint, and one of the rows that it was made of',
    damage: async ({ database, relay }, document) => {
      await checkpoint(relay, document);
      await database.query('UPDATE log_checkpoint SET bytes = zeroblob(length(bytes))');
      await damageRow(database, 4);
    },
    left: ['123', '1'],
    wholeTo: 3,
    verified: /its checkpoint is not what was written/,
  },
  {
    what: 'a segment, and the checkpoint without which it is read',
    damage: async ({ database, relay }, document) => {
      for (let at = 0; at < 70; at++) await write(relay, document, 'c', '.');
      await checkpoint(relay, document);
      expect(await relay.log.cut(document, 1)).toBeGreaterThan(6);
      await database.query('UPDATE log_segment SET bytes = zeroblob(length(bytes))');
      await database.query('UPDATE log_checkpoint SET bytes = zeroblob(length(bytes))');
    },
    left: ['', ''],
    wholeTo: 0,
    verified: /the segment of rows 1 to \d+ cannot be read/,
  },
];

test.each(cases)(
  '[R7] $what: the note is read as far as it is sound, by everyone, also after a restart; nothing is written in it, and no other note notices',
  async ({ damage, left, wholeTo, verified }) => {
    const disk = await openOnDisk();
    const document = await sixRows(disk);
    const other = await disk.relay.newDocument();
    await damage(disk, document);
    await disk.restart();
    const before = await stored(disk.database);

    for (const again of [false, true]) {
      if (again) await disk.restart();
      const one = disk.enter(document, alice);
      const two = disk.enter(document, benoit);
      expect(textsOf(await one.join())).toEqual(left);
      const seen = await two.join();
      expect(textsOf(seen)).toEqual(left);
      expect([seen.store.pendingStructs, seen.store.pendingDs]).toEqual([null, null]);
      expect((await two.hear('hello')).seq).toBe(wholeTo);
      // The signed head speaks of more than this: it is not told.
      expect(await disk.relay.documents.heads.latest(document)).not.toBeNull();
      two.send(encodePing(1));
      await two.hear('pong');
      expect(two.heard.filter(({ kind }) => kind === 'proof')).toEqual([]);
      expect((await disk.relay.log.head(document))?.readOnly).toBe('damaged');
      const doc = new Y.Doc();
      doc.getText('new').insert(0, 'x');
      one.send(encodeUpdate(Y.encodeStateAsUpdate(doc)));
      expect(await one.hear('refused')).toMatchObject({ code: 4422, reason: 'document_damaged' });
      const act = { person: alice.person.id, operation: 'restore', repairs: true } as const;
      await expect(
        disk.relay.documents.change(document, act, (it) => it.getText('a').insert(0, 'x')),
      ).rejects.toMatchObject({ code: 'document_damaged' });
      const readable = await disk.relay.documents.readable(document);
      expect(readable && [textsOf(readable.doc), readable.wholeTo]).toEqual([left, wholeTo]);
      await expect(disk.relay.documents.read(document)).rejects.toMatchObject({ code: 'document_damaged' });
      expect(disk.relay.logged.filter((line) => line['reason'] === 'damaged')).toHaveLength(1);
      for (const client of [one, two]) {
        client.socket.close();
        await client.closed;
      }
      await retryUntil('the room to be let go', () => disk.relay.documents.stats().rooms === 0);
    }
    await disk.relay.documents.inspect(document);
    expect(await stored(disk.database)).toEqual(before);
    const { faults } = await verifyLog(path.dirname(disk.file));
    expect(faults.map(({ message }) => message).join('\n')).toMatch(verified);

    await write(disk.relay, other, 'a', 'intact');
    expect(textsOf(await disk.enter(other, benoit).join())).toEqual(['intact', '']);
  },
);

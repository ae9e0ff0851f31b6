import { type KeyObject } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as Y from 'yjs';
import { bodyOf, titleOf } from '#shared/document/fields.ts';
import type { DocumentId, Epoch, PersonId } from '#shared/domain/ids.ts';
import { HeadSigner } from '#server/log/HeadSigner.ts';
import { exportProof, type ProofSources } from '#server/proof/exportProof.ts';
import { type RelayAdapters, sqliteAdapters } from '#server/relayAdapters.ts';
import { createDocuments } from '#server/room/createDocuments.ts';
import type { NewRow } from '#server/storage/ports/UpdateLog.ts';
import { pino } from 'pino';
import { testId } from './newRelay.ts';

/** A note whose log is in a folder: rows 1 to 136 in segments, the others in none; its heads were signed after rows 100 and 200. */
export interface ProvenNote {
  readonly dataFolder: string;
  readonly document: DocumentId;
  readonly adapters: RelayAdapters;
  readonly key: KeyObject;
  /** The lines of a proof. @param sources - in the place of its own. */
  readonly proofOf: (seq: number, sources?: Partial<ProofSources>) => Promise<string[]>;
  readonly close: () => Promise<void>;
}

const count = 200;
const time = Date.UTC(2026, 2, 12, 14, 5);

/** Three people type, and take back a letter in nine. */
function typed(document: DocumentId): NewRow[] {
  const doc = new Y.Doc();
  const rows: NewRow[] = [];
  doc.on('update', (bytes: Uint8Array) => {
    const person = testId<PersonId>(1 + (rows.length % 3));
    const more = { device: null, deviceTime: null, via: 'socket', operation: null, clients: [] } as const;
    rows.push({ document, time: time + rows.length * 150, person, bytes: new Uint8Array(bytes), ...more });
  });
  titleOf(doc).insert(0, 'Jardins');
  const text = new Y.XmlText();
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [text]);
  bodyOf(doc).push([paragraph]);
  while (rows.length < count) {
    const at = rows.length;
    if (at % 9 === 8) text.delete(text.length - 1, 1);
    else text.insert(at % 5 === 0 ? 0 : text.length, 'abcdefg'[at % 7] as string);
  }
  return rows;
}

export async function newProvenNote(): Promise<ProvenNote> {
  const folder = await mkdtemp(path.join(tmpdir(), 'calepin-'));
  const document = testId<DocumentId>(1);
  const adapters = await sqliteAdapters(folder);
  const { log, signingKey: key } = adapters;
  const logger = pino({ level: 'silent' });
  const heads = new HeadSigner({ log, key, logger, delayMs: 3_600_000 });
  await log.create({ document, kind: 'note', epoch: testId<Epoch>(9), schemaVersion: 1 });
  const rows = typed(document);
  for (const [from, to] of [
    [0, 100],
    [100, count],
  ] as const) {
    await log.append(rows.slice(from, to));
    heads.appended(document);
    await heads.signNow();
    const bytes = Y.mergeUpdates(rows.slice(0, to).map((row) => row.bytes));
    await log.saveCheckpoint({ document, seq: to, bytes, stateVector: bytes, deleteSetAt: 0 });
    await log.cut(document, 1);
  }
  const documents = createDocuments({ log, logger, roleOf: () => 'author', signingKey: key });
  return {
    dataFolder: folder,
    document,
    adapters,
    key,
    async proofOf(seq, more = {}) {
      const { file } = await exportProof(
        {
          log,
          documents,
          examine: adapters.examine,
          signingKey: key,
          namesOf: (people) => Promise.resolve(new Map(people.map((id) => [id, `Personne ${id}`]))),
          relay: () => 'https://calepin.example',
          calepin: '1.0.0',
          now: () => time + 3_600_000,
          ...more,
        },
        { document, seq, version: { kind: 'named', name: 'Adoptée', createdAt: time } },
      );
      const packed = await new Response(file).bytes();
      return gunzipSync(packed).toString().trimEnd().split('\n');
    },
    async close() {
      await documents.close();
      await adapters.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

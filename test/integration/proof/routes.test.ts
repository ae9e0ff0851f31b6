import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { paragraph } from '#shared/document/buildContent.ts';
import { type Integrity, integritySchema } from '#shared/api/proof.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import { readProof } from '#server/proof/readProof.ts';
import { verifyProof } from '#server/proof/verifyProof.ts';
import { rowChecksum } from '#server/storage/chain.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';

let relay: FullRelay;
let alice: TestVisitor;
let note: NoteId;

beforeEach(async () => {
  relay = await newFullRelay({ storage: 'sqlite' });
  const signedIn = await relay.signIn();
  alice = signedIn;
  const page = await alice.json<{ note: { id: NoteId } }>('POST', '/api/notes', {
    title: 'Jardins',
    language: 'fr',
  });
  note = page.note.id;
  for (const words of ['Un jardin.', 'Un grand jardin.', 'Un verger.'])
    await write(signedIn.session.person!.id, words);
});
afterEach(() => relay.close());

async function write(person: PersonId, words: string): Promise<void> {
  await relay.relay.operations.documents.change(note, { person, operation: 'test' }, (doc) =>
    replaceNoteContent(doc, {
      title: 'Jardins',
      language: 'fr',
      body: { type: 'doc', content: [paragraph(words)] },
    }),
  );
}
const integrity = async (moment: string): Promise<Integrity> =>
  integritySchema.parse(await alice.json('GET', `/api/notes/${note}/integrity?moment=${moment}`));

function inDatabase(work: (database: Database.Database) => void): void {
  const database = new Database(path.join(relay.dataFolder!, 'calepin.sqlite'));
  try {
    work(database);
  } finally {
    database.close();
  }
}

test('[R192] a version is told to be as it was written, and up to where it is signed', async () => {
  const version = await alice.json<{ id: string; seq: number }>('POST', `/api/notes/${note}/versions`, {
    name: 'Adoptée',
  });
  expect(await integrity(version.id)).toMatchObject({
    state: 'intact',
    seq: version.seq,
    lastSeq: version.seq,
    thinned: [],
    breaks: [],
  });
  expect(await integrity('now')).toMatchObject({ state: 'intact', seq: version.seq });
  expect((await alice.fetch(`/api/notes/${note}/integrity?moment=seq:99`)).status).toBe(400);
});

test('[R192] what somebody changed in the database, checksum included, is named; earlier versions are intact', async () => {
  const rows = await relay.log.read(note, 0);
  const altered = { ...rows[2]!, time: 5 };
  inDatabase((database) =>
    database
      .prepare(
        `UPDATE log_row SET time = ?, checksum = ? WHERE seq = 3 AND number = (SELECT number FROM log_document WHERE document = ?)`,
      )
      .run(altered.time, rowChecksum(altered), note),
  );
  expect(await integrity('seq:4')).toMatchObject({
    state: 'broken',
    breaks: [{ kind: 'row', from: 3, to: 3 }],
  });
  expect(await integrity('seq:2')).toMatchObject({ state: 'intact', breaks: [{ from: 3 }] });
  const refused = await alice.fetch(`/api/notes/${note}/proof?moment=seq:4`);
  expect([refused.status, await refused.json()]).toMatchObject([
    409,
    { error: { code: 'document_damaged' } },
  ]);
  expect((await alice.fetch(`/api/notes/${note}/proof?moment=seq:2`)).status).toBe(200);
});

test('[R193] a version and any moment go out as a file that is checked alone; it is a line of the register', async () => {
  const version = await alice.json<{ id: string }>('POST', `/api/notes/${note}/versions`, {
    name: 'Adoptée',
  });
  for (const [moment, seq, words] of [
    [version.id, 4, 'Un verger.'],
    ['seq:2', 2, 'Un jardin.'],
  ] as const) {
    const answer = await alice.fetch(`/api/notes/${note}/proof?moment=${moment}&language=fr`);
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="Jardins \d{4}-\d\d-\d\d\.preuve\.jsonl\.gz"/,
    );
    const file = path.join(relay.dataFolder!, 'proof.gz');
    await writeFile(file, await answer.bytes());
    const proof = await readProof(file);
    expect(verifyProof(proof).faults).toEqual([]);
    expect(proof.header).toMatchObject({ seq, document: note });
    expect(JSON.stringify(proof.content)).toContain(words);
    expect(proof.people.map(({ name }) => name)).toEqual([expect.stringMatching(/./)]);
    const { key } = await integrity(moment);
    expect(verifyProof(proof, { key }).faults).toEqual([]);
  }
  const acts = await relay.relay.operations.catalogue.register.page({}, null, 50);
  expect(acts.filter(({ act }) => act === 'note.exported').length).toBe(2);
});

test('[R193] is closed to who may not see deleted text', async () => {
  const { url } = await alice.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'note',
    subjectId: note,
    role: 'reader',
    days: 1,
  });
  const bob = await relay.join(url, 'Bob');
  for (const one of ['integrity', 'proof'])
    expect((await bob.fetch(`/api/notes/${note}/${one}?moment=seq:1`)).status).toBe(403);
});

test('[R193] a relay that wrote, signed and cut while it was asked gives files that are intact', async () => {
  const person = (await alice.json<{ person: { id: PersonId } }>('GET', '/api/session')).person.id;
  let isOver = false;
  const writing = (async () => {
    for (let at = 0; !isOver; at++) await write(person, `Une phrase ${at}.`);
  })();
  let asked = 0;
  await retryUntil('ten files', async () => {
    const answer = await alice.fetch(`/api/notes/${note}/proof?moment=now`);
    const file = path.join(relay.dataFolder!, 'proof.gz');
    await writeFile(file, await answer.bytes());
    expect(verifyProof(await readProof(file)).faults).toEqual([]);
    return ++asked === 10;
  });
  isOver = true;
  await writing;
});

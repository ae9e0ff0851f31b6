import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { Chronicler } from '#server/history/chronicle/Chronicler.ts';
import { MemoryUpdateLog } from '#server/storage/memory/MemoryUpdateLog.ts';
import type { KeptPast } from '#server/storage/ports/UpdateLog.ts';
import { titleOf } from '#shared/document/fields.ts';
import { idFromBytes } from '#shared/domain/ids.ts';
import type { DocumentId, Epoch, PersonId } from '#shared/domain/ids.ts';

const newId = <T extends string>(): T => idFromBytes<T>(randomBytes(16));

/** A note whose title was typed letter by letter. */
async function typed(log: MemoryUpdateLog, title: string): Promise<DocumentId> {
  const document = newId<DocumentId>();
  await log.create({ document, kind: 'note', epoch: newId<Epoch>(), schemaVersion: 1 });
  const doc = new Y.Doc();
  const row = { document, time: 1, person: null, device: null, deviceTime: null, operation: null };
  const rows: Uint8Array[] = [];
  doc.on('update', (bytes: Uint8Array) => rows.push(bytes));
  for (const [at, letter] of [...title].entries()) titleOf(doc).insert(at, letter);
  await log.append(rows.map((bytes) => ({ ...row, via: 'socket' as const, bytes, clients: [doc.clientID] })));
  return document;
}

test('[R161] answers about more notes at once than it keeps', async () => {
  const log = new MemoryUpdateLog();
  const titles = Array.from({ length: 150 }, (_, at) => `Note ${at}`);
  const notes = await Promise.all(titles.map((title) => typed(log, title)));
  const chronicler = new Chronicler(log);
  const ask = async (note: DocumentId, through: number) =>
    (await chronicler.ask(note, through, { kind: 'content', moment: { seq: through } }))?.title;
  const said = await Promise.all(notes.flatMap((note, at) => [ask(note, titles[at]!.length), ask(note, 4)]));
  expect(said).toEqual(titles.flatMap((title) => [title, 'Note']));
  await chronicler.close();
});

test('[R117] who becomes one with another while their writing is read is told as the other', async () => {
  const log = new MemoryUpdateLog();
  const note = await typed(log, 'Le pont');
  const [guest, ada] = [newId<PersonId>(), newId<PersonId>()];
  let now = guest;
  const told = {
    head: (document: DocumentId) => log.head(document),
    past: (document: DocumentId) => log.past(document),
    savePast: (past: KeptPast) => log.savePast(past),
    forgetPasts: (document?: DocumentId) => log.forgetPasts(document),
    bindings: async (document: DocumentId) =>
      (await log.bindings(document)).map((binding) => ({ ...binding, person: now })),
    read: async (document: DocumentId, after: number, upTo?: number) => {
      const rows = (await log.read(document, after, upTo)).map((row) => ({ ...row, person: now }));
      if (now === guest) {
        now = ada;
        chronicler.forget();
      }
      return rows;
    },
  };
  const chronicler = new Chronicler(told);
  const ask = () => chronicler.ask(note, 7, { kind: 'authorship', moment: { seq: 7 } });
  for (const found of [await ask(), await ask()])
    expect([found?.person, found?.title.map(({ person }) => person)]).toEqual([ada, [ada]]);
  await chronicler.close();
});

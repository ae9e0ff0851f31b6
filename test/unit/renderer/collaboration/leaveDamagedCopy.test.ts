import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { bodyOf } from '#shared/document/fields.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { leaveDamagedCopy } from '../../../../renderer/collaboration/leaveDamagedCopy.ts';
import { MemoryOfflineStore } from '../../../../renderer/collaboration/MemoryOfflineStore.ts';
import { DamagedCopyError } from '../../../../renderer/collaboration/OfflineStore.ts';

const note = 'n'.repeat(22) as DocumentId;

/** A copy with a row for each word; the last two have not reached the relay. */
async function newCopy() {
  const store = new MemoryOfflineStore();
  const doc = new Y.Doc();
  const paragraph = new Y.XmlElement('paragraph');
  const text = new Y.XmlText();
  paragraph.insert(0, [text]);
  bodyOf(doc).push([paragraph]);
  const updates = [Y.encodeStateAsUpdate(doc)];
  doc.on('update', (update) => updates.push(update));
  for (const word of ['Un ', 'deux ', 'trois ', 'quatre ', 'cinq']) text.insert(text.length, word);
  await store.append(
    note,
    updates.map((update, at) => ({ update, acknowledged: at < updates.length - 2 })),
    { epoch: null, seq: 4, complete: true },
  );
  const stored = await store.load(note);
  return { store, rows: stored?.updates ?? [] };
}

test('[R340] unsent words of a damaged copy are kept apart, also those that stand on a row that is lost', async () => {
  const { store, rows } = await newCopy();
  const lost = new DamagedCopyError(
    rows.filter((_, at) => at !== 2),
    rows.slice(2, 3),
  );
  const copy = await leaveDamagedCopy(store, note, 'note', lost);
  expect(copy?.text).toBe('Un\nquatre cinq');
  expect(copy?.damaged).toEqual([rows[2]?.update]);
  expect(await store.load(note)).toBeNull();
  expect(await store.listRecovered(note)).toEqual([copy]);
});

test('[R340] a copy of which the relay has everything leaves no recovered copy', async () => {
  const { store, rows } = await newCopy();
  const known = rows.map((row) => ({ ...row, acknowledged: true }));
  const lost = new DamagedCopyError(known.slice(1), known.slice(0, 1));
  expect(await leaveDamagedCopy(store, note, 'note', lost)).toBeNull();
  expect([await store.load(note), await store.listRecovered()]).toEqual([null, []]);
});

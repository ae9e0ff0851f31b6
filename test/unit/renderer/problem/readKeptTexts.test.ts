import { expect, it, onTestFinished, vi } from 'vitest';
import * as Y from 'yjs';
import { bodyOf, titleOf } from '#shared/document/fields.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { IndexedDbOfflineStore } from '../../../../renderer/collaboration/IndexedDbOfflineStore.ts';
import { DamagedCopyError, type OfflineStore } from '../../../../renderer/collaboration/OfflineStore.ts';
import { readTexts } from '../../../../renderer/problem/readKeptTexts.ts';

const id = (letter: string) => letter.repeat(22) as DocumentId;
const row = (update: Uint8Array, key: number) => ({ update, key, acknowledged: false });

function note(title: string, ...lines: string[]): Uint8Array[] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => void updates.push(update));
  titleOf(doc).insert(0, title);
  for (const line of lines) {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(line)]);
    bodyOf(doc).push([paragraph]);
  }
  return updates;
}

it('[R256] reads the text of each note that this device keeps, of a damaged copy what is sound, and fails for none', async () => {
  const [title, first, second] = note('Le fleuve', 'Il gèle.', 'Il dégèle.');
  const copies = new Map<DocumentId, () => unknown>([
    [id('a'), () => ({ head: {}, updates: note('', 'Sans titre, mais un texte.').map(row) })],
    [
      id('b'),
      () => {
        throw new DamagedCopyError(
          [title, first].map((update, key) => row(update as Uint8Array, key)),
          [row(second as Uint8Array, 3)],
        );
      },
    ],
    [
      id('c'),
      () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    ],
    [
      id('d'),
      () => ({ head: {}, updates: [row(new Uint8Array([9, 9, 9]), 1), ...note('Sain', 'Lu.').map(row)] }),
    ],
    [id('e'), () => null],
  ]);
  const store = {
    documents: async () => [...copies.keys()],
    load: async (document: DocumentId) => copies.get(document)?.() ?? null,
  } as unknown as OfflineStore;
  expect((await readTexts(store)).map(({ title: shown, text }) => [shown, text.trim()])).toEqual([
    ['', 'Sans titre, mais un texte.'],
    ['Le fleuve', 'Il gèle.'],
    ['Sain', 'Lu.'],
  ]);
});

it('[R256] looks for copies of people alone: other databases of this origin, whose names begin alike, are left closed', async () => {
  const [one, other] = ['a'.repeat(22), 'b'.repeat(22)];
  const names = ['answers', one, `last-words-${one}`, `words-${one}`, `words-${other}`].map((name) => ({
    name: `calepin-${name}`,
  }));
  vi.stubGlobal('indexedDB', { databases: async () => [...names, { name: 'other' }] });
  onTestFinished(() => void vi.unstubAllGlobals());
  expect(await IndexedDbOfflineStore.people()).toEqual([one]);
});

import * as Y from 'yjs';
import type { DocumentId, Epoch, PersonId } from '#shared/domain/ids.ts';
import { IndexedDbOfflineStore } from '../../../renderer/collaboration/IndexedDbOfflineStore.ts';
import {
  DamagedCopyError,
  type NewUpdate,
  type OfflineStore,
} from '../../../renderer/collaboration/OfflineStore.ts';
import { type CopyOutcome, damageCopies } from './damagedCopies.ts';
import { offlineStoreCases } from './offlineStoreCases.ts';

/** What the page of test/e2e/web/offline-store.spec.ts offers to the test. */
declare global {
  interface Window {
    offlineStore: {
      runCase(title: string): Promise<void>;
      detectsDamage(): Promise<boolean>;
      /** Spoils copies in many ways, one after the other. */
      damageCopies(firstSeed: number, count: number): Promise<Record<CopyOutcome, number>>;
      /** Hands words over while another write holds the disk, and leaves the page in the same turn. */
      handOverAndGo(): Promise<void>;
      /** What the next page finds of them. */
      lastWords(): Promise<string>;
    };
  }
}

const leaver = 'l'.repeat(22) as PersonId;
const note = 'n'.repeat(22) as DocumentId;
const epoch = 'e'.repeat(22) as Epoch;

let people = 0;
const newPerson = () => `${'p'.repeat(20)}${String((people += 1)).padStart(2, '0')}` as PersonId;

window.offlineStore = {
  async runCase(title) {
    const found = offlineStoreCases.find((one) => one.title === title);
    if (found === undefined) throw new Error(`There is no case ${title}`);
    const person = newPerson();
    const opened: OfflineStore[] = [];
    try {
      await found.run(async () => {
        const store = await IndexedDbOfflineStore.open(person);
        opened.push(store);
        return store;
      });
    } finally {
      for (const store of opened) await store.close();
    }
  },
  async detectsDamage() {
    const person = newPerson();
    const store = await IndexedDbOfflineStore.open(person);
    const document = 'd'.repeat(22) as Parameters<OfflineStore['load']>[0];
    const head = { epoch: null, seq: 0, complete: true };
    const [key] = await store.append(
      document,
      [
        { update: new Uint8Array([0, 0]), acknowledged: true },
        { update: new Uint8Array([0, 0]), acknowledged: false },
      ],
      head,
    );
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(`calepin-${person}`);
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(new Error('the database did not open')));
    });
    const rows = database.transaction('updates', 'readwrite').objectStore('updates');
    await new Promise<void>((resolve) => {
      const read = rows.get(key ?? 0);
      read.addEventListener('success', () => {
        rows.put({ ...(read.result as object), update: new Uint8Array([0, 1]) }, key ?? 0);
        rows.transaction.addEventListener('complete', () => resolve());
      });
    });
    database.close();
    try {
      await store.load(document);
      return false;
    } catch (error) {
      return error instanceof DamagedCopyError && error.damaged[0]?.key === key && error.sound.length === 1;
    }
  },
  damageCopies: (firstSeed, count) => damageCopies(newPerson(), firstSeed, count),
  async handOverAndGo() {
    const store = await IndexedDbOfflineStore.open(leaver);
    await store.append(note, [], { epoch, seq: 0, complete: true });
    const updates: NewUpdate[] = [];
    const doc = new Y.Doc();
    doc.on('update', (update) => updates.push({ update, acknowledged: false }));
    doc.getText('title').insert(0, 'au dernier moment');
    // Never complete: each of its requests makes another.
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(`calepin-${leaver}`);
      request.addEventListener('success', () => resolve(request.result));
    });
    const held = database.transaction(['heads', 'updates'], 'readwrite').objectStore('updates');
    await new Promise<void>((resolve) => {
      const goOn = () => {
        resolve();
        held.count().addEventListener('success', goOn);
      };
      goOn();
    });
    void store.keepLastWords(note, updates, epoch);
    location.reload();
  },
  async lastWords() {
    const store = await IndexedDbOfflineStore.open(leaver);
    const doc = new Y.Doc();
    for (const { update } of (await store.load(note))?.updates ?? []) Y.applyUpdate(doc, update);
    return doc.getText('title').toJSON();
  },
};

import type { PersonId } from '#shared/domain/ids.ts';
import { IndexedDbOfflineStore } from '../../../renderer/collaboration/IndexedDbOfflineStore.ts';
import { DamagedCopyError, type OfflineStore } from '../../../renderer/collaboration/OfflineStore.ts';
import { offlineStoreCases } from './offlineStoreCases.ts';

/** What the page of test/e2e/web/offline-store.spec.ts offers to the test. */
declare global {
  interface Window {
    offlineStore: { runCase(title: string): Promise<void>; detectsDamage(): Promise<boolean> };
  }
}

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
};

import { describe, expect, test } from 'vitest';
import { MemoryOfflineStore } from '../../../renderer/collaboration/MemoryOfflineStore.ts';
import { offlineStoreCases } from './offlineStoreCases.ts';

// IndexedDB runs the same cases in Chromium: test/e2e/web/offline-store.spec.ts.
describe('the offline store in memory', () => {
  test.each(offlineStoreCases)('$title', async (one) => {
    const store = new MemoryOfflineStore();
    await expect(one.run(async () => store)).resolves.toBeUndefined();
  });
});

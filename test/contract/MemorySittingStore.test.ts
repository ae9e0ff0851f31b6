import { MemorySittingStore } from '#server/storage/memory/MemorySittingStore.ts';
import { describeSittingStore } from './sittingStore.ts';

describeSittingStore('MemorySittingStore', async () => ({
  store: new MemorySittingStore(),
  close: () => Promise.resolve(),
}));

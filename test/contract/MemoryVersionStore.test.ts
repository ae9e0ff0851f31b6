import { MemoryVersionStore } from '#server/storage/memory/MemoryVersionStore.ts';
import { describeVersionStore } from './versionStore.ts';

describeVersionStore('MemoryVersionStore', async () => ({
  store: new MemoryVersionStore(),
  close: () => Promise.resolve(),
}));

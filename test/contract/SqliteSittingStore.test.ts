import { SqliteSittingStore } from '#server/storage/sqlite/SqliteSittingStore.ts';
import { newDatabase } from '../support/newDatabase.ts';
import { describeSittingStore } from './sittingStore.ts';

describeSittingStore('SqliteSittingStore', async () => {
  const { database, close } = await newDatabase();
  return { store: new SqliteSittingStore(database), close };
});

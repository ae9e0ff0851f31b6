import { SqliteVersionStore } from '#server/storage/sqlite/SqliteVersionStore.ts';
import { newDatabase } from '../support/newDatabase.ts';
import { describeVersionStore } from './versionStore.ts';

describeVersionStore('SqliteVersionStore', async () => {
  const { database, close } = await newDatabase();
  return { store: new SqliteVersionStore(database), close };
});

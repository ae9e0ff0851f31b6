import type { KeyObject } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Kysely } from 'kysely';
import { loadAuthSecret } from './accounts/authSecret.ts';
import { type AuthTables, memoryAuthTables, sqliteAuthTables } from './accounts/authTables.ts';
import type { ExamineLog } from './proof/Examined.ts';
import { LogExaminer } from './proof/LogExaminer.ts';
import { newSecret } from './secrets.ts';
import { loadSigningKey, newSigningKey } from './signingKey.ts';
import { FileSecrets } from './storage/FileSecrets.ts';
import { MemorySecrets } from './storage/memory/MemorySecrets.ts';
import type { Catalogue } from './storage/ports/Catalogue.ts';
import type { Secrets } from './storage/ports/Secrets.ts';
import type { UpdateLog } from './storage/ports/UpdateLog.ts';
import type { SittingStore } from './storage/ports/SittingStore.ts';
import type { VersionStore } from './storage/ports/VersionStore.ts';
import { MemoryUpdateLog } from './storage/memory/MemoryUpdateLog.ts';
import { MemorySittingStore } from './storage/memory/MemorySittingStore.ts';
import { MemoryVersionStore } from './storage/memory/MemoryVersionStore.ts';
import { memoryCatalogue } from './storage/memory/memoryCatalogue.ts';
import { sqliteCatalogue } from './storage/sqlite/catalogue/sqliteCatalogue.ts';
import { migrate } from './storage/sqlite/migrate.ts';
import { migrations } from './storage/sqlite/migrations/index.ts';
import { SqliteDatabase } from './storage/sqlite/SqliteDatabase.ts';
import { SqliteSittingStore } from './storage/sqlite/SqliteSittingStore.ts';
import { SqliteVersionStore } from './storage/sqlite/SqliteVersionStore.ts';
import { SqliteUpdateLog } from './storage/sqlite/SqliteUpdateLog.ts';
import { WorkerDialect } from './storage/sqlite/WorkerDialect.ts';
import { planThinning } from './thinning/planThinning.ts';
import type { PlanThinning } from './thinning/Thinned.ts';
import { Thinner } from './thinning/Thinner.ts';

/** Where a relay keeps what it keeps. */
export interface RelayAdapters {
  readonly log: UpdateLog;
  /** Holds a whole log against its chain and its signed heads. */
  readonly examine: ExamineLog;
  /** Works out what thinning makes of a document. */
  readonly planThinning: PlanThinning;
  readonly catalogue: Catalogue;
  readonly versions: VersionStore;
  readonly sittings: SittingStore;
  /** Sessions and accounts, for better-auth. */
  readonly authTables: AuthTables;
  /** Signs the sessions' cookies. */
  readonly authSecret: string;
  /** Ed25519: signs the heads of logs. */
  readonly signingKey: KeyObject;
  /** Sessions at the relays that are followed. */
  readonly secrets: Secrets;
  /** The folder that holds it all, of which copies can be made; null where there is none. */
  readonly dataFolder: string | null;
  /** Where finished archives wait to be fetched; only for this. */
  readonly exportsFolder: string;
  /** Where what is sent to be imported waits to be made; only for this. */
  readonly importsFolder: string;
  /** Closes the storage, after the relay. Safe to call twice. */
  close(): Promise<void>;
}

/** Everything in one folder: `calepin.sqlite`, `attachments/`, and beside them `signing-key.pem`, `accounts-secret` and `secrets/`. @param dataFolder - made when it is not there. */
export async function sqliteAdapters(dataFolder: string): Promise<RelayAdapters> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const signingKey = await loadSigningKey(dataFolder);
  const authSecret = await loadAuthSecret(dataFolder);
  const database = await SqliteDatabase.open(path.join(dataFolder, 'calepin.sqlite'));
  try {
    await migrate(database, migrations);
  } catch (error) {
    await database.close();
    throw error;
  }
  const log = new SqliteUpdateLog(database);
  const examiner = new LogExaminer(database.file);
  const thinner = new Thinner({ file: database.file, key: signingKey });
  return {
    log,
    examine: (...asked) => examiner.examine(...asked),
    planThinning: (...wanted) => thinner.plan(...wanted),
    catalogue: sqliteCatalogue(database, dataFolder),
    versions: new SqliteVersionStore(database),
    sittings: new SqliteSittingStore(database),
    authTables: sqliteAuthTables(new Kysely({ dialect: new WorkerDialect(database) })),
    authSecret,
    signingKey,
    secrets: new FileSecrets(path.join(dataFolder, 'secrets')),
    dataFolder,
    exportsFolder: path.join(dataFolder, 'exports'),
    importsFolder: path.join(dataFolder, 'imports'),
    close: async () => {
      await examiner.close();
      await thinner.close();
      await log.close();
      await database.close();
    },
  };
}

/** Everything in memory, gone with the process: for tests. */
export function memoryAdapters(): RelayAdapters {
  const log = new MemoryUpdateLog();
  const signingKey = newSigningKey();
  return {
    log,
    examine: (document, at) => log.examine(document, at),
    planThinning: (wanted) => planThinning(log, signingKey, wanted),
    catalogue: memoryCatalogue(),
    versions: new MemoryVersionStore(),
    sittings: new MemorySittingStore(),
    authTables: memoryAuthTables(),
    authSecret: newSecret(),
    signingKey,
    secrets: new MemorySecrets(),
    dataFolder: null,
    exportsFolder: path.join(tmpdir(), `calepin-exports-${newSecret()}`),
    importsFolder: path.join(tmpdir(), `calepin-imports-${newSecret()}`),
    close: () => Promise.resolve(),
  };
}

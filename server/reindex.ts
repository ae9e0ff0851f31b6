import { type Logger, pino } from 'pino';
import { schemaVersion } from '#shared/document/schema.ts';
import { authoredLog, Identities } from './Identities.ts';
import { Past } from './history/Past.ts';
import { Indexer } from './indexer/Indexer.ts';
import { lockDataFolder } from './lockDataFolder.ts';
import { sqliteAdapters } from './relayAdapters.ts';
import { RelayEvents } from './RelayEvents.ts';
import { createDocuments } from './room/createDocuments.ts';

/**
 * Forgets everything that is computed from the log of a data folder (titles, text, links, carnet entries, counts, search, sittings, chronicles) and computes it again. No relay may run on the folder meanwhile.
 * @param onProgress - called after each document.
 * @returns how many documents there are, and how many could not be read; the text of these is untouched in the log.
 * @throws AppError `conflict` when a relay runs on the folder, `storage_failed`.
 */
export async function reindex(
  dataFolder: string,
  onProgress: (done: number, total: number) => void = () => undefined,
  logger: Logger = pino({ level: 'silent' }),
): Promise<{ documents: number; missing: number }> {
  const lock = lockDataFolder(dataFolder);
  try {
    const adapters = await sqliteAdapters(dataFolder);
    const { log, catalogue, versions, sittings } = adapters;
    const documents = createDocuments({ log, roleOf: () => 'none', logger, schemaVersion });
    const identities = await Identities.load(catalogue.identities);
    const told = authoredLog(log, identities);
    const past = new Past({ log: told, versions, sittings, identities });
    const indexer = new Indexer({ log: told, documents, catalogue, events: new RelayEvents(), logger });
    try {
      await catalogue.search.clear();
      await catalogue.derived.clear();
      await sittings.clear();
      await log.forgetPasts();
      const heads = await log.documents();
      for (const [at, head] of heads.entries()) {
        await indexer.indexNow(head.document);
        await past.keepSittings(head.document).catch((error: unknown) => {
          // They are counted when somebody asks.
          logger.error({ document: head.document, err: error }, 'sittings were not counted');
        });
        onProgress(at + 1, heads.length);
      }
      const indexed = await catalogue.derived.indexedSeqs();
      const missing = heads.filter((head) => indexed.get(head.document) !== head.seq).length;
      return { documents: heads.length, missing };
    } finally {
      await indexer.close();
      await past.close();
      await documents.close();
      await adapters.close();
    }
  } finally {
    lock.close();
  }
}

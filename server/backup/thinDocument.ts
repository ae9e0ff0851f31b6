import { existsSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { lockDataFolder } from '../lockDataFolder.ts';
import { sqliteAdapters } from '../relayAdapters.ts';
import { databaseName } from './BackupManifest.ts';
import { keptMoments } from './keptMoments.ts';
import { type Thinned, thinLog } from './thinLog.ts';

/**
 * Thins a document of a data folder on which no relay runs: of the packed rows up to one, each stretch between two of its versions, or of the moments of its editions, becomes one update.
 * @param isPreview - only says what that would save.
 * @returns null when no packed rows end before that row, or they were thinned already.
 * @throws AppError `conflict` (a relay runs on the folder), `storage_failed`, `not_allowed` (no such document); the message is a sentence for people.
 */
export async function thinDocument(
  dataFolder: string,
  document: string,
  upTo: number,
  isPreview = false,
): Promise<Thinned | null> {
  if (!existsSync(path.join(dataFolder, databaseName)))
    throw new AppError('storage_failed', `There is no Calepin in the data folder ${dataFolder}.`);
  const lock = lockDataFolder(dataFolder);
  try {
    const adapters = await sqliteAdapters(dataFolder);
    try {
      const id = document as DocumentId;
      const moments = await keptMoments(adapters, id);
      return await thinLog(adapters.log, adapters.signingKey, id, { after: 0, upTo, moments }, { isPreview });
    } finally {
      await adapters.close();
    }
  } finally {
    lock.close();
  }
}

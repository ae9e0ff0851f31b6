import { existsSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { lockDataFolder } from '../lockDataFolder.ts';
import { sqliteAdapters } from '../relayAdapters.ts';
import { databaseName } from './BackupManifest.ts';
import { authoredLog, Identities } from '../Identities.ts';
import { Past } from '../history/Past.ts';
import { thinNote } from '../thinning/thinNote.ts';
import type { Thinned } from '../thinning/Thinned.ts';

/**
 * Thins a note of a data folder on which no relay runs: of the packed rows up to one, each stretch between two of its versions, or ends of its sittings, becomes one update.
 * @param isPreview - only says what that would save.
 * @returns null when no packed rows end before that row, or they were thinned already.
 * @throws AppError `conflict` (a relay runs on the folder), `storage_failed`, `not_allowed` (no such document), `invalid_request` (no note); the message is a sentence for people.
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
      const { log, versions, sittings, signingKey, planThinning: plan, catalogue } = adapters;
      const identities = await Identities.load(catalogue.identities);
      const past = new Past({ log: authoredLog(log, identities), versions, sittings, identities });
      try {
        const wanted = { upTo, time: Date.now(), isPreview };
        return await thinNote({ log, plan, versions, past, signingKey }, document as DocumentId, wanted);
      } finally {
        await past.close();
      }
    } finally {
      await adapters.close();
    }
  } finally {
    lock.close();
  }
}

import path from 'node:path';
import { AppError } from '#shared/api/errorCodes.ts';
import { loadSecretFile } from '../secretFile.ts';
import { newSecret } from '../secrets.ts';

/** Beside the database and not in it, and in no backup: who has only these can make no session. */
export const authSecretName = 'accounts-secret';

/**
 * The secret that signs the sessions of a data folder's relay, made when there is none.
 * @throws AppError `storage_failed`, its message a sentence for people, when the file holds no such secret: it is never replaced.
 */
export async function loadAuthSecret(dataFolder: string): Promise<string> {
  const file = path.join(dataFolder, authSecretName);
  const secret = (await loadSecretFile(file, newSecret)).trim();
  if (/^[A-Za-z0-9_-]{43}$/.test(secret)) return secret;
  throw new AppError(
    'storage_failed',
    `${file} does not hold the secret with which this Calepin signs sessions: put the right file back, or move it away; another is made then, and everybody signs in again.`,
  );
}

import type { ImportStatus } from '#shared/api/imports.ts';
import type { TestVisitor } from './newFullRelay.ts';
import { retryUntil } from './retryUntil.ts';

async function settle(who: TestVisitor, { id }: Pick<ImportStatus, 'id'>): Promise<ImportStatus> {
  let status: ImportStatus | null = null;
  await retryUntil('the archive to be read, or brought', async () => {
    status = await who.json<ImportStatus>('GET', `/api/imports/${id}`);
    return status.step !== 'reading' && status.step !== 'making';
  });
  return status as unknown as ImportStatus;
}

/** Sends an archive to be read. */
export async function sendArchive(who: TestVisitor, file: Uint8Array): Promise<ImportStatus> {
  const answer = await who.fetch('/api/imports?name=a.calepin&language=fr', {
    method: 'POST',
    body: Buffer.from(file),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return settle(who, (await answer.json()) as ImportStatus);
}

/** Has what was read made, private or as open as it was. */
export async function makeArchive(
  who: TestVisitor,
  sent: ImportStatus,
  asBefore = false,
): Promise<ImportStatus> {
  await who.json('POST', `/api/imports/${sent.id}/make`, { into: { kind: 'nowhere' }, asBefore });
  return settle(who, sent);
}

/** Both. */
export async function bringArchive(
  who: TestVisitor,
  file: Uint8Array,
  asBefore = false,
): Promise<ImportStatus> {
  const sent = await sendArchive(who, file);
  if (sent.step !== 'ready') throw new Error(`not ready: ${sent.errorCode ?? ''}`);
  return makeArchive(who, sent, asBefore);
}

import { hash } from 'node:crypto';
import type { ExportStatus } from '#shared/api/exports.ts';
import { type ArchiveManifest, manifestPath, manifestSchema } from '#server/archive/archiveFormat.ts';
import type { TestVisitor } from './newFullRelay.ts';
import { readZip } from './readZip.ts';
import { retryUntil } from './retryUntil.ts';

/** An archive as its file says it is. */
export interface ReadArchive {
  readonly file: Buffer;
  readonly fileName: string;
  /** The page, without what stands behind it. */
  readonly html: string;
  readonly manifest: ArchiveManifest;
  readonly parts: ReadonlyMap<string, Buffer>;
  readonly json: <Content>(path: string) => Content;
}

/** Takes an archive apart. */
export function readArchive(file: Buffer, fileName = 'a.calepin.html'): ReadArchive {
  const parts = readZip(file);
  const manifest = manifestSchema.parse(JSON.parse(parts.get(manifestPath)?.toString() ?? ''));
  for (const { path, sha256 } of manifest.parts)
    if (hash('sha256', parts.get(path) as Buffer) !== sha256)
      throw new Error(`${path} is not what the list says`);
  return {
    file,
    fileName,
    html: file.subarray(0, file.indexOf('<plaintext>')).toString(),
    manifest,
    parts,
    json: (path) => JSON.parse(parts.get(path)?.toString() ?? 'null') as never,
  };
}

/** Has an archive made, and takes it. @param of - as the API takes it. */
export async function newArchive(who: TestVisitor, of: unknown): Promise<ReadArchive> {
  const { id } = await who.json<ExportStatus>('POST', '/api/exports', { subject: 'archive', of });
  let status: ExportStatus | null = null;
  await retryUntil('the archive to be made', async () => {
    status = await who.json<ExportStatus>('GET', `/api/exports/${id}`);
    return ['done', 'failed'].includes(status.step);
  });
  const { step, errorCode, fileName } = status as unknown as ExportStatus;
  if (step !== 'done') throw new Error(`no archive: ${errorCode ?? ''}`);
  const answer = await who.fetch(`/api/exports/${id}/file`);
  if (answer.headers.get('content-type') !== 'text/html') throw new Error('an archive of another type');
  return readArchive(Buffer.from(await answer.arrayBuffer()), fileName);
}

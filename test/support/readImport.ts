import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { ArchivePart } from '#server/export/Archive.ts';
import { ZipWriter } from '#server/export/ZipWriter.ts';
import { openSource } from '#server/import/ImportSource.ts';
import { type ImportPlan, planImport } from '#server/import/planImport.ts';
import { readPage } from '#server/import/readPage.ts';

/** Files as a ZIP. @param files - path to bytes or text. */
export async function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'calepin-zip-'));
  try {
    const zip = await ZipWriter.create(path.join(folder, 'a.zip'));
    for (const [name, content] of Object.entries(files))
      await zip.add(name, typeof content === 'string' ? Buffer.from(content) : content, 0);
    await zip.finish();
    return await readFile(path.join(folder, 'a.zip'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The files of an export, by path. */
export async function filesOf(parts: AsyncIterable<ArchivePart>): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {};
  for await (const { path: where, bytes } of parts) files[where] = Buffer.from(bytes);
  return files;
}

/** What an import of a file would make, with the bodies of its notes; read without a thread. */
export async function readImport(
  bytes: Uint8Array,
  name = 'import.zip',
): Promise<{ readonly plan: ImportPlan; readonly bodies: readonly BodyNode[] }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'calepin-import-'));
  try {
    await writeFile(path.join(folder, 'source'), bytes);
    const source = await openSource(path.join(folder, 'source'), name);
    try {
      const plan = await planImport({
        source,
        reader: { read: (content, format) => readPage(content, format).catch(() => null) },
        folder,
        fileName: name,
        language: 'fr',
        signal: new AbortController().signal,
        onProgress: () => undefined,
      });
      const bodies = await Promise.all(
        plan.notes.map(
          async ({ file }) => JSON.parse(await readFile(path.join(folder, file), 'utf8')) as BodyNode,
        ),
      );
      return { plan, bodies };
    } finally {
      await source.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A file with its place in the folder that was chosen. */
const pathOf = (file: File): string => file.webkitRelativePath || file.name;

/**
 * Several files as one archive, each as it is: they are read one after the other.
 * @throws an AbortError; the error of the browser for a file that can no longer be read.
 */
async function pack(files: readonly File[], signal: AbortSignal): Promise<Blob> {
  // With the first import, not with the application.
  const { Zip, ZipPassThrough } = await import('fflate');
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const failures: Error[] = [];
  const zip = new Zip((error, part) => {
    if (error === null) parts.push(part as Uint8Array<ArrayBuffer>);
    else failures.push(error);
  });
  for (const file of files) {
    signal.throwIfAborted();
    const entry = new ZipPassThrough(pathOf(file));
    zip.add(entry);
    entry.push(new Uint8Array(await file.arrayBuffer()), true);
  }
  zip.end();
  const [failure] = failures;
  if (failure !== undefined) throw failure;
  return new Blob(parts, { type: 'application/zip' });
}

/** What is sent of the files that were chosen, and what it is called: the file itself, or an archive of them. */
export async function packFiles(
  files: readonly File[],
  signal: AbortSignal,
): Promise<{ readonly name: string; readonly body: Blob }> {
  const [first] = files;
  if (first !== undefined && files.length === 1 && first.webkitRelativePath === '')
    return { name: first.name, body: first };
  const folder = first?.webkitRelativePath.split('/')[0] ?? '';
  return {
    name: `${folder || first?.name.replace(/\.[^.]*$/, '') || 'import'}.zip`,
    body: await pack(files, signal),
  };
}

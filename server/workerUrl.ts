/**
 * The URL of a worker's file beside the module that starts it: `.ts` when the sources run directly, `.js` when they were bundled.
 * @param moduleUrl - `import.meta.url` of the caller.
 * @param path - relative to the caller, without extension: `./databaseWorker`.
 */
export function workerUrl(moduleUrl: string, path: string): URL {
  const file = new URL(moduleUrl).pathname;
  const extension = file.slice(file.lastIndexOf('.'));
  return new URL(`${path}${extension}`, moduleUrl);
}

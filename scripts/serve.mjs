import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { root } from './run.mjs';

/**
 * @typedef {{ url: string, readyUrl: string, close(): Promise<void> }} RunningServer
 */

/**
 * Starts the relay in this process and stops it on Ctrl-C or a request to end.
 * @param {'local' | 'community'} mode
 * @returns {Promise<RunningServer>} never resolves when it could not start: the process then ends with one sentence.
 */
export async function serve(mode) {
  // Types are stripped and code is compiled once, not at each start; the environment says so to worker threads.
  const cache = path.join(root, 'node_modules/.cache/compile');
  enableCompileCache(cache);
  process.env['NODE_COMPILE_CACHE'] ??= cache;
  /** @type {{ runServer: (this: void, options: { mode: 'local' | 'community' }) => Promise<RunningServer> }} */
  const { runServer } = await import('../server/main.ts');
  /** @type {RunningServer} */
  let server;
  try {
    server = await runServer({ mode });
  } catch (error) {
    process.stderr.write(`${describeStartFailure(error)}\n`);
    process.exit(1);
  }
  let stopping = false;
  const stop = () => {
    // Somebody who presses Ctrl-C twice does not want to wait; what was acknowledged is on disk already.
    if (stopping) process.exit(1);
    stopping = true;
    server.close().then(
      () => process.exit(0),
      (error) => {
        process.stderr.write(`Calepin did not stop cleanly: ${describe(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  return server;
}

/** @param {unknown} error */
function describeStartFailure(error) {
  const { code, port } = /** @type {{ code?: string, port?: number }} */ (error ?? {});
  if (code === 'EADDRINUSE') {
    return (
      `Port ${port ?? process.env['PORT'] ?? 4747} is in use, perhaps by Calepin itself: close the program that has it, ` +
      'or choose another with PORT (PORT=0 takes any free one).'
    );
  }
  if (code === 'EACCES') return `Calepin may not open what it needs: ${describe(error)}.`;
  return `Calepin could not start: ${describe(error)}`;
}

/** @param {unknown} error */
function describe(error) {
  return error instanceof Error ? error.message : String(error);
}

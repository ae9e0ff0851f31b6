// What every adapter shares: it listens on a free port, says so on one line of standard output, and
// answers 'gc' over the IPC channel with its memory after a full collection.
export function ready(port, info) {
  process.stdout.write('READY ' + JSON.stringify({ port, pid: process.pid, ...info }) + '\n');
}

process.on('message', (m) => {
  if (m === 'gc') {
    globalThis.gc?.();
    setTimeout(() => {
      globalThis.gc?.();
      process.send(process.memoryUsage());
    }, 50);
  }
});
process.on('disconnect', () => process.exit(0));

export const dataDir = process.env.DATA_DIR;

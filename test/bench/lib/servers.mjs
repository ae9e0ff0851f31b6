import { execFileSync, fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const at = (f) => new URL(`../servers/${f}`, import.meta.url).pathname;

/**
 * echo: a writer's update comes back to it. keepsDocs: what it holds once the last client left.
 */
export const SERVERS = {
  raw: { file: at('raw.mjs'), reference: true },
  'raw-batch': { file: at('raw-batch.mjs'), reference: true },
  yws: { file: at('yws.mjs') },
  'yws-leveldb': { file: at('yws.mjs'), env: { PERSIST: '1' }, persistent: true },
  hocuspocus: { file: at('hocuspocus.mjs') },
  'hocuspocus-sqlite': { file: at('hocuspocus.mjs'), env: { PERSIST: '1' }, persistent: true },
};

/**
 * name=path[,persistent][,reference][,--option] on the command line adds a server of one's own: a script that
 * prints READY {"port", "pid", "codec"} (see servers/_common.mjs). Options are Node's.
 */
export function addServer(spec) {
  const [name] = spec.split('=', 1);
  const [file, ...flags] = spec.slice(name.length + 1).split(',');
  SERVERS[name] = {
    file: path.resolve(file),
    persistent: flags.includes('persistent'),
    reference: flags.includes('reference'),
    execArgv: flags.filter((flag) => flag.startsWith('--')),
  };
  return name;
}

export function tempDir() {
  const dir = path.join(process.env.BENCH_DATA ?? os.tmpdir(), `relay-bench-${process.pid}-${++n}`);
  fs.mkdirSync(dir, { recursive: true });
  return dir;
}
let n = 0;

/**
 * The environment of a server whose every fsync takes longer, as those of real disks do: CALEPIN_BENCH_FSYNC_MS is
 * "10", or "5-20" for anything between. Linux with gcc.
 */
function slowDisk() {
  const ms = process.env.CALEPIN_BENCH_FSYNC_MS;
  if (ms === undefined) return {};
  if (!/^\d+(-\d+)?$/.test(ms)) throw new Error(`CALEPIN_BENCH_FSYNC_MS is "${ms}": write 10, or 5-20`);
  if (shim === null) {
    shim = path.join(os.tmpdir(), `relay-bench-${process.pid}-disk.so`);
    const source = new URL('../../support/disk/diskShim.c', import.meta.url).pathname;
    execFileSync('gcc', ['-shared', '-fPIC', '-O1', '-o', shim, source, '-ldl']);
    process.on('exit', () => fs.rmSync(shim, { force: true }));
  }
  return { LD_PRELOAD: shim, DISK_SYNC_MS: ms };
}
let shim = null;

export async function startServer(name, dir) {
  const s = SERVERS[name];
  const child = fork(s.file, [], {
    execArgv: ['--expose-gc', ...(s.execArgv ?? [])],
    env: { ...process.env, ...s.env, ...slowDisk(), DATA_DIR: dir, PORT: '0', NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const info = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (d) => {
      text += d;
      const m = /^READY (.*)$/m.exec(text);
      if (m) resolve(JSON.parse(m[1]));
    });
    child.once('exit', (code) => reject(new Error(`${name} exited with ${code} before it was ready`)));
  });
  child.stdout.resume();
  const gone = new Promise((resolve) => child.once('exit', resolve));
  return {
    ...info,
    name,
    persistent: s.persistent === true,
    reference: s.reference === true,
    /** Memory after a forced collection; null for a server that does not answer. */
    memory: () =>
      new Promise((resolve) => {
        const t = setTimeout(() => {
          child.off('message', got);
          resolve(null);
        }, 15000);
        const got = (m) => {
          clearTimeout(t);
          resolve(m);
        };
        child.once('message', got);
        child.send('gc');
      }),
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

import { fork } from 'node:child_process';
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
 * name=path[,persistent][,reference] on the command line adds a server of one's own: a script that
 * prints READY {"port", "pid", "codec"} (see servers/_common.mjs).
 */
export function addServer(spec) {
  const [name, rest] = spec.split('=');
  const [file, ...flags] = rest.split(',');
  SERVERS[name] = {
    file: path.resolve(file),
    persistent: flags.includes('persistent'),
    reference: flags.includes('reference'),
  };
  return name;
}

export function tempDir() {
  const dir = path.join(process.env.BENCH_DATA ?? os.tmpdir(), `relay-bench-${process.pid}-${++n}`);
  fs.mkdirSync(dir, { recursive: true });
  return dir;
}
let n = 0;

export async function startServer(name, dir) {
  const s = SERVERS[name];
  const child = fork(s.file, [], {
    execArgv: ['--expose-gc', ...(s.execArgv ?? [])],
    env: { ...process.env, ...s.env, DATA_DIR: dir, PORT: '0', NODE_ENV: 'production' },
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

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { relayFlags } from '../bench/lib/relayFlags.mjs';
import type { SoakQuestion } from './soakRelay.ts';

const child = fileURLToPath(new URL('soakRelay.ts', import.meta.url));

/** A relay over this database file in a process of its own, with the options of `npm run relay`, until the test is finished; questions are answered one at a time. */
export async function startSoakRelay(file: string) {
  const relay: ChildProcess = fork(child, [file], {
    execArgv: relayFlags,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  onTestFinished(() => {
    relay.kill('SIGKILL');
  });
  const [{ url }] = (await once(relay, 'message')) as [{ url: string }];
  let last: Promise<unknown> = Promise.resolve();
  const ask = <T>(question: SoakQuestion): Promise<T> => {
    const answer = last.then(async () => {
      relay.send(question);
      return ((await once(relay, 'message')) as [T])[0];
    });
    last = answer;
    return answer;
  };
  return { url, ask };
}

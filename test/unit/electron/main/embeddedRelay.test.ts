import { EventEmitter } from 'node:events';
import type { UtilityProcess } from 'electron';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EmbeddedRelay } from '../../../../electron/main/embeddedRelay.ts';
import type { PrintRequest } from '../../../../electron/relay/messages.ts';

class FakeProcess extends EventEmitter {
  readonly received: { type: string }[] = [];
  hangs = false;
  killed = false;
  kill(): boolean {
    this.killed = true;
    queueMicrotask(() => this.emit('exit', 1));
    return true;
  }
  postMessage(message: { type: string }): void {
    this.received.push(message);
    if (message.type === 'stop' && !this.hangs) queueMicrotask(() => this.emit('exit', 0));
  }
}

function embedded() {
  const processes: FakeProcess[] = [];
  const crashes: number[] = [];
  const moves: boolean[] = [];
  const failures: string[] = [];
  const readies: number[] = [];
  const printed: PrintRequest[] = [];
  const relay = new EmbeddedRelay({
    fork: () => {
      const child = new FakeProcess();
      processes.push(child);
      return child as unknown as UtilityProcess;
    },
    dataFolder: '/data',
    version: '1.2.3',
    fetch: async (url, init) =>
      new Response('{}', {
        status: JSON.stringify(init.body).includes('good') ? 200 : 401,
        headers: { 'set-cookie': `calepin_s=${new URL(url).port}; HttpOnly; Path=/` },
      }),
    print: async (request) => {
      printed.push(request);
      if (request.step === 'print') throw new Error('no paper');
      return 12;
    },
    secret: async (request) => (request.act === 'get' ? `value of ${request.name}` : null),
    onCrash: (code) => void crashes.push(code),
    onFailed: (kind) => void failures.push(kind),
    onReady: ({ port }) => void readies.push(port),
    language: () => 'fr',
    onBack: (moved) => void moves.push(moved),
  });
  return { relay, processes, crashes, printed, moves, failures, readies };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('starts the relay on the data folder and signs the local person in with its launch secret', async () => {
  const { relay, processes } = embedded();
  processes[0]?.emit('message', { type: 'ready', port: 4321, launchSecret: 'good' });
  expect(await relay.address()).toEqual({ port: 4321, cookie: 'calepin_s=4321' });
  expect(processes[0]?.received).toEqual([{ type: 'start', dataFolder: '/data', version: '1.2.3', port: 0 }]);
});

it('[R256] says why it could not start, once for each start, and starts at once when the person asks for it', async () => {
  const { relay, processes, failures, readies } = embedded();
  const first = relay.address();
  processes[0]?.emit('message', { type: 'failed', kind: 'disk_full', message: 'the disk is full' });
  await expect(first).rejects.toThrow('the disk is full');
  expect([failures, processes.length]).toEqual([['disk_full'], 1]);
  const retried = relay.retry();
  await vi.advanceTimersByTimeAsync(0);
  expect(processes).toHaveLength(2);
  processes[1]?.emit('exit', 3);
  expect([await retried, failures]).toEqual([false, ['disk_full', 'other']]);
  const again = relay.retry();
  await vi.advanceTimersByTimeAsync(0);
  processes[2]?.emit('message', { type: 'ready', port: 7, launchSecret: 'good' });
  expect([await again, failures, readies]).toEqual([true, ['disk_full', 'other'], [7]]);
});

it('[R256] a relay that signs nobody in is ended and started again', async () => {
  const { relay, processes, failures } = embedded();
  processes[0]?.emit('message', { type: 'ready', port: 7, launchSecret: 'bad' });
  await expect(relay.address()).rejects.toThrow('401');
  await vi.advanceTimersByTimeAsync(250);
  expect([processes[0]?.killed, processes.length, failures]).toEqual([true, 2, ['other']]);
});

it('is started again after a crash, and answers with the new address', async () => {
  const { relay, processes, crashes } = embedded();
  processes[0]?.emit('message', { type: 'ready', port: 1, launchSecret: 'good' });
  await relay.address();
  const asked = relay.asset(1, '/picture.jpg');
  processes[0]?.emit('exit', 139);
  expect(await asked).toBeNull();
  await vi.advanceTimersByTimeAsync(250);
  processes[1]?.emit('message', { type: 'ready', port: 2, launchSecret: 'good' });
  expect([await relay.address(), crashes]).toEqual([{ port: 2, cookie: 'calepin_s=2' }, [139]]);
});

it('keeps its address for the pages that are open, and says so when it could not', async () => {
  const { relay, processes, moves } = embedded();
  const again = async (index: number, port: number) => {
    await vi.advanceTimersByTimeAsync(250);
    processes[index]?.emit('message', { type: 'ready', port, launchSecret: 'good' });
    await relay.address();
  };
  await again(0, 4321);
  processes[0]?.emit('exit', 139);
  await again(1, 4321);
  expect([processes[1]?.received[0], moves]).toEqual([
    { type: 'start', dataFolder: '/data', version: '1.2.3', port: 4321 },
    [false],
  ]);
  processes[1]?.emit('exit', 139);
  await again(2, 5555);
  expect(moves).toEqual([false, true]);
});

it('is started again after a failed start, and no more once it was stopped', async () => {
  const { relay, processes } = embedded();
  const asked = relay.address().catch((error: unknown) => (error as Error).message);
  processes[0]?.emit('message', { type: 'failed', kind: 'busy', message: 'the folder is taken' });
  expect(await asked).toBe('the folder is taken');
  await vi.advanceTimersByTimeAsync(250);
  expect(processes).toHaveLength(2);
  processes[1]?.emit('exit', 1);
  await relay.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(processes).toHaveLength(2);
});

it('is ended when it does not stop by itself', async () => {
  const { relay, processes } = embedded();
  const [child] = processes;
  if (child === undefined) throw new Error('no process');
  child.hangs = true;
  const closed = relay.close();
  await vi.advanceTimersByTimeAsync(9_999);
  expect(child.killed).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await closed;
  expect(child.killed).toBe(true);
});

it('stops when asked and is not started again', async () => {
  const { relay, processes, crashes } = embedded();
  await relay.close();
  await relay.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([processes.length, crashes]).toEqual([1, []]);
});

it('carries printing to main and its outcome back, a failure included', async () => {
  const { processes, printed } = embedded();
  const open: PrintRequest = { step: 'evaluate', job: 1, expression: '6 + 6' };
  processes[0]?.emit('message', { type: 'print', id: 5, request: open });
  processes[0]?.emit('message', { type: 'print', id: 6, request: { step: 'print', job: 1 } });
  await vi.advanceTimersByTimeAsync(0);
  expect(printed.map(({ step }) => step)).toEqual(['evaluate', 'print']);
  expect(processes[0]?.received.slice(1)).toEqual([
    { type: 'answered', id: 5, error: null, value: 12 },
    { type: 'answered', id: 6, error: 'no paper', value: null },
  ]);
});

it('[R257] lets the relay ask for the secrets of this computer, and takes no other name than one', async () => {
  const { processes } = embedded();
  const [child] = processes;
  child?.emit('message', { type: 'secret', id: 9, request: { act: 'get', name: 'home-session-a' } });
  await vi.advanceTimersByTimeAsync(0);
  expect(child?.received.at(-1)).toEqual({
    type: 'answered',
    id: 9,
    error: null,
    value: 'value of home-session-a',
  });
  expect(() =>
    child?.emit('message', { type: 'secret', id: 10, request: { act: 'get', name: '../secrets' } }),
  ).toThrow('must match pattern');
});

import { expect, onTestFinished, test, vi } from 'vitest';
import { WorkerLane, type WorkerLaneOptions } from '#server/WorkerLane.ts';

/** Answers with what it was started with and asked; `spin` works for ever, `sleep` waits for ever, `end` ends it. */
const source = `
  import { parentPort, workerData } from 'node:worker_threads';
  let asked = 0;
  parentPort.on('message', (question) => {
    if (question === 'spin') for (;;);
    if (question === 'end') process.exit(1);
    if (question !== 'sleep') parentPort.postMessage([workerData, question, ++asked]);
  });
`;

function newLane(options?: WorkerLaneOptions) {
  const url = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  const lane = new WorkerLane<string, unknown>(url, options);
  onTestFinished(() => lane.close());
  return lane;
}

test('questions are answered one by one, by one worker that was given its data', async () => {
  const lane = newLane({ workerData: 'file' });
  expect(await Promise.all([lane.ask('a'), lane.ask('b')])).toEqual([
    ['file', 'a', 1],
    ['file', 'b', 2],
  ]);
});

test('a worker that has answered enough is let go; the next question gets another', async () => {
  const lane = newLane({ maxAnswers: 2 });
  const answers = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((one) => lane.ask(one)));
  expect(answers.map((answer) => (answer as unknown[])[2])).toEqual([1, 2, 1, 2, 1]);
});

test('a worker that nobody asks is let go after its time, and not before', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const lane = newLane({ idleMs: 5_000 });
  const asked = async (): Promise<unknown> => ((await lane.ask('a')) as unknown[])[2];
  expect(await asked()).toBe(1);
  vi.advanceTimersByTime(4_999);
  expect(await asked()).toBe(2);
  vi.advanceTimersByTime(5_000);
  expect(await asked()).toBe(1);
});

test('a worker that works for too long is stopped; the next question gets another', async () => {
  const lane = newLane({ maxMs: 100 });
  const long = lane.ask('spin');
  const next = lane.ask('a');
  await expect(long).rejects.toMatchObject({ code: 'internal', kind: 'too_long' });
  expect(await next).toEqual([undefined, 'a', 1]);
});

test('a worker that ends says nothing; the next question gets another', async () => {
  const lane = newLane();
  await expect(lane.ask('end')).rejects.toMatchObject({ kind: 'ended' });
  expect(await lane.ask('a')).toEqual([undefined, 'a', 1]);
});

test('a question that nobody waits for is called off, under way or before it begins', async () => {
  const lane = newLane();
  const leaving = new AbortController();
  const answers = Promise.allSettled([
    lane.ask('sleep', [], leaving.signal),
    lane.ask('a', [], leaving.signal),
    lane.ask('b'),
  ]);
  leaving.abort();
  const calledOff = { status: 'rejected', reason: { kind: 'called_off' } };
  expect(await answers).toMatchObject([calledOff, calledOff, { value: [undefined, 'b', 1] }]);
});

test('closing waits for the answer under way, and begins no other', async () => {
  const lane = newLane();
  const answers = Promise.allSettled([lane.ask('a'), lane.ask('b')]);
  await new Promise((resolve) => setImmediate(resolve));
  await lane.close();
  expect(await answers).toMatchObject([
    { value: [undefined, 'a', 1] },
    { status: 'rejected', reason: { kind: 'called_off' } },
  ]);
});

import { expect, test } from 'vitest';
import { SendPace } from '#server/mirror/SendPace.ts';

test('rows of a day leave in turns that are far apart, each as many at once as may, and all within a few seconds', () => {
  let now = 0;
  const pace = new SendPace(() => now);
  const turns: { readonly at: number; rows: number }[] = [];
  let waiting = 5_000;
  while (waiting > 0) {
    // Twenty documents ask, each for a batch.
    for (let document = 0; document < 20; document++) {
      const granted = pace.take(Math.min(waiting, 32));
      waiting -= granted;
      if (granted === 0) continue;
      if (turns.at(-1)?.at !== now) turns.push({ at: now, rows: 0 });
      const turn = turns.at(-1);
      if (turn) turn.rows += granted;
    }
    now += Math.ceil(pace.restMs);
  }
  const rests = turns.slice(1).map(({ at }, before) => at - (turns[before]?.at ?? 0));
  expect(Math.min(...rests)).toBeGreaterThanOrEqual(100);
  expect(new Set(turns.slice(0, -1).map(({ rows }) => rows)).size).toBe(1);
  expect(turns.at(-1)?.at).toBeLessThan(10_000);
});

test('what is asked for between two turns waits for the next', () => {
  let now = 1_000;
  const pace = new SendPace(() => now);
  const all = pace.take(10_000);
  expect(all).toBeGreaterThan(0);
  expect(pace.take(1)).toBe(0);
  expect(pace.restMs).toBeGreaterThan(0);
  now += pace.restMs;
  expect(pace.take(1)).toBe(1);
  // What a turn left over is the turn's.
  expect(pace.take(10_000)).toBe(all - 1);
});

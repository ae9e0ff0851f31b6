import { expect, test } from 'vitest';
import { Turnstile } from '#server/accounts/Turnstile.ts';

test('lets so many in at once, the others in the order in which they came, and sends away whom there is no room for', async () => {
  const turnstile = new Turnstile(2, 2);
  const entered: number[] = [];
  const leave = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
  const all = leave.map(({ promise }, at) =>
    turnstile.pass(async () => {
      entered.push(at);
      await promise;
      if (at === 0) throw new Error('work that fails makes room too');
    }),
  );
  await expect(turnstile.pass(() => Promise.resolve())).rejects.toMatchObject({ code: 'too_many_requests' });
  expect(entered).toEqual([0, 1]);
  leave[0]?.resolve();
  await expect(all[0]).rejects.toThrow('makes room');
  await expect.poll(() => entered).toEqual([0, 1, 2]);
  for (const { resolve } of leave) resolve();
  await Promise.all(all.slice(1));
  expect(entered).toEqual([0, 1, 2, 3]);
  await expect(turnstile.pass(() => Promise.resolve('room again'))).resolves.toBe('room again');
});

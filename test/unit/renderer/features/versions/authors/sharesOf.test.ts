import { expect, test } from 'vitest';
import type { OriginRun } from '#shared/api/history.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { sharesOf } from '../../../../../../renderer/features/versions/authors/sharesOf.ts';

const run = (
  person: string | null,
  from: number,
  to: number,
  seq: number,
  more: Partial<OriginRun> = {},
): OriginRun => ({
  person: person as PersonId | null,
  from,
  to,
  fromSeq: seq,
  toSeq: seq + 1,
  fromTime: seq * 10,
  toTime: seq * 10 + 10,
  carried: null,
  ...more,
});

test('adds up what each person wrote, in title and text, who wrote most first', () => {
  const carried = { kind: 'moved', person: 'luc' as PersonId, seq: 40, time: 400 } as const;
  const found = sharesOf({
    title: [run('awa', 0, 4, 7)],
    runs: [
      run('luc', 1, 21, 3),
      run('awa', 21, 30, 20, { carried }),
      run(null, 30, 31, 5),
      run('awa', 40, 41, 2),
    ],
  });
  expect(found).toEqual([
    { person: 'luc', letters: 20, fromTime: 30, toTime: 40, toSeq: 4, carried: null },
    { person: 'awa', letters: 14, fromTime: 20, toTime: 210, toSeq: 21, carried },
    { person: null, letters: 1, fromTime: 50, toTime: 60, toSeq: 6, carried: null },
  ]);
});
